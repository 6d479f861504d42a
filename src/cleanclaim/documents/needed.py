"""Which documents a bill stands on: what a visit's codes and setting call for, and which of it has not arrived."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from attrs import frozen

from cleanclaim.claims.setting import Setting
from cleanclaim.documents.administered import drugs_administered
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note, Section
from cleanclaim.documents.words import word_set
from cleanclaim.kernel.because import Because, Citation
from cleanclaim.kernel.errors import InputError

GIVEN = "given"
_GIVEN = word_set("given administered injected infused gave im intramuscularly intramuscular")
_NOT_GIVEN = word_set("not declined refused deferred due ordered")
_VACCINE = word_set(
    "vaccine immunization vaccination booster toxoid injection injected infusion infused shot"
)


@frozen
class DocumentFacts:
    """What is asked of a document: its kind, and which kinds of section hold words of their own; `GIVEN` among them
    where it says that a drug was given."""

    kind: str
    sections: frozenset[str]


@frozen
class NeededDocument:
    """A document that a bill stands on and that is not there: its key, its name in words, and why it is needed."""

    key: str
    words: str
    because: Because


def document_facts(note: Note) -> DocumentFacts:
    """The facts of a note that has been read."""
    held = {section.kind for section in note.sections if _says_something(note, section)}
    given = {GIVEN} if drugs_administered(note) or _vaccine_given(note) else set()
    return DocumentFacts(note.kind, frozenset(held | given))


def _says_something(note: Note, section: Section) -> bool:
    after = section.title.end if section.title is not None else section.start
    return any(
        note.words.starts[place] >= after and any(map(str.isalnum, note.words.forms[place]))
        for place in range(section.first, section.last)
    )


def _vaccine_given(note: Note) -> bool:
    """A vaccine is given in a dose of its own, so that none is written."""
    return any(
        not _NOT_GIVEN.intersection(forms) and _GIVEN.intersection(forms) and _VACCINE.intersection(forms)
        for one in note.sentences
        if (forms := note.words.forms[one.first : one.last])
    )


def missing_documents(
    documents: Sequence[DocumentFacts],
    codes: Sequence[tuple[str, tuple[str, ...]]],
    *,
    setting: Setting,
    institutional: bool = False,
    expected: Sequence[str] = (),
) -> tuple[NeededDocument, ...]:
    """What reference/lexicon/completeness.yaml asks for and none of the documents is or holds.

    ``codes`` are (code, modifiers) of the services to be billed, ``expected`` the keys of documents that
    registration waits for whatever the codes.

    Raises:
        InputError: an expected document is none of the table.
    """
    table = needed_table()
    for key in expected:
        if key not in table:
            raise InputError(
                f"{key!r} is no document of the table",
                where="documents expected",
                fix=f"use {', '.join(table)}",
            )
    found = []
    for key, row in table.items():
        why = "registration waits for it" if key in expected else _why(row, codes, setting, institutional)
        if why and not any(_serves(document, row) for document in documents):
            citation = Citation(row["source"], row.get("release", ""), row.get("where", ""))
            found.append(NeededDocument(key, row["words"], Because(why, citation)))
    return tuple(found)


@lru_cache(maxsize=1)
def needed_table() -> Mapping[str, dict[str, Any]]:
    """Key of a document -> what calls for it, what serves for it, and where that stands."""
    table: dict[str, dict[str, Any]] = read_yaml("completeness.yaml")["needed"]
    return table


def _why(
    row: dict[str, Any], codes: Sequence[tuple[str, tuple[str, ...]]], setting: Setting, institutional: bool
) -> str:
    if row.get("stay"):
        return "a stay is billed from it" if setting is Setting.INPATIENT and institutional else ""
    if institutional and not row.get("institutional", False):
        return ""
    for code, modifiers in codes:
        if any(_within(code, one) for one in row["codes"]) and not set(modifiers) & set(
            row.get("not_with", ())
        ):
            return f"{code} is billed"
    return ""


def _within(code: str, asked: str) -> bool:
    first, _, last = asked.partition("-")
    return len(code) == len(first) and first <= code <= (last or first)


def _serves(document: DocumentFacts, row: dict[str, Any]) -> bool:
    return document.kind in row["kinds"] or bool(document.sections.intersection(row.get("or_sections", ())))
