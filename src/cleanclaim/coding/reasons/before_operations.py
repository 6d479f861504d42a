"""The disease for which an operation is planned, at the visit that clears the patient for it (Section IV.M)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_CLEARANCE = ("Z01.81",)
_REASONS = frozenset(("chief_complaint", "opening", "indication", "hpi"))
_OPERATED = word_set(
    "surgery operation procedure scheduled planned elective repair replacement arthroplasty fusion bypass resection"
    " excision removal extraction transplant lumpectomy biopsy endarterectomy"
)
_ECTOMY = ("ectomy", "plasty", "otomy", "ostomy", "rrhaphy", "desis")


def add_operated_disease(note: Note, picks: Picks) -> Picks:
    """The picks of a clearance with the disease that the reason for the visit names beside the operation."""
    if not any(begins_with(pick.code, _CLEARANCE) for pick in live(picks)):
        return picks
    out = dict(picks)
    for pick in picks.values():
        if not pick.unassessed or pick.code[0] in "RVWXYZ":
            continue
        named = tuple(mention for mention in pick.mentions if mention.section in _REASONS)
        affirmed = tuple(
            m
            for m in named
            if m.asserted.assertion is Assertion.AFFIRMED
            and (m.section == "indication" or _beside(note, m.first))
        )
        if affirmed:
            reason = guideline("Section IV.M", "the condition for which the operation is planned")
            out[pick.code] = evolve(pick, mentions=affirmed, because=(reason,), dropped=None)
    return out


def _beside(note: Note, place: int) -> bool:
    """Whether the sentence of a place names an operation."""
    sentence = note.sentence_at(place)
    forms = note.words.forms[sentence.first : sentence.last]
    return bool(_OPERATED.intersection(forms)) or any(form.endswith(_ECTOMY) for form in forms)
