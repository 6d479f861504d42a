"""Whether a record is the newborn's own, by what it calls the patient."""

from __future__ import annotations

import re

from cleanclaim.documents.note import Note

_INFANT = ("newborn", "nicu", "neonatal", "neonate", "baby boy", "baby girl", "infant male", "infant female")
_INFANT_MORE = (
    "well baby",
    "phototherapy",
    "baby of",
    "rooming in",
    "birth hospitalization",
    "male infant",
    "female infant",
    "nursery",
    "birth weight",
    "liveborn",
)
_MOTHER = (
    "gravida",
    "g1",
    "g2",
    "g3",
    "obstetric",
    "maternity",
    "l d",
    "labor and delivery",
    "her pregnancy",
)
_MOTHER_MORE = (
    "year old",
    "yo",
    "y o",
    "postpartum",
    "ob",
    "induced",
    "induction",
    "para",
    "delivery of",
    "maternal",
    "ms",
    "mrs",
    "in labor",
    "primigravida",
    "multigravida",
)
_GRAVIDA = re.compile(r" g[0-9]p[0-9]")
_LOOKED_AT = 45


def is_newborn_record(note: Note) -> bool:
    """Whether the first words speak of the newborn as the patient and not of the mother."""
    return note.kind == "newborn" or note.once(_opens_with_newborn)


def _opens_with_newborn(note: Note) -> bool:
    opening = f" {' '.join(note.words.forms[:_LOOKED_AT])} "
    infant = any(f" {words} " in opening for words in (*_INFANT, *_INFANT_MORE))
    title = f" {' '.join(note.words.forms[:10])} "
    named = any(f" {words} " in title for words in _INFANT)
    mother = any(f" {words} " in opening for words in (*_MOTHER, *_MOTHER_MORE)) or bool(
        _GRAVIDA.search(opening)
    )
    return named or (infant and not mother)
