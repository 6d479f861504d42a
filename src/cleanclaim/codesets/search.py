"""Finds codes by the beginning of a code, by words and their beginnings, by abbreviations, despite typos."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from cleanclaim.codesets.abbreviations import EXPANSIONS
from cleanclaim.codesets.search_index import words_of

_CODE_PREFIX = {
    "ICD-10-CM": re.compile(r"[A-Z][0-9][0-9A-Z]?(\.?[0-9A-Z]{0,4})"),
    "ICD-10-PCS": re.compile(r"[0-9A-HJ-NP-Z]{3,7}"),
}
_ANY_CODE = re.compile(r"(?=.*[0-9])[0-9A-Z]{1,10}")
_SHORTEST_FUZZY = 4
_FUZZY_SCORE = 78
_MOST_PREFIXES = 400
_MOST_WORDS = 12

Query = Callable[..., list[Any]]
Numbers = frozenset[int]
_NONE: Numbers = frozenset()


class Searcher:
    """The search of one code set over a compiled book; its vocabulary is read once, on first use."""

    def __init__(self, system: str, query: Query) -> None:
        self._system = system
        self._query = query
        rows = query("SELECT word, phrases FROM word WHERE system = ? ORDER BY word", (system,))
        self._words = [word for word, _ in rows]
        self._blobs = [blob for _, blob in rows]
        phrases = query("SELECT code FROM phrase WHERE system = ? ORDER BY number", (system,))
        self._codes = [code for (code,) in phrases]
        self._said = lru_cache(maxsize=2048)(self._whole_or_meant)
        self._begun = lru_cache(maxsize=2048)(self._beginning)
        self._close = lru_cache(maxsize=1024)(self._near)

    def ranked(self, words: str) -> Iterator[str]:
        """Codes, each once, best first.

        Codes that begin with what was typed; phrases with all the words, or what they abbreviate; phrases
        with words that begin so; and only if there are none of these, phrases with words spelled alike.
        """
        seen: set[str] = set()
        for code in self._in_turn(words):
            if code not in seen:
                seen.add(code)
                yield code

    def _in_turn(self, words: str) -> Iterator[str]:
        yield from self._by_code(words)
        typed = words_of(words)[:_MOST_WORDS]
        if not typed:
            return
        exact = _all_of([self._said(word) for word in typed])
        yield from self._codes_of(exact)
        begun = _all_of([self._said(word) | self._begun(word) for word in typed])
        yield from self._codes_of(begun - exact)
        if not begun:
            yield from self._codes_of(_all_of([self._alike(word) for word in typed]))

    def _by_code(self, words: str) -> list[str]:
        typed = words.strip().upper()
        if not _CODE_PREFIX.get(self._system, _ANY_CODE).fullmatch(typed):
            return []
        if self._system == "ICD-10-CM":
            plain = typed.replace(".", "")
            typed = plain if len(plain) <= 3 else f"{plain[:3]}.{plain[3:]}"
        rows = self._query(
            "SELECT DISTINCT code FROM code WHERE system = ? AND code >= ? AND code < ?"
            " ORDER BY code LIMIT 500",
            (self._system, typed, typed + "\x7f"),
        )
        return [code for (code,) in rows]

    def _codes_of(self, numbers: Numbers) -> list[str]:
        return [self._codes[number] for number in sorted(numbers)]

    def _whole_or_meant(self, word: str) -> Numbers:
        """Phrases with this word, or with all words of what it abbreviates."""
        found = self._numbers(bisect_left(self._words, word), word)
        for meaning in EXPANSIONS.get(word, ()):
            found |= _all_of([self._said(part) | self._begun(part) for part in words_of(meaning)])
        return found

    def _beginning(self, word: str) -> Numbers:
        """Phrases with a word that begins so."""
        start = bisect_left(self._words, word)
        stop = bisect_left(self._words, word + "\x7f", start, min(start + _MOST_PREFIXES, len(self._words)))
        found: set[int] = set()
        for index in range(start, stop):
            found.update(_unpacked(self._blobs[index]))
        return frozenset(found)

    def _alike(self, word: str) -> Numbers:
        known = self._said(word) | self._begun(word)
        return known if known or len(word) < _SHORTEST_FUZZY else self._close(word)

    def _near(self, word: str) -> Numbers:
        matches = process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE, limit=3)
        return frozenset().union(*(_unpacked(self._blobs[index]) for _, _, index in matches))

    def _numbers(self, index: int, word: str) -> Numbers:
        if index < len(self._words) and self._words[index] == word:
            return frozenset(_unpacked(self._blobs[index]))
        return _NONE


def _unpacked(blob: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(blob)
    return numbers


def _all_of(sets: list[Numbers]) -> Numbers:
    """What is in every one of some sets."""
    if not sets:
        return _NONE
    smallest, *others = sorted(sets, key=len)
    return smallest.intersection(*others)
