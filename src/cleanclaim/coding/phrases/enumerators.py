"""The labels of a list within a line, "(1) gout, (2) anemia" or "#2 obesity": they part one problem from the next."""

from __future__ import annotations

from bisect import bisect_left

from cleanclaim.documents.note import Note

_LONGEST = 2
_LETTERS = frozenset("abcdefgh")


def enumerators(note: Note, first: int, last: int) -> frozenset[int]:
    """The places from ``first`` to before ``last`` whose word is a label: "#1", "(1)", or "a)" behind a space."""
    labels = note.once(_labels)
    return frozenset(labels[bisect_left(labels, first) : bisect_left(labels, last)])


def _labels(note: Note) -> list[int]:
    """Every place of a note whose word is a label."""
    return [
        place
        for place, form in enumerate(note.words.forms)
        if (form in _LETTERS or form.isdecimal()) and is_label(note, place)
    ]


def is_label(note: Note, place: int) -> bool:
    """Whether the word at a place only numbers what follows it."""
    form = note.words.forms[place]
    if not (form in _LETTERS or (form.isascii() and form.isdigit() and len(form) <= _LONGEST)):
        return False
    start, end = note.words.starts[place], note.words.ends[place]
    before, after = note.text[start - 1 : start], note.text[end : end + 1]
    if form.isdigit() and before == "#":
        return True
    return after == ")" and (before in {"(", ""} or before.isspace())


def label_between(note: Note, start: int, place: int) -> bool:
    """Whether a list goes on to its next entry between a character and a word: no cue reaches that far."""
    while place > 0 and note.words.starts[place - 1] >= start:
        place -= 1
        if is_label(note, place):
            return True
    return False
