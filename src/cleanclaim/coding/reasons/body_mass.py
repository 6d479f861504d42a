"""The body mass index as a code, where a diagnosis of weight stands beside it (Section I.B.14)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanclaim.coding.demographics import age_in_months
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import mention_of
from cleanclaim.documents.note import Note

_OWNERS = ("E66", "E43", "E44", "E46", "R63.4", "R63.5", "R63.6", "R64", "R62.7")
_ADULT_MONTHS = 20 * 12
_BETWEEN = frozenset((":", "is", "of", "was", "today", "now", "at", "kg", "index"))
# Of children: up to which percentile, and from 100 on which share of the 95th (Z68.51 to Z68.56).
_CHILD = ((5, "Z68.51"), (85, "Z68.52"), (95, "Z68.53"), (120, "Z68.54"), (140, "Z68.55"), (1000, "Z68.56"))
_INDEX = frozenset(("bmi", "bmi-for-age"))
_NEAR = 24
_PERCENTILE = re.compile(
    r"(?<![\d.])(\d{1,2})(?:\.\d+)?(?:st|nd|rd|th)?[ -]?(?:percentile|%-?ile|%tile|centile|pctile|pctl)", re.I
)
_SHARE = re.compile(r"(?<![\d.])(1\d\d)(?:\.\d+)?\s?(?:%|percent) of (?:the )?95th", re.I)
_HIGH = ((70, "Z68.45"), (60, "Z68.44"), (50, "Z68.43"), (45, "Z68.42"), (40, "Z68.41"))


def add_body_mass(note: Note, picks: Picks) -> Picks:
    """The picks with Z68 where a weight diagnosis is coded: by the index in adults, by its percentile in children."""
    owners = [pick for pick in live(picks) if begins_with(pick.code, _OWNERS)]
    pregnant = any(pick.code[0] == "O" for pick in live(picks))
    age = age_in_months(note)
    if not owners or pregnant:
        return picks
    child = _percentile(note) if age is None or age[0] < _ADULT_MONTHS else None
    found = child or (_stated(note) if age is None or age[0] >= _ADULT_MONTHS else None)
    if found is None:
        return picks
    number, first, last = found
    code = _child_code(number) if child else _code(number)
    reason = guideline(
        "Section I.B.14", "the index goes with a diagnosis of weight", ("diagnosis", owners[0].code)
    )
    told = guideline("Section I.B.14", f"the index is stated: {code}")
    others = {one.code: one.drop(told) for one in live(picks) if one.code.startswith("Z68")}
    return {**picks, **others, code: Pick(code, (mention_of(note, code, first, last),), (reason,))}


def _stated(note: Note) -> tuple[int, int, int] | None:
    """The first whole number that follows "BMI", with its places."""
    forms = note.words.forms
    for place, ahead in _named(forms):
        while ahead < min(len(forms), place + 7) and forms[ahead] in _BETWEEN:
            ahead += 1
        if ahead < len(forms) and forms[ahead].isascii() and forms[ahead].isdigit():
            number = int(forms[ahead][:3])
            if 10 <= number <= 99:
                return number, place, _with_decimals(note, ahead)
    return None


def _named(forms: list[str]) -> Iterator[tuple[int, int]]:
    """Where the index is named, short or in full, with the place behind its name."""
    for place, form in enumerate(forms):
        if form == "bmi":
            yield place, place + 1
        elif form == "body" and forms[place + 1 : place + 3] == ["mass", "index"]:
            yield place, place + 3


def _percentile(note: Note) -> tuple[int, int, int] | None:
    """The percentile said beside "BMI"; the share of the 95th, where it is told, as a number above 100."""
    best = None
    for at, form in enumerate(note.words.forms):
        if form not in _INDEX:
            continue
        last = min(len(note.words.ends), at + _NEAR) - 1
        after = note.text[note.words.starts[at] : note.words.ends[last]]
        share = _SHARE.search(after)
        place = share or _PERCENTILE.search(after)
        if place is None:
            continue
        number = int(place.group(1))
        if share is not None:
            return number, at, at + 1
        if best is None and number < 100:
            best = number, at, at + 1
    return best


def _child_code(number: int) -> str:
    return next(code for below, code in _CHILD if number < below)


def _with_decimals(note: Note, place: int) -> int:
    ends, starts, forms = note.words.ends, note.words.starts, note.words.forms
    following = place + 1
    joined = following < len(forms) and starts[following] == ends[place] + 1 and forms[following].isdigit()
    return following + 1 if joined else following


def _code(number: int) -> str:
    if number < 20:
        return "Z68.1"
    return next((code for floor, code in _HIGH if number >= floor), f"Z68.{number}")
