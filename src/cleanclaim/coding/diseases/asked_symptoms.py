"""Symptoms that the tabular list asks for beside a disease that it does not contain them in (N40.1 and the like)."""

from __future__ import annotations

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.sentence_texts import sentences_told
from cleanclaim.coding.worked_out import add_pick, folded, is_said, mention_of
from cleanclaim.documents.note import Note

# "BPH with LUTS" in the list stands for the symptoms that the complaint names.
_TOLD_IN_STORY = frozenset(("N40.1",))
_STORY = frozenset(("opening", "hpi", "chief_complaint"))


def add_asked_symptoms(note: Note, picks: Picks) -> Picks:
    """The picks with each symptom that stands in the same list item or sentence as the disease that asks for it."""
    out = dict(picks)
    for owner, symptoms in families()["asked_beside"].items():
        for pick in live(out):
            if not begins_with(pick.code, (owner,)):
                continue
            stretches = [
                note.item_at(mention.first) or note.sentence_at(mention.first)
                for mention in pick.mentions
                if mention.section in diagnosed_in(note)
            ]
            added = [_add(note, out, pick, symptoms, one.first, one.last) for one in stretches]
            if stretches and not any(added) and owner in _TOLD_IN_STORY:
                for told in sentences_told(note):
                    if told.section in _STORY:
                        _add(note, out, pick, symptoms, told.first, told.last)
    return out


def _add(note: Note, picks: Picks, pick: Pick, symptoms: dict[str, list[str]], first: int, last: int) -> bool:
    """Propose the symptoms that a stretch tells; whether there was any."""
    forms = note.words.forms[first:last]
    found = False
    for code, texts in symptoms.items():
        for words in map(folded, texts):
            for at in (first + n for n, form in enumerate(forms) if form == words[0]):
                end = at + len(words)
                if tuple(note.words.forms[at:end]) == words and is_said(note, at, end):
                    reason = guideline("Section I.A.17", "asked for beside it", ("beside", pick.code))
                    add_pick(picks, code, mention_of(note, code, at, end), reason)
                    found = True
    return found
