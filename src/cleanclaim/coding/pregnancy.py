"""Weeks of gestation, as a note writes them."""

from __future__ import annotations

import re

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
