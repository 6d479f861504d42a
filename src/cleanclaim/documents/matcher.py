"""Many phrases found in one pass over a note's words (Aho-Corasick)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

import ahocorasick

from cleanclaim.documents.words import BREAK, CLAUSE_BREAK

T = TypeVar("T")

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


class PhraseMatcher(Generic[T]):
    """Phrases (tuples of folded words) and what each stands for.

    Two phrases that are equal keep all their values, in the order given.
    """

    def __init__(self, phrases: Iterable[tuple[Sequence[str], T]]) -> None:
        self._symbols: dict[str, str] = {BREAK: _MARK, CLAUSE_BREAK: _MARK}
        values: dict[str, list[T]] = {}
        for words, value in phrases:
            if words:
                values.setdefault("".join(self._symbol(word) for word in words), []).append(value)
        self._automaton = ahocorasick.Automaton()
        for key, found in values.items():
            self._automaton.add_word(key, (len(key) // _WIDTH, tuple(found)))
        self._automaton.make_automaton()
        self._empty = not values

    def _symbol(self, word: str) -> str:
        symbol = self._symbols.get(word)
        if symbol is None:
            number = len(self._symbols)
            high, low = divmod(number, _BASE)
            top, middle = divmod(high, _BASE)
            symbol = _ALPHABETS[0][low] + _ALPHABETS[1][middle] + _ALPHABETS[2][top]
            self._symbols[word] = symbol
        return symbol

    def find(self, forms: Sequence[str], first: int = 0) -> Iterator[tuple[int, int, tuple[T, ...]]]:
        """Every phrase in the words: place of its first word, place after its last, its values.

        ``first`` is added to the places, for a caller who hands over a slice. A phrase never crosses a break.
        """
        if self._empty:
            return
        get = self._symbols.get
        symbols = "".join([get(form, _UNKNOWN) for form in forms])
        for last, (length, values) in self._automaton.iter(symbols):
            end = first + last // _WIDTH + 1
            yield end - length, end, values


def longest(hits: Iterable[tuple[int, int, T]]) -> list[tuple[int, int, T]]:
    """The hits without those that overlap a longer one, or an equally long one further left."""
    kept: list[tuple[int, int, T]] = []
    for hit in sorted(hits, key=lambda item: (item[0], -item[1])):
        while kept and hit[0] < kept[-1][1] and hit[1] - hit[0] > kept[-1][1] - kept[-1][0]:
            kept.pop()
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept
