"""What a note's words say about the visit itself: marks by name, with their place in the note and whether denied."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from cleanclaim.coding.visit.denial import denied
from cleanclaim.coding.visit.phrases import Hit, phrase_hits
from cleanclaim.coding.visit.zones import TOLD, zones_of
from cleanclaim.documents.matcher import longest
from cleanclaim.documents.note import Note, Span

# A name, and what takes its marks away where they overlap: a longer phrase with another meaning.
_OVERRIDDEN = {
    "worse": "neutral_worse",
    "hospital_care": "hospital_past",
    "surgery": "surgery_not",
    "historian": "no_historian",
    "threat": "no_threat",
    "severe": "not_severe",
    "social": "no_social",
    "risk_factors": "no_risk_factors",
    "established": "established_elsewhere",
    "preventive_title": "preventive_past",
    "test_done_here_billed": "not_billed",
    "low_risk": "no_low_risk",
    "discharge_title": "no_discharge_title",
    "taking": "no_taking",
    "drug": "no_drug_here",
    "prescription": "no_prescription",
    "problem": "no_problem",
    "test": "no_test",
}


_ARROW = re.compile("->|→|=>")


@frozen
class Mark:
    """A phrase found: what it stands for, places of words, the part of the note, and whether it is denied."""

    name: str
    first: int
    last: int
    zone: str
    denied: bool


@frozen(eq=False)
class Reading:
    """A note with its marks, made when they are asked for. ``firsts`` are the places at which sentences begin."""

    note: Note = field(repr=False)
    firsts: Sequence[int] = field(repr=False)
    zones: Sequence[str] = field(repr=False)
    _hits: dict[str, list[Hit]] = field(repr=False)
    _made: dict[str, list[Mark]] = field(factory=dict, repr=False)

    @property
    def forms(self) -> list[str]:
        """The folded words."""
        return self.note.words.forms

    def all(self, name: str) -> list[Mark]:
        """Every mark of a name, denied or not, in order."""
        made = self._made.get(name)
        if made is None:
            made = self._made[name] = self._make(name)
        return made

    def _make(self, name: str) -> list[Mark]:
        hits = self._hits.get(name)
        if not hits:
            return []
        hits = longest(hits) if len(hits) > 1 else hits
        over = self._hits.get(_OVERRIDDEN.get(name) or _OVERRIDDEN.get(name.partition(":")[0], ""))
        if over:
            hits = _outside(hits, over)
        words, zones = self.note.words, self.zones
        stops = self.note.once(_stops)
        return [
            Mark(name, first, last, zones[first], denied(words.forms, stops, first, last))
            for first, last, _ in hits
        ]

    def named(self, prefix: str) -> Iterator[tuple[str, list[Mark]]]:
        """Every name that begins so ("test:") with its marks, denied or not."""
        for name in self._hits:
            if name.startswith(prefix):
                yield name, self.all(name)

    def of(self, name: str) -> list[Mark]:
        """The marks of a name that are not denied."""
        return [mark for mark in self.all(name) if not mark.denied]

    def begins(self, prefix: str) -> Iterator[Mark]:
        """The marks not denied whose name begins so ("test:")."""
        for _, found in self.named(prefix):
            yield from (mark for mark in found if not mark.denied)

    def sentence(self, place: int) -> tuple[int, int]:
        """First and last place of the sentence at a place."""
        index = max(0, bisect_right(self.firsts, place) - 1)
        return self.firsts[index], self.firsts[index + 1] if index + 1 < len(self.firsts) else len(self.forms)

    def within(self, name: str, first: int, last: int) -> list[Mark]:
        """The marks of a name that are not denied between two places."""
        found = self.all(name)
        if not found:
            return []
        low = bisect_left(found, first, key=lambda mark: mark.first)
        high = bisect_left(found, last, lo=low, key=lambda mark: mark.first)
        return [mark for mark in found[low:high] if not mark.denied]

    def has(self, name: str, first: int, last: int) -> bool:
        """Whether a mark of that name, denied or not, begins between two places."""
        found = self.all(name)
        if not found:
            return False
        low = bisect_left(found, first, key=lambda mark: mark.first)
        return low < len(found) and found[low].first < last

    def beside(self, mark: Mark, name: str) -> list[Mark]:
        """The marks of a name in the sentence of a mark."""
        return self.within(name, *self.sentence(mark.first))

    def span(self, mark: Mark) -> Span:
        """The characters of a mark."""
        return self.note.words_span(mark.first, mark.last)

    def spans(self, marks: Iterable[Mark], most: int = 3) -> tuple[Span, ...]:
        """The characters of the first marks, each once."""
        found = {self.span(mark): None for mark in marks}
        return tuple(found)[:most]

    def zone_at(self, place: int) -> str:
        """The part of the note in which a place lies."""
        return self.zones[place] if place < len(self.zones) else TOLD


def read_visit(note: Note, diagnoses: Sequence[int] = ()) -> Reading:
    """The marks of a note, in time that grows with its length only; ``diagnoses`` are the places of those coded."""
    firsts = [sentence.first for sentence in note.sentences] or [0]
    hits = phrase_hits(note, firsts)
    return Reading(note, firsts, zones_of(note, firsts, hits, diagnoses), hits)


def _stops(note: Note) -> list[int]:
    """Places of words after a comma or an arrow ("not at goal -> atorvastatin 80"), ascending."""
    text, words = note.text, note.words
    commas = list(words.commas)
    if ">" not in text and "→" not in text:
        return commas
    arrows = (bisect_left(words.starts, arrow.end()) for arrow in _ARROW.finditer(text))
    return sorted({*commas, *(place for place in arrows if 0 < place < len(words.starts))})


def _outside(found: list[Hit], over: list[Hit]) -> list[Hit]:
    taken = {place for first, last, _ in over for place in range(first, last)}
    return [hit for hit in found if taken.isdisjoint(range(hit[0], hit[1]))]
