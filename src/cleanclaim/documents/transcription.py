"""Whether a note was dictated and typed by somebody else, and what the typist could not hear.

A transcription is no record of its own until its author has read and signed it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from attrs import field, frozen

from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import phrase

# What typists and dictation programs leave where a word is missing.
_SAID_GAP = re.compile(r"[\[(](?:inaudible|unclear|illegible|unintelligible|blank|sounds like)", re.I)
_DRAWN = ("___", "***", "???")
_DRAWN_GAP = re.compile(r"_{3,40}|\*{3}|\?{3}")


@frozen
class Transcription:
    """The words that say a note was dictated, the gaps in it, and whether it says that its author has not read it."""

    cue: Span = field(repr=False)
    gaps: tuple[Span, ...] = field(repr=False)
    unread: bool


def transcription(note: Note) -> Transcription | None:
    """The note as a transcription, or None where it does not say that it is one."""
    found = [(first, last, values) for first, last, values in _cues().find(note.words.forms)]
    if not found:
        return None
    first, last, _ = found[0]
    unread = any("unread" in values for _, _, values in found)
    places = {match.span() for match in _SAID_GAP.finditer(note.text)}
    if any(drawn in note.text for drawn in _DRAWN):
        drawn_gaps = _DRAWN_GAP.finditer(note.text)
        places |= {gap.span() for gap in drawn_gaps if not _to_fill_in(note.text, gap.start())}
    return Transcription(
        note.words_span(first, last), tuple(note.span(*one) for one in sorted(places)), unread
    )


def _to_fill_in(text: str, place: int) -> bool:
    """Whether a drawn line is one to sign or date on."""
    before = text[max(0, place - 60) : place].rpartition("\n")[2].lower()
    return any(word in before for word in ("sign", "date", "initial", "witness"))


@lru_cache(maxsize=1)
def _cues() -> PhraseMatcher[str]:
    table = read_yaml("completeness.yaml")["transcription"]
    return PhraseMatcher((phrase(text), name) for name, texts in table.items() for text in texts)
