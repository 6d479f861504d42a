"""The quadrant of a lump in the breast: the fifth character of N63, from words or the clock (Section I.B.2)."""

from __future__ import annotations

import re

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, guideline, live, put_instead
from cleanclaim.coding.worked_out import UNREAD, body_sentences, folded
from cleanclaim.documents.note import Note

_OPEN = {"N63.10": "right", "N63.20": "left"}
_OF_A_LUMP = (" lump ", " mass ", " nodule ", " thickening ", " density ", " cyst ")
_CLOCK = re.compile(r" (1[0-2]|[1-9])(?: (?:30|00|15|45))? ?(?:o clock|oclock|o c|clock)(?: position)? ")
_HOURS = {"right": "111222444333", "left": "222111333444"}
"""The quadrants of the hours from nine on, going round: upper, then lower, as one looks at the patient."""


def add_lump_quadrant(note: Note, picks: Picks) -> Picks:
    """The picks with a lump of one breast by its quadrant, where the note tells only one of that side."""
    out = dict(picks)
    for pick in live(picks):
        side = _OPEN.get(pick.code)
        if side is None:
            continue
        told = {
            digit
            for first, last in body_sentences(note)
            if note.section_at(first).kind not in UNREAD
            for digit in _quadrants(note, first, last, side)
        }
        if len(told) == 1:
            code = f"{pick.code[:5]}{told.pop()}"
            reason = guideline("Section I.B.2", "the quadrant that the note names", ("from", pick.code))
            dropped = guideline("Section I.B.2", f"the quadrant calls for {code}")
            put_instead(out, pick, code, dropped, reason)
    return out


def _quadrants(note: Note, first: int, last: int, side: str) -> set[str]:
    """The quadrants named in a stretch that speaks of a lump, and not of the other breast alone."""
    text = f" {' '.join(note.words.forms[first:last])} "
    if not any(word in text for word in _OF_A_LUMP):
        return set()
    other = "left" if side == "right" else "right"
    if f" {other} " in text and f" {side} " not in text:
        return set()
    named = {
        str(digit)
        for digit, names in families()["lump_quadrants"].items()
        if any(f" {' '.join(folded(name))} " in text for name in names)
    }
    return named or {quadrant for hour in _CLOCK.findall(text) if (quadrant := _of_the_hour(int(hour), side))}


def _of_the_hour(hour: int, side: str) -> str:
    """The quadrant of an hour; twelve, three, six and nine lie between two.

    >>> _of_the_hour(10, "right"), _of_the_hour(2, "left"), _of_the_hour(7, "left"), _of_the_hour(12, "left")
    ('1', '1', '4', '')
    """
    if hour % 3 == 0:
        return ""
    return _HOURS[side][(hour - 9) % 12]
