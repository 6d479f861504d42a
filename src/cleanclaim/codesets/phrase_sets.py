"""Sets of phrases as integers, one bit for each, so that combining words is arithmetic."""

from __future__ import annotations

import re
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from cleanclaim.codesets.sayings import Sayings
from cleanclaim.codesets.search_index import PRECOMPUTED, cost_of

_FILLED = re.compile(rb"[^\0]", re.DOTALL)
_MOST = 300
_CATEGORY = 3

Query = Callable[..., list[Any]]


class PhraseSets:
    """The phrases of one code set: those of the compiled book, and above their numbers those of the sayings.

    Within each part phrases are numbered in the order of their cost, so that the best of a set are the lowest
    bits of each part.
    """

    def __init__(self, system: str, query: Query, sayings: Sayings) -> None:
        self._system = system
        self._query = query
        rows = query("SELECT word, phrases FROM word WHERE system = ? ORDER BY word", (system,))
        self._words = [word for word, _ in rows]
        self._blobs = [blob for _, blob in rows]
        phrases = query("SELECT code, cost FROM phrase WHERE system = ? ORDER BY number", (system,))
        self._spoken_from = len(phrases)
        costed = sorted((cost_of(code, list(words)), code, words) for code, words in set(sayings.phrases))
        self._codes = [code for code, _ in phrases] + [code for _, code, _ in costed]
        self._costs = [cost for _, cost in phrases] + [cost for cost, _, _ in costed]
        self._spoken = _postings(words for _, _, words in costed)
        self._spoken_words = sorted(self._spoken)
        self._categories: dict[str, list[int]] = {}
        self.whole = lru_cache(maxsize=4096)(self._whole)
        self.begun = lru_cache(maxsize=4096)(self._begun)
        self.family = lru_cache(maxsize=1024)(self._family)

    def common(self) -> dict[str, int]:
        """Every word with the number of phrases that hold it."""
        found = {word: len(blob) // 4 for word, blob in zip(self._words, self._blobs, strict=True)}
        for word, bits in self._spoken.items():
            found[word] = found.get(word, 0) + bits.bit_count()
        return found

    def best(self, found: int) -> Iterator[tuple[int, str]]:
        """Cost and code of the best phrases of a set, those of the book first."""
        written = found & ((1 << self._spoken_from) - 1)
        for bits, base in ((written, 0), (found >> self._spoken_from, self._spoken_from)):
            for number in _lowest(bits):
                yield self._costs[base + number], self._codes[base + number]

    def _whole(self, word: str) -> int:
        """Phrases with this word."""
        index = bisect_left(self._words, word)
        written = _bits([self._blobs[index]]) if self._words[index : index + 1] == [word] else 0
        return written | self._spoken.get(word, 0) << self._spoken_from

    def _begun(self, word: str) -> int:
        """Phrases with a word that begins so."""
        spoken = 0
        at = bisect_left(self._spoken_words, word)
        while at < len(self._spoken_words) and self._spoken_words[at].startswith(word):
            spoken |= self._spoken[self._spoken_words[at]]
            at += 1
        return self._written_begun(word) | spoken << self._spoken_from

    def _written_begun(self, word: str) -> int:
        if len(word) <= PRECOMPUTED:
            rows = self._query(
                "SELECT bits FROM prefix WHERE system = ? AND prefix = ?", (self._system, word)
            )
            return int.from_bytes(zlib.decompress(rows[0][0]), "little") if rows else 0
        start = bisect_left(self._words, word)
        return _bits(self._blobs[start : bisect_left(self._words, word + "\x7f", start)])

    def _family(self, beginning: str) -> int:
        """Phrases of the codes that begin so; at least a category."""
        if not self._categories:
            for number, code in enumerate(self._codes):
                self._categories.setdefault(code[:_CATEGORY], []).append(number)
        numbers = self._categories.get(beginning[:_CATEGORY], [])
        return _of_numbers(number for number in numbers if self._codes[number].startswith(beginning))


def _postings(phrases: Iterable[tuple[str, ...]]) -> dict[str, int]:
    numbers: dict[str, list[int]] = {}
    for number, words in enumerate(phrases):
        for word in set(words):
            numbers.setdefault(word, []).append(number)
    return {word: _of_numbers(found) for word, found in numbers.items()}


def _lowest(bits: int) -> Iterator[int]:
    """The numbers of the lowest bits."""
    data = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    given = 0
    for match in _FILLED.finditer(data):
        byte, base = data[match.start()], match.start() * 8
        for bit in range(8):
            if byte >> bit & 1:
                yield base + bit
                given += 1
        if given >= _MOST:
            return


def _of_numbers(numbers: Iterable[int]) -> int:
    listed = list(numbers)
    data = bytearray((max(listed, default=-1) >> 3) + 1)
    for number in listed:
        data[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(data, "little")


def _bits(blobs: list[bytes]) -> int:
    """The numbers of some packed lists as bits."""
    lists = [array("I") for _ in blobs]
    for numbers, blob in zip(lists, blobs, strict=True):
        numbers.frombytes(blob)
    top = max((numbers[-1] for numbers in lists if numbers), default=-1)
    data = bytearray((top >> 3) + 1)
    for numbers in lists:
        for number in numbers:
            data[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(data, "little")
