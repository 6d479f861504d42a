"""What shows that a chronic illness misses its goal without a word for it: a measure, or symptoms that go on.

CPT calls an illness stable by the patient's own treatment goals: one that is not at its goal is not stable, even if
it has not changed (CPT, E/M services guidelines, "stable, chronic illness").
"""

from __future__ import annotations

from functools import lru_cache

from cleanclaim.coding.visit.addressed import Problem
from cleanclaim.coding.visit.tables import problem_table
from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import DECIDED, TOLD
from cleanclaim.documents.words import word_set

_VALUE_WITHIN = 6
_BEFORE_VALUE = frozenset(
    ("is", "was", "of", "now", "today", "at", "score", "level", "about", "up", "to", ":", "still", "again")
)


def signs_missed(reading: Reading, problem: Problem, scopes: list[tuple[int, int]]) -> list[Mark]:
    """Measures beyond what any goal allows, and symptoms that the plan tells of beside the illness."""
    zones = {DECIDED} if DECIDED in reading.zones else {DECIDED, TOLD}
    own = {place for mark in problem.marks for place in range(mark.first, mark.last)}
    found: list[Mark] = []
    for low, high in scopes:
        found += [mark for mark in _measures(reading, low, high) if mark.zone in zones]
        found += [
            mark
            for mark in reading.within("symptom_now", low, high)
            if mark.zone in zones and mark.first not in own and not _is_mild(reading, mark)
        ]
    return found


_EFFECTS = word_set(
    "edema swelling cough nausea rash cramp fatigue myalgia ache diarrhea constipation dizziness headache insomnia "
    "sedation drowsiness tremor itch hives bleeding reflux heartburn bloating sweating palpitation bruising"
)
_CAUSED = frozenset(("from", "since", "due", "caused", "after", "because", "blamed"))
_CAUSE_WITHIN = 5


def side_effects(reading: Reading, low: int, high: int) -> list[Mark]:
    """A medicine beside what it does to the patient ("amlodipine edema", "cough since lisinopril")."""
    forms, found = reading.forms, []
    commas = reading.note.words.commas
    for mark in reading.within("drug:prescription", low, high):
        if forms[mark.last : mark.last + 1] and forms[mark.last] in _EFFECTS and mark.last not in commas:
            found.append(mark)
            continue
        first = max(reading.sentence(mark.first)[0], mark.first - _CAUSE_WITHIN)
        before = forms[first : mark.first]
        if _CAUSED.intersection(before) and _EFFECTS.intersection(before) and not _NONE.intersection(before):
            found.append(mark)
    return found


_NONE = frozenset(("no", "not", "without", "denies", "any", "gone", "free"))


def _is_mild(reading: Reading, mark: Mark) -> bool:
    return reading.has("symptom_mild", *reading.sentence(mark.first))


@lru_cache(maxsize=1)
def _limits() -> dict[str, float]:
    """Folded name of a measure -> the value from which no usual goal is met."""
    return {str(name): float(limit) for name, limit in problem_table()["measures"].items()}


def _measures(reading: Reading, low: int, high: int) -> list[Mark]:
    forms, limits = reading.forms, _limits()
    if limits.keys().isdisjoint(forms[low:high]):
        return []
    found = []
    for place in range(low, min(high, len(forms))):
        limit = limits.get(forms[place])
        if limit is None:
            continue
        value = _value_after(reading, place + 1, min(place + _VALUE_WITHIN, high))
        if value is not None and limit <= value < 10 * limit:
            found.append(Mark("worse", place, place + 1, reading.zone_at(place), False))
    return found


def _value_after(reading: Reading, low: int, high: int) -> float | None:
    """The number after a measure's name ("A1c now 9.1", "PHQ-9 15"): the name's own number is skipped."""
    forms, words, text = reading.forms, reading.note.words, reading.note.text
    for place in range(low, high):
        form = forms[place]
        if not form.isdecimal():
            if form in _BEFORE_VALUE:
                continue
            return None
        start, end = words.starts[place], words.ends[place]
        if text[start - 1 : start] == "-":
            continue
        if text[end : end + 1] in {".", ","} and text[end + 1 : end + 2].isdigit():
            tail = text[end + 1 : end + 3]
            return float(f"{form}.{tail if tail.isdigit() else tail[0]}")
        return float(form[:5])
    return None


__all__ = ["side_effects", "signs_missed"]
