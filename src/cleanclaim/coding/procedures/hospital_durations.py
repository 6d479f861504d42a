"""How long something lasted, as a report tells it in hours or days."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.coding.number_words import ONES, TENS
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_HOURS = word_set("hour hr hrs h")
_DAYS = word_set("day")
_NUMBERS = ONES | TENS
_NO_DURATION_AFTER = word_set("later after prior ago before old post postoperatively")
_PASSED_OVER = word_set("consecutive continuous total full")
_HOURS_OF_DAY = 24


def hours_told(note: Note, first: int, last: int) -> Iterator[tuple[float, float, tuple[int, int]]]:
    """Each duration in a range of words: the least and the most hours it can mean, and its place.

    "3 days" may be anything between two and four times 24 hours; "48-72 hours" is a range.
    """
    forms = note.words.forms
    for place in range(first + 1, last):
        unit = forms[place]
        if unit not in _HOURS and unit not in _DAYS:
            continue
        if place + 1 < len(forms) and forms[place + 1] in _NO_DURATION_AFTER:
            continue
        at = place - 2 if forms[place - 1] in _PASSED_OVER and place - 2 >= first else place - 1
        number = _number(forms[at])
        if number is None:
            continue
        low, high, begin = _widened(note, at, first, number)
        if unit in _DAYS:
            low, high = _HOURS_OF_DAY * (low - 1) + 1, _HOURS_OF_DAY * (high + 1)
        yield low, high, (begin, place + 1)


def _number(form: str) -> int | None:
    if form.isascii() and form.isdecimal() and len(form) < 5:
        return int(form)
    return _NUMBERS.get(form)


def _widened(note: Note, at: int, first: int, number: int) -> tuple[float, float, int]:
    """A number with what stands before it: "48-72" is a range, "36.5" one number."""
    before = _number(note.words.forms[at - 1]) if at > first else None
    if before is None:
        return number, number, at
    between = note.text[note.words.ends[at - 1] : note.words.starts[at]].strip()
    if between == ".":
        exact = float(f"{before}.{note.words.forms[at]}")
        return exact, exact, at - 1
    if between in {"-", "–"} and before < number:
        return before, number, at - 1
    return number, number, at
