"""What is worked out of a word once and looked up the next time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")

_MOST = 1 << 16
_LONGEST = 64


class Remembered(dict[str, V]):
    """Word -> what a function makes of it; ``remembered[word]`` and ``map(remembered.__getitem__, words)`` work it
    out when it is first asked for. Forgets all when it holds ``most``, and never keeps what is too long for a word,
    so that it stays small in a service.
    """

    def __init__(self, make: Callable[[str], V], most: int = _MOST) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, word: str) -> V:
        made = self._make(word)
        if len(word) <= _LONGEST:
            if len(self) >= self._most:
                self.clear()
            self[word] = made
        return made
