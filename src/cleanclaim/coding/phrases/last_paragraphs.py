"""Diagnoses in a paragraph of their own behind the findings, in notes that have no heading for them."""

from __future__ import annotations

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import COLON, word_set

_FINDINGS = word_set("exam results study vitals")
_QUALIFYING = word_set(
    "acute chronic mild moderate severe right left bilateral likely early new recurrent dx diagnosis"
)
_BEFORE = 40
_LEADING_CHARACTERS = " \t-*•#.)(0123456789"


def opens_a_paragraph(note: Note, mention: Mention) -> bool:
    """Whether a mention begins a line of a paragraph that stands apart behind the findings it is counted to."""
    if mention.section not in _FINDINGS:
        return False
    section = note.section_at(mention.first)
    begin = note.words.starts[section.first]
    start = mention.span.start
    blank = note.text.rfind("\n\n", begin, start)
    if blank < 0:
        return False
    line = max(note.text.rfind("\n", begin, start), note.text.rfind(". ", blank, start))
    lead = note.text[line + 1 : start].strip(_LEADING_CHARACTERS)
    return len(lead) <= _BEFORE and len(lead.split()) <= 1 and ":" not in note.text[line + 1 : start]


def opens_a_late_sentence(note: Note, mention: Mention) -> bool:
    """Whether a disease opens a sentence of the findings in the later half of a note that has no list of diagnoses.

    A note of one line says "Exam: clue cells, no trich. Bacterial vaginosis, metronidazole 7 d.".
    """
    if (
        mention.section not in _FINDINGS
        or mention.term.name[0] in "RZVWXYST"
        or 2 * mention.first < len(note.words.forms)
    ):
        return False
    begin = note.sentence_at(mention.first).first
    if not _QUALIFYING.issuperset(note.words.forms[begin : mention.first]):
        return False
    return not note.once(_has_list) and note.words.forms[mention.last : mention.last + 1] != [COLON]


def _has_list(note: Note) -> bool:
    return any(section.kind in DIAGNOSTIC for section in note.sections)
