"""The age at a visit, also where it is written in years and months or beside the sex only."""

from __future__ import annotations

import datetime as dt

from cleanclaim.coding.demographics import age_in_months
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import word_set

_SEX = word_set("male female man woman boy girl m f")
_TITLE = 25
_UNITS = {"month": 1.0, "mo": 1.0, "week": 0.25, "wk": 0.25, "day": 0.0, "year": 12.0, "yr": 12.0}
_LOOKED_AT, _OLDEST, _LONGEST = 60, 110, 6


def visit_age(note: Note, on: dt.date) -> tuple[int, Span] | None:
    """The age in completed months with its words, None where the note states none."""
    return (
        _years_and_months(note)
        or _is_said(note)
        or age_in_months(note, on)
        or _beside_sex(note)
        or _bare_unit(note)
    )


def _years_and_months(note: Note) -> tuple[int, Span] | None:
    """ "11 years and 11 months old" is eleven years, and not eleven months."""
    forms = note.words.forms[:_LOOKED_AT]
    for place, form in enumerate(forms):
        if form not in {"year", "yr", "y"} or not place or not forms[place - 1].isdecimal():
            continue
        after = [one for one in forms[place + 1 : place + _LONGEST] if one != "and"]
        if len(after) > 1 and after[0].isdecimal() and after[1] in {"month", "mo", "m"}:
            months = int(forms[place - 1][:3]) * 12 + int(after[0][:2])
            return months, note.words_span(place - 1, place + 1)
    return None


_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr"))
_WHO = frozenset(("she", "he", "who", "patient"))


def _is_said(note: Note) -> tuple[int, Span] | None:
    """ "She's 52 and feels well", "he is 47.": an age told without its unit."""
    forms = note.words.forms[:_LOOKED_AT]
    for place in range(len(forms) - 2):
        number = forms[place + 2]
        named = place > 0 and forms[place - 1] in _TITLES
        if (forms[place] in _WHO or named) and forms[place + 1] in {"s", "is"} and number.isdecimal():
            after = forms[place + 3] if place + 3 < len(forms) else "."
            ended = after in _ENDS_AGE or note.text[note.words.ends[place + 2] :][:1] == ","
            if 18 <= int(number[:4]) <= _OLDEST and ended:
                return int(number) * 12, note.words_span(place + 2, place + 3)
    return None


_ENDS_AGE = frozenset((".", ";", ":", "and", "now", "today", "with", "feels", "healthy", "works", "married"))


def _beside_sex(note: Note) -> tuple[int, Span] | None:
    """ "Established / male / 64": a number beside the sex in the title."""
    forms = note.words.forms[:_LOOKED_AT]
    for place, form in enumerate(forms):
        if form not in _SEX:
            continue
        for other in (place + 1, place - 1):
            if 0 <= other < len(forms) and forms[other].isdecimal() and 0 < int(forms[other][:4]) <= _OLDEST:
                first = min(place, other)
                return int(forms[other]) * 12, note.words_span(first, first + 2)
    return None


def _bare_unit(note: Note) -> tuple[int, Span] | None:
    """ "Well baby visit, new patient, 2 months": a time in the title that is no time ago."""
    forms = note.words.forms[:_TITLE]
    for place, form in enumerate(forms):
        if form not in _UNITS or not place or not forms[place - 1].isdecimal() or len(forms[place - 1]) > 2:
            continue
        if "ago" not in forms[place : place + 2] and "in" not in forms[place - 2 : place]:
            return int(int(forms[place - 1]) * _UNITS[form]), note.words_span(place - 1, place + 1)
    return None
