"""A fracture whose displacement only the story or the film tells (Section I.C.19.c)."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.phrases.terms import terms
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import is_told, sentences_telling
from cleanclaim.documents.note import Note

_NOT = (
    "nondisplaced",
    "non displaced",
    "undisplaced",
    "not displaced",
    "no displacement",
    "minimally displaced",
)
_DISPLACED = ("displaced", "displacement", "angulated", "angulation", "shortened", "offset")


def add_displacement(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks where the one fracture of a note, called neither in the list, is told as not displaced elsewhere."""
    fractures = [pick for pick in live(picks) if pick.code[0] == "S" and pick.code[2:3] == "2"]
    if len(fractures) != 1:
        return picks
    pick = fractures[0]
    title = next((one for code, one in terms(book, on).leaves.get(pick.code[:3]) if code == pick.code), "")
    if not title.startswith("Displaced ") or _says_either(note, pick) or not _told_as_whole(note):
        return picks
    wanted = "Nond" + title[1:]
    code = next((code for code, one in terms(book, on).leaves.get(pick.code[:3]) if one == wanted), None)
    if code is None or code in picks:
        return picks
    reason = guideline("Section I.C.19.c", "the note tells it as not displaced", ("from", pick.code))
    out = dict(picks)
    out[pick.code] = pick.drop(guideline("Section I.B.2", f"the note says more: {code}"))
    out[code] = evolve(pick, code=code, inferred=True).explain(reason)
    return out


def _says_either(note: Note, pick: Pick) -> bool:
    """Whether the line that names the fracture says itself that it is displaced or not."""
    for mention in pick.mentions:
        sentence = note.sentence_at(mention.first)
        text = f" {' '.join(note.words.forms[sentence.first : sentence.last])} "
        if mention.section in DIAGNOSTIC and any(f" {words} " in text for words in (*_NOT, *_DISPLACED)):
            return True
    return False


def _told_as_whole(note: Note) -> bool:
    """Whether some sentence calls the fracture not displaced, and none displaced."""
    whole = False
    for told in sentences_telling(note, (*_NOT, *_DISPLACED)):
        place = told.any_of(_NOT)
        if place is not None:
            whole = True
            continue
        moved = told.any_of(_DISPLACED)
        if moved is not None and is_told(note, moved):
            return False
    return whole
