"""An acute infarction of the brain by cause, artery and side, from the words of a diagnosis: I63 (Section I.C.9)."""

from __future__ import annotations

import datetime as dt

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_STROKE = ("stroke", "infarct", "infarction", "cva", "cerebral infarction")
_OLD = ("history of", "prior", "previous", "old", "chronic", "residual", "sequela", "late effect", "remote")
_EMBOLIC = ("embolic", "cardioembolic", "embolism", "embolus", "cardioembolism", "thromboembolic")
_THROMBOTIC = ("thrombotic", "thrombosis", "thrombus")
# Artery by the digit of I63.3, I63.4 and I63.5, then those before the brain by the digit of I63.0 to I63.2.
_CEREBRAL = (
    ("1", ("middle cerebral", "mca", "m1", "m2")),
    ("2", ("anterior cerebral", "aca")),
    ("3", ("posterior cerebral", "pca")),
    ("4", ("cerebellar artery", "pica", "aica", "superior cerebellar")),
)
_BEFORE = (
    ("1", ("vertebral artery", "vertebral")),
    ("2", ("basilar artery", "basilar")),
    ("3", ("carotid stenosis", "carotid occlusion", "internal carotid", "carotid artery", "carotid")),
)
_NEAR = 3
_SIDES = (("3", ("bilateral",)), ("1", ("right",)), ("2", ("left",)))


def add_stroke_artery(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the infarction that a diagnosis tells by artery, in place of a less exact one."""
    if any(pick.code.startswith("I69") for pick in live(picks)) and not any(
        pick.code.startswith("I63") for pick in live(picks)
    ):
        return picks
    out = dict(picks)
    for told in sentences_telling(note, _STROKE):
        place = told.any_of(_STROKE) if told.section in diagnosed_in(note) else None
        if place is None or told.any_of(_OLD) or not is_told(note, place):
            continue
        code = _code(told)
        entry = billable_entry(book, code, on) if code else None
        if code is None or entry is None:
            continue
        for pick in live(out):
            if pick.code.startswith("I63") and pick.code != code:
                out[pick.code] = pick.drop(guideline("Section I.B.2", f"the artery is told: {code}"))
        add_pick(
            out, code, mention_of(note, code, *place), guideline("Section I.B.2", "by cause, artery and side")
        )
        return out
    return picks


def _code(told: Told) -> str | None:
    # The fourth character counts thrombosis, embolism and what is neither, in this order.
    cause = 1 if told.any_of(_EMBOLIC) else 0 if told.any_of(_THROMBOTIC) else 2
    for digit, cerebral in _CEREBRAL:
        if place := told.any_of(cerebral):
            return f"I63.{3 + cause}{digit}{_side(told, place[0])}"
    for digit, before in _BEFORE:
        if place := told.any_of(before):
            return f"I63.{cause}{digit}" if digit == "2" else f"I63.{cause}{digit}{_side(told, place[0])}"
    return None


def _side(told: Told, artery: int) -> str:
    """The side said right before the artery ("left MCA infarct with right hemiparesis"), else that of the sentence."""
    before = told.text.split()[max(0, artery - told.first - _NEAR) : artery - told.first]
    near = (digit for word in reversed(before) for digit, words in _SIDES if word in words)
    return next(near, None) or next((digit for digit, words in _SIDES if told.any_of(words)), "9")
