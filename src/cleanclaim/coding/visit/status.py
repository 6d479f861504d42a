"""Whether a chronic illness missed its goal: by a number beside the goal, or because its treatment was stepped up."""

from __future__ import annotations

from bisect import bisect_left

from cleanclaim.coding.visit.words import FOUND, PAST, SEEN, Mark, Reading
from cleanclaim.documents.note import Note

_GOAL = frozenset(("goal", "target"))
_LEADS = frozenset(("goal", "target", "than", "below", "under", "to", "is", ":", "less", "<", "our", "at"))


def goal_missed(reading: Reading, first: int, last: int) -> list[Mark]:
    """Where a value stands above the goal written after it: "A1c 8.8 (goal 7)", "GAD-7 15 (goal <5)"."""
    forms = reading.forms
    found = []
    goals = reading.note.once(_goal_places)
    for place in goals[bisect_left(goals, first) : bisect_left(goals, min(last, len(forms)))]:
        if reading.zone_at(place) == PAST:
            continue
        goal = _number(reading, place + 1, place + 6, forward=True)
        value = _number(reading, max(first, place - 5), place, forward=False)
        if goal is not None and value is not None and value > goal:
            found.append(Mark("worse", max(first, place - 2), place + 1, reading.zone_at(place), False))
    return found


def _goal_places(note: Note) -> list[int]:
    return [place for place, form in enumerate(note.words.forms) if form in _GOAL]


def _number(reading: Reading, low: int, high: int, *, forward: bool) -> float | None:
    """The first number, or the last, between two places, decimals joined ("8.8" is two words)."""
    forms, words = reading.forms, reading.note.words
    places = range(low, min(high, len(forms)))
    for place in places if forward else reversed(places):
        form = forms[place]
        if not form.isdecimal():
            if forward and form not in _LEADS:
                return None
            continue
        text = reading.note.text
        start, end = words.starts[place], words.ends[place]
        while end < len(text) and (
            text[end].isdigit() or (text[end] == "." and text[end + 1 : end + 2].isdigit())
        ):
            end += 1
        while start > 0 and (
            text[start - 1].isdigit() or (text[start - 1] == "." and text[start - 2 : start - 1].isdigit())
        ):
            start -= 1
        return float(text[start:end]) if text[start:end].replace(".", "", 1).isdecimal() else None
    return None


def stepped_up(reading: Reading, first: int, last: int) -> list[Mark]:
    """Where a medicine is raised, added or changed: treatment is not stepped up for what is at its goal."""
    found = []
    for mark in reading.within("step_up", first, last):
        if mark.zone in {PAST, SEEN, FOUND}:
            continue
        low, high = reading.sentence(mark.first)
        if reading.has("past_treatment", low, high):
            continue
        if reading.within("drug:prescription", max(low, mark.first - 6), min(high, mark.last + 6)):
            found.append(mark)
    return found
