"""Severe sepsis and septic shock beside the code of the infection (Section I.C.1.d.1.b)."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import is_told, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_SYSTEMIC = ("A40", "A41", "A02.1", "B37.7", "O85", "T81.44")
_SHOCK = ("septic shock",)
_SEVERE = ("severe sepsis", "sepsis with acute organ dysfunction", "sepsis with organ dysfunction")


def add_sepsis_severity(note: Note, picks: Picks) -> Picks:
    """The picks with R65.2 where a diagnosis calls the sepsis severe or names the shock."""
    proposed = live(picks)
    if not any(begins_with(pick.code, _SYSTEMIC) for pick in proposed):
        return picks
    if any(begins_with(pick.code, ("R65.2", "T81.12")) for pick in proposed):
        return picks
    out = dict(picks)
    for words, code in ((_SHOCK, "R65.21"), (_SEVERE, "R65.20")):
        for told in sentences_told(note):
            place = told.any_of(words) if told.section in DIAGNOSTIC else None
            if place is not None and is_told(note, place):
                reason = guideline("Section I.C.1.d.1.b", "the severity is coded beside the infection")
                add_pick(out, code, mention_of(note, code, *place), reason)
                return out
    return picks
