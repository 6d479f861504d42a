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
    named = _named(note)
    firsts = {words[0] for names in named.values() for words in names}
    for first, last in problem_stretches(note) if named else ():
        if firsts.isdisjoint(note.words.forms[first:last]):
            continue
        for code, names in named.items():
            place = next((at for words in names if (at := _said_at(note, words, first, last))), None)
            if place is not None:
                reason = guideline("Section I.B.9", "the organism of the infection", ("of", asking[0].code))
                add_pick(out, code, mention_of(note, code, *place), reason)
    return out


def _named(note: Note) -> dict[str, list[tuple[str, ...]]]:
    """The organisms of whose names the note holds the first word, with these names."""
    held = set(note.words.forms)
    rows = ((code, list(map(folded, texts))) for code, texts in families()["organisms"].items())
    named = ((code, [words for words in names if words[0] in held]) for code, names in rows)
    return {code: names for code, names in named if names}


def _said_at(note: Note, words: tuple[str, ...], first: int, last: int) -> tuple[int, int] | None:
    """Where a name first stands in a stretch, if it is said there of the patient."""
    forms, size = note.words.forms, len(words)
    for at in range(first, last):
        if forms[at] == words[0] and tuple(forms[at : at + size]) == words:
            return (at, at + size) if is_said(note, at, at + size) else None
    return None


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
