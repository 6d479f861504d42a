"""The cancer behind what its treatment or spread brought: coded wherever the story tells it (Section I.C.2)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.documents.note import Note

_OWNERS = (
    *("D70.1", "D64.81", "D61.810", "D63.0", "R50.81", "G89.3", "J91.0", "R18.0", "T45.1X5A", "K12.31"),
    *("Z51.0", "Z51.1", "Z51.5", "E88.3", "C77", "C78", "C79", "C7B"),
)
_STORY = frozenset(("opening", "hpi", "hospital_course", "chief_complaint", "indication", "ed_course", "pmh"))


def add_cancer_treated(note: Note, picks: Picks) -> Picks:
    """The picks with the cancers, and where they spread, that the story affirms and the list leaves out."""
    if not any(pick.code.startswith(_OWNERS) for pick in live(picks)):
        return picks
    if any(_is_cancer(pick.code) for pick in live(picks)):
        return picks
    out = dict(picks)
    for pick in picks.values():
        told = tuple(m for m in pick.mentions if m.affirmed and m.section in _STORY)
        if pick.dropped is not None and pick.code[0] == "C" and told:
            reason = guideline("Section I.C.2.l", "a cancer that is under treatment is coded")
            out[pick.code] = evolve(pick, mentions=told, dropped=None, because=(reason,))
    return out


def _is_cancer(code: str) -> bool:
    return code[0] == "C" and not code.startswith(("C77", "C78", "C79"))
