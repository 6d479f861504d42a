"""A visit for the control of a cancer's pain: the pain is coded first (Section I.C.6.b.5)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.picks import Picks, guideline
from cleanclaim.coding.sentence_texts import sentences_told
from cleanclaim.coding.worked_out import mention_of
from cleanclaim.documents.note import Note

_PAIN = "G89.3"
_REASONS = (
    *("pain control", "pain management", "for pain", "pain clinic", "pain medicine", "pain service"),
    *("control of pain", "pain consult", "pain consultation", "management of pain", "manage pain"),
)
_OPENING = frozenset(("opening", "hpi", "chief_complaint", "header", "indication"))
_FIRST_WORDS = 80


def put_pain_first(note: Note, picks: Picks) -> Picks:
    """The picks with the pain of a cancer before the cancer, where the visit is for the pain."""
    pain = picks.get(_PAIN)
    if pain is None or pain.dropped is not None:
        return picks
    for told in sentences_told(note):
        if told.first > _FIRST_WORDS or told.section not in _OPENING:
            continue
        place = told.any_of(_REASONS)
        if place is not None:
            reason = guideline("Section I.C.6.b.5", "the visit is for the pain, which is listed first")
            why = evolve(mention_of(note, _PAIN, *place), section="assessment")
            return {**picks, _PAIN: evolve(pain, mentions=(why, *pain.mentions)).explain(reason)}
    return picks
