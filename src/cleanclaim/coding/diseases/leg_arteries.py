"""Narrowed arteries of a leg by what they led to: claudication, pain at rest, gangrene, and the side (I70.2)."""

from __future__ import annotations

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.worked_out import add_pick, folded, is_said, mention_of, problem_stretches
from cleanclaim.documents.note import Note

_SIDES = {"right": "1", "left": "2", "bilateral": "3", "both": "3"}
_GIVES_WAY = ("I73.9", "I70.2", "I70.90", "I96", "M79.6", "I99.8", "I74.3")
_DIABETES = ("E08", "E09", "E10", "E11", "E13")
_REST = "2"
# Arteries that led to an ulcer -> the leg; "0" for one that is not told.
_ULCERATED = {"I70.23": "1", "I70.24": "2", "I70.25": "0"}


def add_leg_arteries(note: Note, picks: Picks) -> Picks:
    """The picks with I70.2 where a diagnosis line names diseased leg arteries and what came of them.

    A diabetic's is a combination code of the diabetes and is left to it; a leg with an ulcer has its own rule.
    """
    ulcerated = {_ULCERATED[pick.code[:6]] for pick in live(picks) if pick.code[:6] in _ULCERATED}
    table = families()["leg_arteries"]
    if {folded(name)[0] for name in table["names"]}.isdisjoint(note.words.forms):
        return picks
    diabetic = any(pick.code.startswith(_DIABETES) for pick in live(picks))
    for first, last in problem_stretches(note):
        text = f" {' '.join(note.words.forms[first:last])} "
        if " ulcer " in text or diabetic or not any(_holds(text, name) for name in table["names"]):
            continue
        kind = next((str(k) for k in (6, 2, 1) if any(_holds(text, word) for word in table[k])), "")
        if not kind and any(_holds(text, name) for name in table["threatened"]):
            kind = _REST
        place = next((at for at in range(first, last) if _named_at(note, at, table["names"])), first)
        if not kind or not is_said(note, place, place + 1) or (ulcerated and not _other_leg(text, ulcerated)):
            continue
        return _with_code(note, picks, kind, text, place)
    return picks


def _other_leg(text: str, ulcerated: set[str]) -> bool:
    """Whether a line names one leg only, and not the one whose ulcer says it all."""
    named = {number for word, number in _SIDES.items() if f" {word} " in text}
    return len(named) == 1 and not named & (ulcerated | {"3"})


def _with_code(note: Note, picks: Picks, kind: str, text: str, place: int) -> Picks:
    sides = {number for word, number in _SIDES.items() if f" {word} " in text}
    side = "3" if {"1", "2"} <= sides else min(sides, default="9")
    code = f"I70.2{kind}{side}"
    out = dict(picks)
    for pick in live(out):
        if pick.code.startswith(_GIVES_WAY) and pick.code != code and pick.code[:6] not in _ULCERATED:
            out[pick.code] = pick.drop(guideline("Section I.B.9", f"contained in {code}"))
    reason = guideline("Section I.B.9", "arteries of the leg by what they led to")
    add_pick(out, code, mention_of(note, code, place, place + 1), reason)
    return out


def _holds(text: str, name: str) -> bool:
    return f" {' '.join(folded(name))} " in text


def _named_at(note: Note, at: int, names: list[str]) -> bool:
    forms = note.words.forms
    return any(tuple(forms[at : at + len(folded(name))]) == folded(name) for name in names)
