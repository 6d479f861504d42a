"""Whether a mark stands where treatment is decided, and not in a history or in what was done before."""

from __future__ import annotations

from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import DECIDED, PAST, SEEN

# In free text without headings what is taken stands in the first words, what is given in the later half.
_STORY_SHARE, _LATER_SHARE = 0.15, 0.5
_TAKEN = frozenset(("on", "was", "were", "been"))


def decided_from(reading: Reading) -> int:
    """The place of the first word of an assessment or plan; -1 where the note has none."""
    try:
        return reading.zones.index(DECIDED)
    except ValueError:
        return -1


def is_plan(reading: Reading, mark: Mark, start: int, *, strict: bool) -> bool:
    """Whether a mark stands where treatment is decided; ``strict`` asks for a word of deciding in free text."""
    if mark.zone == DECIDED:
        return True
    first, last = reading.sentence(mark.first)
    if mark.zone in {PAST, SEEN}:
        return mark.zone == PAST and 0 <= start < mark.first and reading.has("managing_told", first, last)
    if start >= 0 and mark.first < start and strict and _has_plan(reading):
        return False
    if reading.has("past_treatment", first, last) or reading.has("hospital_past", first, last):
        return False
    return not strict or bool(reading.within("managing_told", first, last)) or _is_given(reading, mark, start)


def _has_plan(reading: Reading) -> bool:
    return bool(reading.note.sections_of("plan", "assessment_plan", "ed_course", "disposition"))


_TITLE = 40


def _is_of_a_stay(reading: Reading) -> bool:
    """Whether the title is a hospital note's: what the patient is on there is given there."""
    names = ("subsequent_title", "initial_title")
    return any(mark.first < _TITLE for name in names for mark in reading.of(name)[:1])


def _is_given(reading: Reading, mark: Mark, start: int) -> bool:
    """Whether free text without a plan names a medicine as what is done: after a problem, and not as taken already."""
    first, last = reading.sentence(mark.first)
    if start >= 0 or reading.has("taking", first, last):
        return False
    if _TAKEN.intersection(reading.forms[first:last]) and not _is_of_a_stay(reading):
        return False
    if mark.first < len(reading.forms) * _STORY_SHARE:
        return False
    if mark.first > len(reading.forms) * _LATER_SHARE:
        return True
    return any(marks and marks[0].first < mark.first for _, marks in reading.named("problem:"))
