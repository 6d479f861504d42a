"""The patient's age as a note states it."""

from __future__ import annotations

import re

from cleanclaim.documents.note import Note, Span

_YEAR = frozenset(("year", "yr", "yo", "y"))
_MONTH = frozenset(("month", "mo"))
_DAY = frozenset(("day", "hour", "week"))
_COMPACT = re.compile(r"([0-9]{1,3})(yo|y|yr|mo|m|f)")
# "RTC 1y", "in 6 mo", "for 5 years": a time, not an age.
_TIMED_BY = frozenset(
    (
        "rtc",
        "in",
        "x",
        "for",
        "every",
        "q",
        "return",
        "after",
        "past",
        "over",
        "recheck",
        "since",
        "within",
        "f",
    )
)


def age_in_months(note: Note) -> tuple[int, Span] | None:
    """The first age in the note, in completed months, with its words; a newborn is 0."""
    forms = note.words.forms[:4000]
    for place, form in enumerate(forms):
        months = _age_at(forms, place, form)
        if months is not None and _is_written_so(note, place, form):
            return months, note.words_span(place, min(place + 3, len(forms)))
    if "newborn" in forms[:200]:
        return 0, note.words_span(forms.index("newborn"), forms.index("newborn") + 1)
    return None


def _is_written_so(note: Note, place: int, form: str) -> bool:
    """ "59M" is a man of 59; "59m" may be metres or minutes."""
    return form[-1] not in "mf" or note.text[note.words.ends[place] - 1].isupper()


def _age_at(forms: list[str], place: int, form: str) -> int | None:
    compact = _COMPACT.fullmatch(form) if len(form) <= 5 else None
    if compact and not _TIMED_BY.intersection(forms[max(0, place - 1) : place]):
        number = int(compact.group(1))
        return number if compact.group(2) == "mo" else number * 12
    if not (form.isascii() and form.isdigit() and len(form) <= 3):
        return None
    before = forms[max(0, place - 2) : place]
    if (before and before[-1] in {"age", "aged"}) or before[-2:] == ["age", ":"]:
        return int(form) * 12
    unit = forms[place + 1 : place + 2]
    old = "old" in forms[place + 2 : place + 4] or "o" in forms[place + 2 : place + 4]
    if not unit:
        return None
    if unit[0] in _YEAR and (old or unit[0] == "yo" or _person(forms, place + 2)):
        return int(form) * 12
    if unit[0] in _MONTH and old:
        return int(form)
    return 0 if unit[0] in _DAY and old else None


def _person(forms: list[str], place: int) -> bool:
    people = {"male", "female", "man", "woman", "boy", "girl", "m", "f", "patient"}
    return bool(people.intersection(forms[place : place + 2]))
