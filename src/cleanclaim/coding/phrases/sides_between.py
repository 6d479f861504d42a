"""Phrases of our lexicon with a side in their midst ("AOM left ear with perforation", "TM perforation AU")."""

from __future__ import annotations

import datetime as dt

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.lexicon import Term
from cleanclaim.coding.phrases.terms import terms
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_SIDES = word_set("left right bilateral both l r od os ou au")
_ORGANS = word_set("ear eye ears eyes side sided")
_MOST_WORDS = 2000


def find_around_sides(note: Note, book: CodeBook, on: dt.date) -> dict[tuple[int, int, Term], int]:
    """(first, after the last, term) of phrases that a side interrupts in a diagnosis list, and how many words do."""
    forms = note.words.forms
    known = terms(book, on)
    found: dict[tuple[int, int, Term], int] = {}
    for section in note.sections:
        if section.kind not in diagnosed_in(note):
            continue
        last = min(section.last, section.first + _MOST_WORDS)
        if not _SIDES.intersection(forms[section.first : last]):
            continue
        places = [place for place in range(section.first, last) if not _names_side(forms, place)]
        for begin, end, values in known.find([forms[place] for place in places]):
            first, after = places[begin], places[end - 1] + 1
            foreign = after - first - (end - begin)
            if foreign and values[0].kind == "dx" and values[0].source == "lexicon":
                found[(first, after, values[0])] = foreign
    return found


def _names_side(forms: list[str], place: int) -> bool:
    """Whether a word is a side, or the eye or ear that a side names."""
    if forms[place] in _SIDES:
        return True
    return forms[place] in _ORGANS and place > 0 and forms[place - 1] in _SIDES
