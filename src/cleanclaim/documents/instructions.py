"""Sentences in a note that speak to a machine: they are blanked before anything is read from the note."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attrs import frozen

from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.matcher import PhraseMatcher, longest
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import COLON, MARKS, split

_LONGEST_LINE = 1000


@frozen
class Blanked:
    """The text with such sentences replaced by as many spaces, and the sentences as they stood."""

    text: str
    found: tuple[Span, ...]


def blank_instructions(note: Note) -> Blanked:
    """Blank what speaks to a machine; every other character keeps its place."""
    spans = sorted({*_by_words(note), *_by_marks(note.text)})
    if not spans:
        return Blanked(note.text, ())
    pieces: list[str] = []
    done = 0
    found: list[Span] = []
    for start, end in spans:
        start = max(start, done)
        if start >= end:
            continue
        pieces.append(note.text[done:start])
        pieces.append(_blank(note.text[start:end]))
        found.append(note.span(start, end))
        done = end
    pieces.append(note.text[done:])
    return Blanked("".join(pieces), tuple(found))


def _blank(piece: str) -> str:
    """Spaces with the line ends kept, and a full stop in front so that no phrase reaches across."""
    spaces = "".join(c if c in "\r\n" else " " for c in piece)
    return "." + spaces[1:] if spaces[0] == " " else spaces


def _by_words(note: Note) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    done = -1
    for first, last, clinical in longest(_told(note)):
        if not clinical and note.words.starts[first] >= done:
            start, done = _line(note.text, note.words.starts[first])
            found.add((start, max(done, note.words.ends[last - 1])))
    return found


def _told(note: Note) -> Iterator[tuple[int, int, bool]]:
    """Every phrase found, and whether it is one that clinicians use."""
    for first, last, clinical in _matcher().find(note.words.forms):
        yield first, last, all(clinical)


def _by_marks(text: str) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for mark in read_marks():
        place = text.find(mark)
        while place >= 0:
            start, end = _line(text, place)
            found.add((start, end))
            place = text.find(mark, end)
    return found


def _line(text: str, place: int) -> tuple[int, int]:
    """The line around a place; of a line too long to be one, the part between two full stops."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    if end - start > _LONGEST_LINE:
        before = text.rfind(". ", max(start, place - _LONGEST_LINE), place)
        start = before + 2 if before >= 0 else max(start, place - _LONGEST_LINE)
        after = text.find(". ", place, min(end, place + _LONGEST_LINE))
        end = after if after >= 0 else min(end, place + _LONGEST_LINE)
    return start, max(end, place + 1)


@lru_cache(maxsize=1)
def read_marks() -> tuple[str, ...]:
    """Marks of text written for a program."""
    return tuple(read_yaml("instructions.yaml")["marks"])


@lru_cache(maxsize=1)
def _matcher() -> PhraseMatcher[bool]:
    table = read_yaml("instructions.yaml")
    return PhraseMatcher(
        (tuple(form for form in split(text).forms if form not in MARKS or form == COLON), name == "clinical")
        for name in ("phrases", "clinical")
        for text in table[name]
    )
