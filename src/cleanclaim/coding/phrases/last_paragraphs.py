"""Diagnoses in a paragraph of their own behind the findings, in notes that have no heading for them."""

from __future__ import annotations

from cleanclaim.coding.candidates import Mention
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_FINDINGS = word_set("exam results study vitals")
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
