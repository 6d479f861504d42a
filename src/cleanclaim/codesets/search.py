"""Finds codes by the beginning of a code, by words and their beginnings, by what people say, despite typos."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache, reduce
from operator import and_

from cleanclaim.codesets.phrase_sets import PhraseSets, Query
from cleanclaim.codesets.sayings import LONGEST, NONE, Sayings, icd10cm_sayings
from cleanclaim.codesets.spelling import Speller
from cleanclaim.codesets.words import words_of

_CODE_PREFIX = {
    "ICD-10-CM": re.compile(r"[A-Z](?:[0-9][0-9A-Z]?|[A-Z][0-9])(\.?[0-9A-Z]{0,4})"),
    "ICD-10-PCS": re.compile(r"[0-9A-HJ-NP-Z]{3,7}"),
}
_ANY_CODE = re.compile(r"(?=[A-Z]{0,9}[0-9])[0-9A-Z]{1,10}")
_MOST_WORDS = 12
_MOST_READINGS = 3
_SHORTEST_PART = 3
_TOLD_COST = 2
_BEGUN_COST = 2
_USE = 2.0
_MOST_LIKING = 16.0
_SIDES = frozenset({"left", "right", "bilateral", "unilateral", "unspecified"})


class Searcher:
    """The search of one code set over a compiled book; its vocabulary is read once, on first use."""

    def __init__(self, system: str, query: Query) -> None:
        self._system = system
        self._query = query
        self._sayings: Sayings = icd10cm_sayings() if system == "ICD-10-CM" else NONE
        self._sets = PhraseSets(system, query, self._sayings)
        self._common = self._sets.common()
        for words in self._sayings.by_words:
            for word in words:
                self._common.setdefault(word, 1)
        self._speller = Speller(self._common)
        self._corrected = lru_cache(maxsize=2048)(self._speller.corrections)

    def ranked(self, words: str, used: Mapping[str, int] | None = None) -> Iterator[str]:
        """Codes, each once, best first.

        Codes that begin with what was typed; codes that all the words together stand for; phrases with the
        words, with what they stand for, or with words that begin so, those that say least beyond it first;
        only without any of these, the same for the words as they were probably meant; last phrases with most
        of the words. ``used`` tells how often an organisation used a code: within a stage what it uses much comes
        before what merely fits somewhat better.
        """
        seen: set[str] = set()
        for stage in self._in_turn(words):
            costs = {code: cost for code, cost in stage.items() if code not in seen}
            if used:
                costs = {code: cost - _liking(used.get(code, 0)) for code, cost in costs.items()}
            codes = sorted(costs, key=costs.__getitem__)
            seen.update(codes)
            yield from codes

    def _in_turn(self, words: str) -> Iterator[dict[str, float]]:
        """Codes with what they cost, stage by stage."""
        yield dict.fromkeys(self._by_code(words), 0.0)
        typed = words_of(words)[:_MOST_WORDS]
        if not typed:
            return
        found = self._as_read(typed)
        yield found
        if found:
            return
        readings = self._readings(typed)
        for reading in readings:
            read = self._as_read(reading)
            found = found or read
            yield read
        if not found:
            yield self._priced([(0, self._most(readings[0] if readings else typed))])

    def _as_read(self, words: list[str]) -> dict[str, float]:
        """What the words mean as they stand: the codes that are meant by all of them, and phrases."""
        exact = self._all([self._sets.whole(word) for word in words])
        begun = self._all([self._sets.whole(word) | self._sets.begun(word) for word in words])
        orders = [words]
        if len(words) > 2 and not _SIDES.isdisjoint(words[:-1]):
            orders.append(sorted(words, key=_SIDES.__contains__))
        told = self._told_in(orders, wide=False)
        if not (exact or told or begun):
            told = self._told_in(orders, wide=True)
        costs = self._priced([(0, exact), (_TOLD_COST, told & ~exact), (_BEGUN_COST, begun & ~exact & ~told)])
        for place, code in enumerate(self._sayings.codes_of(words)):
            costs[code] = place / 100 - 1
        return costs

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

    def _told_in(self, orders: list[list[str]], *, wide: bool) -> int:
        found = 0
        for words in orders:
            found |= self._all([phrases for _, phrases in self._told(words, wide=wide)])
        return found

    def _told(self, words: list[str], *, wide: bool) -> list[tuple[int, int]]:
        """The words cut into sayings: how many words each takes, and the phrases that say it."""
        found = []
        at = 0
        while at < len(words):
            length, phrases = self._saying(words, at, wide=wide)
            found.append((length, phrases))
            at += length
        return found

    def _saying(self, words: list[str], at: int, *, wide: bool) -> tuple[int, int]:
        """The longest saying that begins at a word: how many words it takes, and its phrases."""
        for length in range(min(LONGEST, len(words) - at), 0, -1):
            part = tuple(words[at : at + length])
            saying = self._sayings.by_words.get(tuple(sorted(part)))
            joined = "".join(part) if length == 2 else ""
            if saying is None and joined not in self._common:
                continue
            found = self._all([self._sets.whole(word) for word in part])
            if length > 1:
                found |= self._all([self._saying([word], 0, wide=wide)[1] for word in part])
            if joined in self._common:
                found |= self._told([joined], wide=wide)[0][1]
            for way in saying.ways if saying else ():
                found |= self._all([self._sets.whole(word) | self._sets.begun(word) for word in way])
            for code in saying.codes if saying else ():
                found |= self._sets.family(code[:3] if wide else _family(code))
            if length == 1:
                found |= self._sets.begun(part[0])
            return length, found
        return 1, self._sets.whole(words[at]) | self._sets.begun(words[at])

    def _readings(self, typed: list[str]) -> list[list[str]]:
        """The words as they were probably meant: unknown ones corrected or cut in two, the likeliest first."""
        choices = [self._choices(word) for word in typed]
        if all(len(choice) == 1 and choice[0] == [word] for choice, word in zip(choices, typed, strict=True)):
            return []
        readings = []
        for rank in range(_MOST_READINGS):
            if any(rank < len(choice) for choice in choices):
                reading = [word for choice in choices for word in choice[min(rank, len(choice) - 1)]]
                readings.append(reading[:_MOST_WORDS])
        return readings

    def _choices(self, word: str) -> list[list[str]]:
        if word in self._common or word.isdigit():
            return [[word]]
        cut = next(
            (
                [word[:at], word[at:]]
                for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
                if word[:at] in self._common and word[at:] in self._common
            ),
            None,
        )
        found = [[one] for one in self._corrected(word)]
        return ([cut] if cut else []) + found or [[word]]

    def _most(self, words: list[str]) -> int:
        """Phrases with most of the words, the rarer words counting more; nothing with less than half of them."""
        parts = [(length, found) for length, found in self._told(words, wide=True) if found]
        best, best_weight = 0, 0.0
        for start in parts:
            common, weight, count = start[1], _weight(start), start[0]
            for part in sorted(parts, key=_weight, reverse=True):
                if part is not start and common & part[1]:
                    common, weight, count = common & part[1], weight + _weight(part), count + part[0]
            if weight > best_weight and 2 * count >= len(words):
                best, best_weight = common, weight
        return best

    def _priced(self, sets: list[tuple[int, int]]) -> dict[str, float]:
        """The codes of some sets of phrases, the cheapest phrase of each deciding."""
        costs: dict[str, float] = {}
        for more, found in sets:
            for cost, code in self._sets.best(found):
                if cost + more < costs.get(code, math.inf):
                    costs[code] = cost + more
        return costs

    @staticmethod
    def _all(sets: list[int]) -> int:
        """What is in every one of some sets."""
        return reduce(and_, sets) if sets else 0


def _family(code: str) -> str:
    """The beginning that a code shares with those that only say more of it: M25.569 is M25.56, J45.909 is J45."""
    bare = code[:-1] if len(code) == 8 else code
    while len(bare) > 5 and bare[-1] in "09X":
        bare = bare[:-1]
    return bare[:3] if bare[4:] in ("9", "90", "0", "00") else bare


def _liking(uses: int) -> float:
    """What the use of a code by an organisation takes off its cost."""
    return min(_USE * math.log2(uses + 1), _MOST_LIKING) if uses > 0 else 0.0


def _weight(part: tuple[int, int]) -> float:
    """How much a part of a query says: the fewer phrases have it, the more."""
    return part[0] * (18.0 - math.log2(part[1].bit_count() + 1))
