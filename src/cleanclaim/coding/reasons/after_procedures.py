"""Conditions that a procedure left behind: the postprocedural code in place of the plain one (Section I.B.16)."""

from __future__ import annotations

from typing import Any

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import UNREAD, add_pick, folded
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note

_TOLD = frozenset((Assertion.AFFIRMED, Assertion.HISTORICAL))


def link_to_procedures(note: Note, picks: Picks) -> Picks:
    """The picks with what the note lays to a procedure coded as its result."""
    out = dict(picks)
    for row in families()["after_procedures"]:
        for pick in live(out):
            if begins_with(pick.code, row["dx"]) and _laid_to(note, pick, row):
                reason = guideline(row["where"], "the note lays it to a procedure", ("from", pick.code))
                out[pick.code] = pick.drop(guideline(row["where"], f"contained in {row['give']}"))
                add_pick(out, row["give"], pick.mentions[0], reason)
    return out


def _laid_to(note: Note, pick: Pick, row: dict[str, Any]) -> bool:
    """Whether a procedure stands in the same sentence or item, or anywhere where the row says that is enough."""
    forms = note.words.forms
    procedures = [folded(text) for text in row["procedures"]]
    if row["scope"] == "note":
        stretches = [(s.first, s.last) for s in note.sections if s.kind not in UNREAD]
    else:
        stretches = [
            (sentence.first, sentence.last)
            for sentence in (note.sentence_at(mention.first) for mention in pick.mentions[:6])
        ]
    for first, last in stretches:
        for place in range(first, last):
            for words in procedures:
                end = place + len(words)
                if tuple(forms[place:end]) == words and assertion_at(note, place, end).assertion in _TOLD:
                    return True
    return False
