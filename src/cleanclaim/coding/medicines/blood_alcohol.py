"""The level of alcohol in the blood beside a disorder of its use: Y90 (note at F10)."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import phrase

_OWNERS = ("F10", "T51", "R78.0")
_NAMES = tuple(
    phrase(name)
    for name in (
        *("serum ethanol level", "serum ethanol", "blood ethanol", "ethanol level", "ethanol", "etoh level"),
        *("blood alcohol level", "blood alcohol content", "blood alcohol concentration", "blood alcohol"),
        *("serum alcohol level", "serum alcohol", "alcohol level", "bac", "bal", "etoh", "serum etoh"),
    )
)
_BETWEEN = frozenset(
    (":", "of", "was", "is", "level", "at", "on", "arrival", "came", "back", "returned", "measured")
)
_STEPS = (
    (240, "8"),
    (200, "7"),
    (120, "6"),
    (100, "5"),
    (80, "4"),
    (60, "3"),
    (40, "2"),
    (20, "1"),
    (0, "0"),
)
_GRAMS_BELOW = 1.0
_MOST = 1000


def add_blood_alcohol(note: Note, picks: Picks) -> Picks:
    """The picks with Y90 where a disorder of alcohol is coded and a level is stated in mg/dL or as 0.xx."""
    if not any(begins_with(pick.code, _OWNERS) for pick in live(picks)):
        return picks
    found = _stated(note)
    if found is None:
        return picks
    level, first, last = found
    code = alcohol_code(level)
    out = dict(picks)
    reason = guideline(
        "Section I.C.20.a", "the level in the blood goes with the disorder", ("mg/dL", f"{level:.0f}")
    )
    add_pick(out, code, mention_of(note, code, first, last), reason)
    return out


def alcohol_code(level: float) -> str:
    """Y90 by milligrams in 100 ml."""
    return "Y90." + next(digit for least, digit in _STEPS if level >= least)


def _stated(note: Note) -> tuple[float, int, int] | None:
    forms = note.words.forms
    for place in range(len(forms)):
        for name in _NAMES:
            if forms[place] != name[0] or tuple(forms[place : place + len(name)]) != name:
                continue
            ahead = place + len(name)
            while ahead < min(len(forms), place + len(name) + 4) and forms[ahead] in _BETWEEN:
                ahead += 1
            level = _number(note, ahead)
            if level is not None:
                return level, place, ahead + 1
    return None


def _number(note: Note, place: int) -> float | None:
    """The number that begins at a word, in mg/dL; what is under one is in grams."""
    if place >= len(note.words.forms) or not note.words.forms[place][:1].isascii():
        return None
    start = note.words.starts[place]
    written = note.text[max(0, start - 1) : start + 8]
    if note.text[max(0, start - 2) : start].strip() == "<":
        return None
    if written[:1] != ".":
        written = written[1:] if start else written
    digits = ""
    for char in written:
        if not (char.isascii() and char.isdigit()) and not (char == "." and "." not in digits):
            break
        digits += char
    try:
        level = float(digits.rstrip("."))
    except ValueError:
        return None
    if level < _GRAMS_BELOW:
        level *= _MOST
    return level if level <= _MOST else None
