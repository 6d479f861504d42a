"""The stage of a chronic kidney disease that diabetes or hypertension names without it: N18 (Section I.C.9.a.2)."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import add_pick, is_said, mention_of
from cleanclaim.documents.note import Note

_ASKING = ("E08.22", "E09.22", "E10.22", "E11.22", "E13.22", "I12", "I13", "D63.1", "N25.81")
_STAGES = {
    "1": "N18.1", "i": "N18.1", "2": "N18.2", "ii": "N18.2", "3": "N18.30", "iii": "N18.30", "3a": "N18.31",
    "iiia": "N18.31", "3b": "N18.32", "iiib": "N18.32", "4": "N18.4", "iv": "N18.4", "5": "N18.5", "v": "N18.5",
    "g3a": "N18.31", "g3b": "N18.32", "g4": "N18.4", "g5": "N18.5",
}  # fmt: skip
_KIDNEY = frozenset(("ckd", "kidney", "renal", "nephropathy", "egfr"))
# "CKD 3a" needs no word for the stage; a bare Roman number behind another word may be anything.
_LEADS = frozenset(("stage", "ckd", "nephropathy"))
_BARE = frozenset(("i", "v", "g"))
_OPEN = "N18.9"
_BEFORE = 6


def add_kidney_stage(note: Note, picks: Picks) -> Picks:
    """The stage that stands behind a combination code of kidney disease ("diabetic CKD, stage 3b")."""
    proposed = live(picks)
    if any(pick.code.startswith("N18") and pick.code != _OPEN for pick in proposed):
        return picks
    owner = next((pick for pick in proposed if pick.code == _OPEN or begins_with(pick.code, _ASKING)), None)
    if owner is None:
        return picks
    forms = note.words.forms
    for place, form in enumerate(forms[:20_000]):
        if form not in _LEADS or place + 1 >= len(forms) or forms[place + 1] not in _STAGES:
            continue
        if form != "stage" and forms[place + 1] in _BARE:
            continue
        if _KIDNEY.intersection(forms[max(0, place - _BEFORE) : place + 4]) and is_said(
            note, place, place + 2
        ):
            code = _STAGES[forms[place + 1]]
            reason = guideline(
                "Section I.C.9.a.2", "the stage of the kidney disease is coded beside it", ("of", owner.code)
            )
            out = dict(picks)
            if _OPEN in out and out[_OPEN].dropped is None:
                out[_OPEN] = out[_OPEN].drop(guideline("Section I.B.2", f"the stage is told: {code}"))
            add_pick(out, code, mention_of(note, code, place, place + 2), reason)
            return out
    return picks
