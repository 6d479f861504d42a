"""An open fracture by its kind: the seventh characters B and C (Section I.C.19.c)."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.documents.note import Note

_BONES = ("S02", "S12", "S22", "S32", "S42", "S49", "S52", "S59", "S62", "S72", "S79", "S82", "S89", "S92")
_GRADED = ("S52", "S72", "S82")
_OPEN = (
    "open fracture",
    "compound fracture",
    "open displaced",
    "open nondisplaced",
    "open comminuted",
    "open type",
)
_WIDE = (*_OPEN, "open")
_SEVERE = (
    "type iii",
    "type iiia",
    "type iiib",
    "type iiic",
    "type 3",
    "grade iii",
    "grade 3",
    "type 3a",
    "type 3b",
)
_WITHIN = 4


def add_open_fractures(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with fractures that their own diagnosis calls open."""
    out = dict(picks)
    opened = [
        told
        for told in sentences_telling(note, _WIDE)
        if told.section in diagnosed_in(note) and _is_open(note, told)
    ]
    for pick in live(picks):
        if not begins_with(pick.code, _BONES) or len(pick.code) != 8 or pick.code[-1] != "A":
            continue
        told = next((one for one in opened for m in pick.mentions if one.first <= m.first < one.last), None)
        if told is None:
            continue
        severe = told.any_of(_SEVERE) and begins_with(pick.code, _GRADED)
        code = pick.code[:-1] + ("C" if severe else "B")
        entry = billable_entry(book, code, on)
        if entry is not None:
            reason = guideline("Section I.C.19.c", "an open fracture, active treatment")
            out[pick.code] = pick.drop(guideline("Section I.C.19.c", f"the fracture is open: {code}"))
            out[code] = evolve(pick, code=code).explain(reason)
    return out


def _is_open(note: Note, told: Told) -> bool:
    place = told.any_of(_OPEN)
    if place is None:
        fracture, wide = told.any_of(("fracture",)), told.any_of(("open",))
        place = wide if fracture and wide and 0 < fracture[0] - wide[0] <= _WITHIN else None
    return place is not None and is_told(note, place)
