"""Trouble at the breast is the newborn's on its own record, and the mother's on hers (chapters 15 and 16)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.birth_records import is_newborn_record
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.documents.note import Note

_OF_THE_MOTHER = ("O92.5", "O92.70", "O92.79", "R63.30", "R63.39", "R63.31")
_OF_THE_CHILD = "P92.5"


def fit_newborn_feeding(note: Note, picks: Picks) -> Picks:
    """The picks with a newborn's difficulty at the breast where the note is of the newborn."""
    newborn = is_newborn_record(note) or any(
        begins_with(pick.code, ("Z00.11", "Z38", "P")) for pick in live(picks)
    )
    if not newborn:
        return picks
    out = dict(picks)
    for pick in live(picks):
        if pick.code not in _OF_THE_MOTHER or not any(
            _at_breast(mention.span.text) for mention in pick.mentions
        ):
            continue
        reason = guideline("Section I.C.16.a.1", "the note is of the newborn", ("from", pick.code))
        out[pick.code] = pick.drop(guideline("Section I.C.16.a.1", f"of the newborn it is {_OF_THE_CHILD}"))
        if _OF_THE_CHILD not in out or out[_OF_THE_CHILD].dropped is not None:
            out[_OF_THE_CHILD] = evolve(pick, code=_OF_THE_CHILD, inferred=True).explain(reason)
    return out


def _at_breast(text: str) -> bool:
    return any(word in text.lower() for word in ("breast", "latch", "lactation", "nursing"))
