"""Many phrases found in one pass over a note's words (Aho-Corasick)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

import ahocorasick

from cleanclaim.documents.words import BREAK, CLAUSE_BREAK

T = TypeVar("T")

# Every known word becomes one character, so that a phrase is a short string and a hit's place is a word's
# place. Private and supplementary planes hold more than a million of them.
_FIRST_SYMBOL = 0x10000
_UNKNOWN = "\x01"
_MARK = "\x02"


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
            self._automaton.add_word(key, (len(key), tuple(found)))
        self._automaton.make_automaton()
        self._empty = not values

    def _symbol(self, word: str) -> str:
        symbol = self._symbols.get(word)
        if symbol is None:
            symbol = self._symbols[word] = chr(_FIRST_SYMBOL + len(self._symbols))
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
            yield first + last - length + 1, first + last + 1, values


def longest(hits: Iterable[tuple[int, int, T]]) -> list[tuple[int, int, T]]:
    """The hits without those that overlap a longer one, or an equally long one further left."""
    kept: list[tuple[int, int, T]] = []
    for hit in sorted(hits, key=lambda item: (item[0], -item[1])):
        while kept and hit[0] < kept[-1][1] and hit[1] - hit[0] > kept[-1][1] - kept[-1][0]:
            kept.pop()
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept
