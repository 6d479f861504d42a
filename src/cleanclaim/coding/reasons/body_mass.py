"""The body mass index as a code, where a diagnosis of weight stands beside it (Section I.B.14)."""

from __future__ import annotations

from cleanclaim.coding.demographics import age_in_months
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import mention_of
from cleanclaim.documents.note import Note

_OWNERS = ("E66", "E43", "E44", "E46", "R63.4", "R63.5", "R63.6", "R64", "R62.7")
_ADULT_MONTHS = 20 * 12
_BETWEEN = frozenset((":", "is", "of", "was", "today", "now", "at", "kg", "index"))
_HIGH = ((70, "Z68.45"), (60, "Z68.44"), (50, "Z68.43"), (45, "Z68.42"), (40, "Z68.41"))


def add_body_mass(note: Note, picks: Picks) -> Picks:
    """The picks with Z68 for an adult whose weight diagnosis is coded and who is not pregnant."""
    owners = [pick for pick in live(picks) if begins_with(pick.code, _OWNERS)]
    pregnant = any(pick.code[0] == "O" for pick in live(picks))
    age = age_in_months(note)
    if not owners or pregnant or (age is not None and age[0] < _ADULT_MONTHS):
        return picks
    found = _stated(note)
    if found is None:
        return picks
    number, first, last = found
    code = _code(number)
    reason = guideline(
        "Section I.B.14", "the index goes with a diagnosis of weight", ("diagnosis", owners[0].code)
    )
    return {**picks, code: Pick(code, (mention_of(note, code, first, last),), (reason,))}


def _stated(note: Note) -> tuple[int, int, int] | None:
    """The first whole number that follows "BMI", with its places."""
    forms = note.words.forms
    place = -1
    best = None
    while True:
        try:
            place = forms.index("bmi", place + 1)
        except ValueError:
            return best
        ahead = place + 1
        while ahead < min(len(forms), place + 5) and forms[ahead] in _BETWEEN:
            ahead += 1
        if ahead < len(forms) and forms[ahead].isascii() and forms[ahead].isdigit() and best is None:
            number = int(forms[ahead][:3])
            if 10 <= number <= 99:
                best = number, place, _with_decimals(note, ahead)


def _with_decimals(note: Note, place: int) -> int:
    ends, starts, forms = note.words.ends, note.words.starts, note.words.forms
    following = place + 1
    joined = following < len(forms) and starts[following] == ends[place] + 1 and forms[following].isdigit()
    return following + 1 if joined else following


def _code(number: int) -> str:
    if number < 20:
        return "Z68.1"
    return next((code for floor, code in _HIGH if number >= floor), f"Z68.{number}")
