"""What a note lacks before its visit can be billed, and what it repeats from an earlier one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from attrs import frozen

from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import MARKS, phrase

# Shorter sentences ("Lungs clear.") are alike in any two notes.
_SHORTEST_COPY = 6
_SIGNED_WITHIN = 60


@frozen
class Missing:
    """One thing a note of its kind must hold and does not: its name, and the sections that would hold it."""

    what: str
    sections: tuple[str, ...] = ()


def missing_to_bill(note: Note) -> tuple[Missing, ...]:
    """What is missing to bill the visit, by the kind of note; empty where nothing is.

    A kind that reference/lexicon/completeness.yaml does not name is held to that of a visit.
    """
    kinds: dict[str, dict[str, list[str]]] = _table()["kinds"]
    present = {section.kind for section in note.sections if section.last - section.first > 1}
    wanted = kinds.get(note.kind, kinds["visit"])
    missing = [
        Missing(what, tuple(names)) for what, names in wanted.items() if not present.intersection(names)
    ]
    if not _signed(note):
        missing.append(Missing("signature of the clinician"))
    return tuple(missing)


def copied_forward(note: Note, earlier: Note) -> tuple[Span, ...]:
    """The sentences of a note that stand word for word in an earlier one of the same patient, in their order."""
    before = {_folded(earlier, one.first, one.last) for one in earlier.sentences}
    return tuple(
        note.span(one.start, one.end)
        for one in note.sentences
        if len(folded := _folded(note, one.first, one.last)) >= _SHORTEST_COPY and folded in before
    )


def _folded(note: Note, first: int, last: int) -> tuple[str, ...]:
    """The folded words of a sentence without the heading it may open with."""
    title = note.section_at(first).title
    while title is not None and first < last and note.words.starts[first] < title.end:
        first += 1
    return tuple(form for form in note.words.forms[first:last] if form not in MARKS)


def _signed(note: Note) -> bool:
    """Whether words of a signature stand at the head or at the end of the note."""
    forms = note.words.forms
    ends = (forms[:_SIGNED_WITHIN], forms[-_SIGNED_WITHIN:])
    return any(next(_signatures().find(end), None) is not None for end in ends)


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml("completeness.yaml")
    return found


@lru_cache(maxsize=1)
def _signatures() -> PhraseMatcher[bool]:
    return PhraseMatcher((phrase(text), True) for text in _table()["signature"])
