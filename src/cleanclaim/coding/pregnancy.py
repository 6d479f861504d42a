"""Weeks of gestation, as a note writes them."""

from __future__ import annotations

import datetime as dt
import re

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.leaves import resolve
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.documents.note import Note

_WEEK = frozenset(("week", "wk", "w"))
_COMPACT = re.compile(r"([0-9]{1,2})w[0-9]?d?")
_PREGNANT = frozenset(
    (
        "gestation",
        "gestational",
        "pregnant",
        "pregnancy",
        "iup",
        "prenatal",
        "obstetric",
        "ega",
        "fetal",
        "antepartum",
    )
)


def weeks_of_gestation(note: Note) -> tuple[int, int, int] | None:
    """Completed weeks with the places of the words, or None where the note is of no pregnancy."""
    return note.once(_weeks_of_gestation)


def _weeks_of_gestation(note: Note) -> tuple[int, int, int] | None:
    forms = note.words.forms
    if not _PREGNANT.intersection(forms):
        return None
    for place, form in enumerate(forms):
        weeks, first = _weeks_at(forms, place, form)
        if weeks is not None and 4 <= weeks <= 42 and _of_the_pregnancy(forms, first, place):
            return weeks, first, place + 1
    return None


def _weeks_at(forms: list[str], place: int, form: str) -> tuple[int | None, int]:
    compact = _COMPACT.fullmatch(form) if len(form) <= 5 else None
    if compact:
        return int(compact.group(1)), place
    if form not in _WEEK:
        return None, place
    numbers: list[int] = []
    while len(numbers) < 3 and place - len(numbers) >= 1 and forms[place - len(numbers) - 1].isdecimal():
        numbers.append(int(forms[place - len(numbers) - 1][:4]))
    if not numbers:
        return None, place
    return numbers[-1] if len(numbers) > 1 else numbers[0], place - len(numbers)


def _of_the_pregnancy(forms: list[str], first: int, place: int) -> bool:
    """Words of a pregnancy near, and no word that makes it a time from now."""
    near = forms[max(0, first - 8) : place + 8]
    if forms[first - 1 : first] in (["in"], ["for"], ["every"], ["x"], ["past"]):
        return False
    return bool(_PREGNANT.intersection(near)) or "day" in near or "ga" in near or forms[place][:1].isdigit()


def trimester_words(weeks: int) -> frozenset[str]:
    """The words by which a code of chapter 15 says the trimester."""
    return frozenset(("trimester", "first" if weeks < 14 else "second" if weeks < 28 else "third"))


def link_to_pregnancy(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """Conditions of a pregnant patient through chapter 15; a normal pregnancy gives way (Section I.C.15)."""
    found = weeks_of_gestation(note)
    if found is None or note.kind == "newborn":
        return picks
    out = dict(picks)
    for rule in rules()["pregnancy_links"]:
        code = resolve(book, rule["give"], trimester_words(found[0]), on)
        for pick in live(out):
            if code is None or not begins_with(pick.code, rule["dx"]) or not pick.diagnostic:
                continue
            reason = guideline("Section I.C.15.a", "a condition in pregnancy is presumed to complicate it")
            if code not in out or out[code].dropped is not None:
                out[code] = evolve(pick, code=code, inferred=True).explain(reason)
            if not rule["stays"]:
                out[pick.code] = pick.drop(guideline("Section I.C.15.a", f"contained in {code}"))
    return _not_normal(out)


def _not_normal(picks: Picks) -> Picks:
    out = dict(picks)
    complicated = [pick for pick in live(out) if pick.code[0] == "O"]
    for pick in live(out):
        if complicated and pick.code.startswith("Z34"):
            reason = guideline(
                "Section I.C.15.b.1", "a normal pregnancy is not coded beside a code of chapter 15"
            )
            out[pick.code] = pick.drop(reason)
    return out
