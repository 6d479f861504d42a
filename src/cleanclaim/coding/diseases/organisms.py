"""The organism of an infection whose code leaves it open: B95 to B97 (Section I.B.9 and chapter 1)."""

from __future__ import annotations

import datetime as dt

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.worked_out import add_pick, folded, is_said, mention_of, problem_stretches
from cleanclaim.documents.note import Note

_SYSTEM = "ICD-10-CM"
_ORGANISMS = ("B95", "B96", "B97")
# No note asks for its organism; the index sends there all the same.
_BACTEREMIA = "R78.81"


def add_organisms(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the organism that a diagnosis names; a culture alone is no diagnosis (Section III.B)."""
    asking = [pick for pick in live(picks) if _asks(pick, book, on)]
    if not asking:
        return picks
    out = dict(picks)
    forms = note.words.forms
    for first, last in problem_stretches(note):
        for code, texts in families()["organisms"].items():
            for text in texts:
                words = folded(text)
                place = next(
                    (at for at in range(first, last) if tuple(forms[at : at + len(words)]) == words), -1
                )
                if place >= 0 and is_said(note, place, place + len(words)):
                    reason = guideline(
                        "Section I.B.9", "the organism of the infection", ("of", asking[0].code)
                    )
                    add_pick(out, code, mention_of(note, code, place, place + len(words)), reason)
                    break
    return out


def _asks(pick: Pick, book: CodeBook, on: dt.date) -> bool:
    """Whether the tabular list asks for the organism beside a code."""
    if pick.code == _BACTEREMIA:
        return True
    entry = book.find(_SYSTEM, pick.code, on)
    notes = entry.notes.use_additional if entry else ()
    return any(
        "identify infection" in note.text.lower() or any(place.startswith(_ORGANISMS) for place in note.codes)
        for note in notes
    )
