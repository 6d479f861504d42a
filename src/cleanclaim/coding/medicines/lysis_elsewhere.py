"""Clot-dissolving drug given at another hospital within a day before the transfer: Z92.82 (Section I.C.21.c.3)."""

from __future__ import annotations

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.sentence_texts import is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_CODE = "Z92.82"
_DRUG = (
    "alteplase",
    "tenecteplase",
    "tpa",
    "tnk",
    "iv thrombolysis",
    "thrombolytic",
    "thrombolysis",
    "lysed",
)
_ELSEWHERE = (
    *(
        "county hospital",
        "first hospital",
        "begun there",
        "given there",
        "started there",
        "outside hospital",
        "osh",
        "referring hospital",
        "transferring hospital",
        "sending hospital",
        "before transfer",
    ),
    *(
        "prior to transfer",
        "other hospital",
        "another hospital",
        "spoke hospital",
        "community hospital",
        "local hospital",
    ),
    *(
        "referring ed",
        "transferring facility",
        "outside facility",
        "referring facility",
        "outlying hospital",
        "drip and ship",
    ),
)
_MOVED = (
    "transferred",
    "transfer",
    "reached us",
    "helicopter",
    "flown",
    "airlifted",
    "life flight",
    "ambulance to us",
)
_CLOTS = ("I63", "I21", "I22", "I26")


def add_lysis_elsewhere(note: Note, picks: Picks, setting: Setting) -> Picks:
    """The picks with Z92.82 where a stroke, an infarction or an embolism was lysed before the patient came here."""
    if setting is Setting.OUTPATIENT or not any(begins_with(pick.code, _CLOTS) for pick in live(picks)):
        return picks
    moved = any(told.any_of(_MOVED) for told in sentences_telling(note, _DRUG, _MOVED))
    for told in sentences_telling(note, _DRUG):
        place = told.any_of(_DRUG)
        if place is None or not is_told(note, place):
            continue
        behind = note.words.forms[place[1] : min(told.last, place[1] + 8)]
        named = (
            moved
            and "at" in behind
            and any(word in behind for word in ("hospital", "center", "regional", "memorial"))
        )
        if told.any_of(_ELSEWHERE) or named:
            out = dict(picks)
            reason = guideline("Section I.C.21.c.3", "lysed at another hospital before the transfer")
            add_pick(out, _CODE, mention_of(note, _CODE, *place), reason)
            return out
    return picks
