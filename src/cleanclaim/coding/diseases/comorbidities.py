"""Chronic conditions that a stay's summary lists as comorbidities (Section III, other diagnoses)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Picks, guideline
from cleanclaim.documents.note import Note


def add_comorbidities(note: Note, picks: Picks) -> Picks:
    """The picks of a stay with the chronic conditions that stand under a heading of comorbidities."""
    if note.kind != "discharge":
        return picks
    out = dict(picks)
    for pick in picks.values():
        told = tuple(mention for mention in pick.mentions if _listed(note, mention))
        if pick.dropped is not None and "chronic" in pick.flags and told:
            reason = guideline(
                "Section III", "a chronic condition that the stay's summary lists beside the others"
            )
            out[pick.code] = evolve(pick, mentions=told, dropped=None).explain(reason)
    return out


def _listed(note: Note, mention: Mention) -> bool:
    title = note.section_at(mention.first).title
    return mention.affirmed and title is not None and title.text.lower().startswith(("comorbid", "co-morbid"))
