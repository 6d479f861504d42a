"""What a note lacks before its visit can be billed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from attrs import frozen

from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.note import Note
from cleanclaim.documents.transcription import transcription
from cleanclaim.documents.words import phrase

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
    typed = transcription(note)
    if typed is not None and typed.gaps:
        missing.append(Missing("words left blank in the dictation"))
    if typed is not None and typed.unread:
        missing.append(Missing("the author's reading of the transcription"))
    return tuple(missing)


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
