"""Finds codes by the beginning of a code, by words and their beginnings, by abbreviations, despite typos."""

from __future__ import annotations

import re
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process

from cleanclaim.codesets.abbreviations import EXPANSIONS
from cleanclaim.codesets.lay_words import LAY_WORDS
from cleanclaim.codesets.search_index import PRECOMPUTED, words_of

_CODE_PREFIX = {
    "ICD-10-CM": re.compile(r"[A-Z][0-9][0-9A-Z]?(\.?[0-9A-Z]{0,4})"),
    "ICD-10-PCS": re.compile(r"[0-9A-HJ-NP-Z]{3,7}"),
}
_ANY_CODE = re.compile(r"(?=.*[0-9])[0-9A-Z]{1,10}")
_SHORTEST_FUZZY = 4
_FUZZY_SCORE = 78
_LONGEST_SAYING = 4
_MOST_RANKED = 400
_MOST_WORDS = 12

Query = Callable[..., list[Any]]
_SAYINGS = {**LAY_WORDS, **EXPANSIONS}


class Searcher:
    """The search of one code set over a compiled book; its vocabulary is read once, on first use.

    Phrases are numbered in the order in which they should be offered. A set of phrases is an integer with one
    bit for each, so that combining words is arithmetic and the best phrases are the lowest bits.
    """

    def __init__(self, system: str, query: Query) -> None:
        self._system = system
        self._query = query
        rows = query("SELECT word, phrases FROM word WHERE system = ? ORDER BY word", (system,))
        self._words = [word for word, _ in rows]
        self._blobs = [blob for _, blob in rows]
        phrases = query("SELECT code FROM phrase WHERE system = ? ORDER BY number", (system,))
        self._codes = [code for (code,) in phrases]
        self._said = lru_cache(maxsize=4096)(self._whole)
        self._begun = lru_cache(maxsize=4096)(self._beginning)
        self._close = lru_cache(maxsize=1024)(self._near)

    def ranked(self, words: str, used: Mapping[str, int] | None = None) -> Iterator[str]:
        """Codes, each once, best first.

        Codes that begin with what was typed; what lay words and abbreviations stand for; phrases with all the
        words; phrases with words that begin so; only if there are none of these, phrases with words spelled
        alike, and last phrases that lack one of the words. ``used`` tells how often an organisation used a
        code: within a stage the more used come first.
        """
        seen: set[str] = set()
        for stage in self._in_turn(words):
            codes = [code for code in dict.fromkeys(stage) if code not in seen]
            if used:
                codes.sort(key=lambda code: -used.get(code, 0))
            seen.update(codes)
            yield from codes

    def _in_turn(self, words: str) -> Iterator[list[str]]:
        yield self._by_code(words)
        typed = words_of(words)[:_MOST_WORDS]
        if not typed:
            return
        meant = self._meant(typed) if self._system == "ICD-10-CM" else []
        yield meant
        exact = self._all([self._said(word) for word in typed])
        yield self._best(exact)
        told = self._told(typed)
        yield self._best(told & ~exact)
        begun = self._all([self._said(word) | self._begun(word) for word in typed])
        yield self._best(begun & ~exact & ~told)
        if not (begun or told or meant):
            alike = [self._alike(word) for word in typed]
            found = self._all(alike)
            yield self._best(found)
            if not found and len(typed) > 1:
                yield self._best(self._all_but_one(alike))

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

    def _meant(self, typed: list[str]) -> list[str]:
        """The codes that all the words together stand for."""
        meanings = _SAYINGS.get(" ".join(typed), ())
        return [meaning[1:] for meaning in meanings if meaning.startswith("=")]

    def _told(self, typed: list[str]) -> int:
        """Phrases with the words, or with what lay words and abbreviations among them stand for."""
        sets = []
        at = 0
        while at < len(typed):
            length, found = self._saying(typed, at)
            sets.append(found)
            at += length
        return self._all(sets)

    def _saying(self, typed: list[str], at: int) -> tuple[int, int]:
        """The longest saying that begins at a word: how many words it takes, and its phrases."""
        for length in range(min(_LONGEST_SAYING, len(typed) - at), 0, -1):
            part = typed[at : at + length]
            meanings = [m for m in _SAYINGS.get(" ".join(part), ()) if not m.startswith("=")]
            if meanings:
                found = self._all([self._said(word) for word in part])
                for meaning in meanings:
                    found |= self._all([self._said(w) | self._begun(w) for w in words_of(meaning)])
                return length, found
        word = typed[at]
        return 1, self._said(word) | self._begun(word) or self._alike(word)

    def _whole(self, word: str) -> int:
        """Phrases with this word."""
        index = bisect_left(self._words, word)
        return _bits([self._blobs[index]]) if self._words[index : index + 1] == [word] else 0

    def _beginning(self, word: str) -> int:
        """Phrases with a word that begins so."""
        if len(word) <= PRECOMPUTED:
            rows = self._query(
                "SELECT bits FROM prefix WHERE system = ? AND prefix = ?", (self._system, word)
            )
            return int.from_bytes(zlib.decompress(rows[0][0]), "little") if rows else 0
        start = bisect_left(self._words, word)
        return _bits(self._blobs[start : bisect_left(self._words, word + "\x7f", start)])

    def _alike(self, word: str) -> int:
        known = self._said(word) | self._begun(word)
        return known if known or len(word) < _SHORTEST_FUZZY else self._close(word)

    def _near(self, word: str) -> int:
        matches = process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE, limit=3)
        return _bits([self._blobs[index] for _, _, index in matches])

    def _all_but_one(self, sets: list[int]) -> int:
        """Phrases with all words but one, whichever leaves any, the commonest word left out first."""
        common = sorted(
            range(len(sets)), key=lambda place: -sets[place].bit_count() if sets[place] else -(1 << 40)
        )
        for left_out in common:
            found = self._all([found for place, found in enumerate(sets) if place != left_out])
            if found:
                return found
        return 0

    def _best(self, found: int) -> list[str]:
        """The codes of the lowest bits."""
        codes: list[str] = []
        data = found.to_bytes((found.bit_length() + 7) // 8, "little")
        for match in _FILLED.finditer(data):
            byte, base = data[match.start()], match.start() * 8
            codes += [self._codes[base + bit] for bit in range(8) if byte >> bit & 1]
            if len(codes) >= _MOST_RANKED:
                break
        return codes

    @staticmethod
    def _all(sets: list[int]) -> int:
        """What is in every one of some sets."""
        if not sets:
            return 0
        found = sets[0]
        for other in sets[1:]:
            found &= other
        return found


_FILLED = re.compile(rb"[^\0]", re.DOTALL)


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
