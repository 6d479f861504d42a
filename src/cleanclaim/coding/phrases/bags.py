"""Phrases without regard to order or ending: "abdominal pain" and "pain in the abdomen" are one bag."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from attrs import frozen

from cleanclaim.documents.words import MARKS, Words, split, word_set

Bag = tuple[str, ...]

LONGEST = 6
_WIDEST_GAP = 6
_SHORTEST_STEM = 4
_IDLE = word_set(
    "the of a an and in with to on at by for from or was is were be been as that this it his her which had"
    " has have no not without there she he we after due"
)
_VAGUE = word_set("unspecified nos other specified site")
# Longer endings first.
_ENDINGS = (
    *("ization", "ations", "ation", "ological", "ology", "ical", "ally", "ous", "ary", "ar", "al", "ic"),
    *("ity", "ive", "ing", "ed", "ion", "y", "e", "is", "um", "us", "a"),
)


@frozen
class Gram:
    """A bag found in a note: how many words, and the places of the first and after the last."""

    bag: Bag
    size: int
    first: int
    last: int


@lru_cache(maxsize=65_536)
def root(word: str) -> str:
    """A word without its ending, of four letters at least."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def bag(words: Iterable[str]) -> Bag:
    """The roots of folded words, sorted; words that carry no meaning left out."""
    return tuple(sorted(root(word) for word in words if word not in _IDLE and word not in MARKS))


def bag_of_text(text: str) -> Bag:
    """The bag of a title or a phrase; empty where it is too long to be looked for."""
    found = bag(word for word in split(text).forms if word not in _VAGUE)
    return found if len(found) <= LONGEST else ()


def runs(words: Words) -> Iterator[list[tuple[int, str]]]:
    """The meaning-bearing words between two breaks, each with its place."""
    run: list[tuple[int, str]] = []
    for place, form in enumerate(words.forms):
        if form in MARKS:
            if run:
                yield run
            run = []
        elif form not in _IDLE:
            run.append((place, form))
    if run:
        yield run


def grams(words: Words) -> list[Gram]:
    """Every bag of up to six neighbouring words."""
    found: list[Gram] = []
    for run in runs(words):
        roots = [root(form) for _, form in run]
        for begin in range(len(run)):
            for size in range(1, min(LONGEST, len(run) - begin) + 1):
                key = tuple(sorted(roots[begin : begin + size]))
                found.append(Gram(key, size, run[begin][0], run[begin + size - 1][0] + 1))
    return found


def segments(found: list[Gram], known: Collection[Bag]) -> list[Gram]:
    """The known bags that do not overlap, longer ones first."""
    hits = sorted((gram for gram in found if gram.bag in known), key=lambda gram: (-gram.size, gram.first))
    used: set[int] = set()
    kept: list[Gram] = []
    for gram in hits:
        places = range(gram.first, gram.last)
        if used.isdisjoint(places):
            used.update(places)
            kept.append(gram)
    return kept


class GapFinder:
    """Finds bags whose words stand near each other with others between them."""

    def __init__(self, known: Iterable[Bag]) -> None:
        several = [one for one in known if len(one) > 1]
        counts = Counter(word for one in several for word in set(one))
        self._by_rarest: dict[str, list[Bag]] = defaultdict(list)
        for one in several:
            self._by_rarest[min(set(one), key=lambda word: (counts[word], word))].append(one)

    def find(self, words: Words) -> dict[Bag, int]:
        """Bag -> how many foreign words stand between its own, at its tightest."""
        found: dict[Bag, int] = {}
        for run in runs(words):
            places: dict[str, list[int]] = defaultdict(list)
            for place, (_, form) in enumerate(run):
                places[root(form)].append(place)
            for word in places:
                for one in self._by_rarest.get(word, ()):
                    gap = _gap(one, word, places)
                    if gap is not None and gap < found.get(one, _WIDEST_GAP + 1):
                        found[one] = gap
        return found


def _gap(one: Bag, rarest: str, places: dict[str, list[int]]) -> int | None:
    if any(word not in places for word in one):
        return None
    best = None
    for anchor in places[rarest]:
        near = [min(places[word], key=lambda place: abs(place - anchor)) for word in one]
        gap = max(near) - min(near) + 1 - len(one)
        if 0 < gap <= _WIDEST_GAP and (best is None or gap < best):
            best = gap
    return best
