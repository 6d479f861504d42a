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
_ANY_CODE = re.compile(r"(?=.*[0-9])[0-9A-Z]{1,7}")
_SHORTEST_FUZZY = 4
_FUZZY_SCORE = 78
_MOST_PREFIXES = 400
_MOST_RANKED = 4_000

Query = Callable[..., list[Any]]


class Searcher:
    """The search of one code set over a compiled book; its vocabulary is read once, on first use."""

    def __init__(self, system: str, query: Query) -> None:
        self._system = system
        self._query = query
        rows = query("SELECT word, phrases FROM word WHERE system = ? ORDER BY word", (system,))
        self._words = [word for word, _ in rows]
        self._blobs = [blob for _, blob in rows]
        phrases = query("SELECT id, code, words FROM phrase WHERE system = ? ORDER BY id", (system,))
        self._first = phrases[0][0] if phrases else 0
        self._codes = [code for _, code, _ in phrases]
        self._lengths = bytes(words for _, _, words in phrases)
        self._set_of = lru_cache(maxsize=4096)(self._postings)
        self._fuzzy = lru_cache(maxsize=1024)(self._close_words)

    def ranked(self, words: str) -> Iterator[str]:
        """Codes, each once, best first: codes that begin so, then phrases, short ones before long ones."""
        seen: set[str] = set()
        for code in (*self._by_prefix(words), *self._by_words(words)):
            if code not in seen:
                seen.add(code)
                yield code

    def _by_prefix(self, words: str) -> list[str]:
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

    def _by_words(self, words: str) -> list[str]:
        typed = words_of(words)
        if not typed:
            return []
        matched: set[int] | None = None
        for word in typed:
            phrases = self._alternatives(word)
            matched = phrases if matched is None else matched & phrases
            if not matched:
                return []
        assert matched is not None
        return [self._codes[number] for number in self._in_order(matched, typed)]

    def _alternatives(self, word: str) -> set[int]:
        """Phrases that hold a word, a word it begins, or all words of what it abbreviates."""
        found = set(self._set_of(word))
        for meaning in EXPANSIONS.get(word, ()):
            parts = [self._set_of(part) for part in words_of(meaning)]
            if parts:
                found |= set.intersection(*map(set, parts))
        if found or len(word) < _SHORTEST_FUZZY:
            return found
        for close in self._fuzzy(word):
            found |= self._set_of(close)
        return found

    def _postings(self, beginning: str) -> frozenset[int]:
        found: set[int] = set()
        start = bisect_left(self._words, beginning)
        for index in range(start, min(start + _MOST_PREFIXES, len(self._words))):
            if not self._words[index].startswith(beginning):
                break
            numbers = array("I")
            numbers.frombytes(self._blobs[index])
            found.update(numbers)
        return frozenset(number - self._first for number in found)

    def _close_words(self, word: str) -> tuple[str, ...]:
        candidates = process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE, limit=3)
        return tuple(match[0] for match in candidates)

    def _in_order(self, matched: set[int], typed: list[str]) -> list[int]:
        """Short phrases first: the fewer words besides those typed, the nearer; then by code."""
        whole = [self._whole(word) for word in typed]

        def rank(number: int) -> tuple[int, int]:
            missed = sum(number not in numbers for numbers in whole)
            return self._lengths[number] + 2 * missed, number

        if len(matched) > _MOST_RANKED:
            shortest = sorted(matched, key=self._lengths.__getitem__)[:_MOST_RANKED]
            return sorted(shortest, key=rank)
        return sorted(matched, key=rank)

    def _whole(self, word: str) -> frozenset[int]:
        index = bisect_left(self._words, word)
        if index == len(self._words) or self._words[index] != word:
            return frozenset()
        numbers = array("I")
        numbers.frombytes(self._blobs[index])
        return frozenset(number - self._first for number in numbers)
