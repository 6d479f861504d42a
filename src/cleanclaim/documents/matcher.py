"""Many phrases found in one pass over a note's words (Aho-Corasick)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any, Generic, TypeVar

import ahocorasick

from cleanclaim.documents.words import BREAK, CLAUSE_BREAK

T = TypeVar("T")
Values = Sequence[tuple[T, ...]] | dict[int, tuple[T, ...]]
Frame = tuple[dict[str, str], Sequence[int], tuple[Any, ...]]

# A word becomes three characters, one from each of three disjoint alphabets, so that a phrase is a short
# string, a hit can begin only where a word begins, and no node of the automaton has more than 64 branches:
# its nodes are searched one branch after the other.
_WIDTH = 3
_BASE = 64
_ALPHABETS = tuple(
    tuple(chr(0x100 + place * _BASE + digit) for digit in range(_BASE)) for place in range(_WIDTH)
)
_UNKNOWN = "\x01\x01\x01"
_MARK = "\x02\x02\x02"


class Symbols(dict[str, str]):
    """Word -> its three characters, given in the order in which words are first asked for."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        super().__init__(((BREAK, _MARK), (CLAUSE_BREAK, _MARK)))
        for word in words:
            self[word]

    def __missing__(self, word: str) -> str:
        high, low = divmod(len(self), _BASE)
        top, middle = divmod(high, _BASE)
        symbol = self[word] = _ALPHABETS[0][low] + _ALPHABETS[1][middle] + _ALPHABETS[2][top]
        return symbol

    def key(self, words: Sequence[str]) -> str:
        """A phrase as the string that stands for it."""
        return "".join([self[word] for word in words])


class PhraseMatcher(Generic[T]):
    """Phrases (tuples of folded words) and what each stands for.

    Two phrases that are equal keep all their values, in the order given.
    """

    def __init__(self, phrases: Iterable[tuple[Sequence[str], T]]) -> None:
        symbols = Symbols()
        values: dict[str, list[T]] = {}
        for words, value in phrases:
            if words:
                values.setdefault(symbols.key(words), []).append(value)
        self._symbols: dict[str, str] = symbols
        self._values: Values[T] = [tuple(found) for found in values.values()]
        self._lengths: Sequence[int] = [len(key) // _WIDTH for key in values]
        self._automaton = ahocorasick.Automaton(ahocorasick.STORE_INTS)
        for number, key in enumerate(values):
            self._automaton.add_word(key, number)
        self._automaton.make_automaton()

    @property
    def values(self) -> Values[T]:
        """What each phrase stands for, by the number of the phrase in the order first given."""
        return self._values

    def frame(self) -> Frame:
        """The matcher without its values, as plain data."""
        _, automaton = self._automaton.__reduce__()
        return dict(self._symbols), list(self._lengths), automaton

    @classmethod
    def of_frame(cls, frame: Frame, values: Values[T]) -> PhraseMatcher[T]:
        """A matcher from its plain data, ten times as fast as built anew; ``values`` by the number of the phrase.

        The data must be what `frame` gave, by the same build of the automaton (`automaton_mark`).
        """
        made: PhraseMatcher[T] = cls.__new__(cls)
        made._symbols, made._lengths, automaton = frame
        made._values, made._automaton = values, ahocorasick.Automaton(*automaton)
        return made

    def find(self, forms: Sequence[str], first: int = 0) -> Iterator[tuple[int, int, tuple[T, ...]]]:
        """Every phrase in the words: place of its first word, place after its last, its values.

        ``first`` is added to the places, for a caller who hands over a slice. A phrase never crosses a break.
        """
        if not self._lengths:
            return
        get, lengths, values = self._symbols.get, self._lengths, self._values
        symbols = "".join(map(get, forms, repeat(_UNKNOWN)))
        for last, number in self._automaton.iter(symbols):
            end = first + last // _WIDTH + 1
            yield end - lengths[number], end, values[number]


def automaton_mark() -> str:
    """Changes with the build of the automaton, since its plain data is read by the same build only."""
    built = Path(ahocorasick.__file__)
    return f"{built.name} {built.stat().st_size}"


def longest(hits: Iterable[tuple[int, int, T]]) -> list[tuple[int, int, T]]:
    """The hits without those that overlap a longer one, or an equally long one further left."""
    kept: list[tuple[int, int, T]] = []
    for hit in sorted(hits, key=lambda item: (item[0], -item[1])):
        while kept and hit[0] < kept[-1][1] and hit[1] - hit[0] > kept[-1][1] - kept[-1][0]:
            kept.pop()
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept
