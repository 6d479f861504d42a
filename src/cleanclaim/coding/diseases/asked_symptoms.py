"""Symptoms that the tabular list asks for beside a disease that it does not contain them in (N40.1 and the like)."""

from __future__ import annotations

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.worked_out import add_pick, folded, is_said, mention_of
from cleanclaim.documents.note import Note


def add_asked_symptoms(note: Note, picks: Picks) -> Picks:
    """The picks with each symptom that stands in the same list item or sentence as the disease that asks for it."""
    out = dict(picks)
    forms = note.words.forms
    for owner, symptoms in families()["asked_beside"].items():
        for pick in live(out):
            if not begins_with(pick.code, (owner,)):
                continue
            for mention in pick.mentions:
                if mention.section not in diagnosed_in(note):
                    continue
                stretch = note.item_at(mention.first) or note.sentence_at(mention.first)
                for code, texts in symptoms.items():
                    for words in map(folded, texts):
                        for at in range(stretch.first, stretch.last):
                            if tuple(forms[at : at + len(words)]) == words and is_said(
                                note, at, at + len(words)
                            ):
                                reason = guideline(
                                    "Section I.A.17", "asked for beside it", ("beside", pick.code)
                                )
                                add_pick(out, code, mention_of(note, code, at, at + len(words)), reason)
    return out
