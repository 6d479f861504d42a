"""Sets of codes as a person writes them: single codes, runs (``99202..99215``), prefixes (``J45*``)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from cleanclaim.kernel.errors import InputError

_CODE = re.compile(r"[0-9A-Z]+(?:[.\-][0-9A-Z]+)*\.?")


@frozen
class CodeRanges:
    """Codes of one code set, written short.

    A run holds only codes of its own length, so ``100..199`` does not hold ``1500``. Empty holds nothing.
    """

    single: frozenset[str] = frozenset()
    runs: tuple[tuple[str, str], ...] = ()
    prefixes: tuple[str, ...] = ()

    @classmethod
    def parse(cls, texts: Iterable[str], *, where: str = "") -> CodeRanges:
        """Read the written forms; small letters are read as capitals.

        Raises:
            InputError: an entry that no code can match: empty, a star that is not at the end, something
                between codes, or a run whose ends differ in length or stand in the wrong order.
        """
        single: set[str] = set()
        runs: list[tuple[str, str]] = []
        prefixes: list[str] = []
        for text in texts:
            first, dots, last = text.strip().upper().partition("..")
            if dots:
                runs.append(_run(first, last, where))
            elif first.endswith("*"):
                prefixes.append(_code(first[:-1], where))
            else:
                single.add(_code(first, where))
        return cls(frozenset(single), tuple(runs), tuple(prefixes))

    def holds(self, code: str) -> bool:
        """Whether a code is in the set."""
        return (
            code in self.single
            or any(len(code) == len(first) and first <= code <= last for first, last in self.runs)
            or any(code.startswith(prefix) for prefix in self.prefixes)
        )

    def __bool__(self) -> bool:
        return bool(self.single or self.runs or self.prefixes)


NO_CODES = CodeRanges()
"""The empty set."""


def _run(first: str, last: str, where: str) -> tuple[str, str]:
    if len(first) != len(last) or last < first or not (_CODE.fullmatch(first) and _CODE.fullmatch(last)):
        raise InputError(
            f"{first}..{last} is no run of codes"[:80],
            where=where,
            fix="write the lower code, two points and the higher code, both of one length",
        )
    return first, last


def _code(text: str, where: str) -> str:
    if not _CODE.fullmatch(text):
        raise InputError(
            "an entry is no code",
            where=where,
            why="no code could ever match it",
            fix="write one code, a run such as 99202..99215, or a beginning such as J45*",
        )
    return text
