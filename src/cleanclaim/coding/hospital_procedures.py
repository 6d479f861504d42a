"""ICD-10-PCS of an inpatient stay, where the operation report states every axis; else a question."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import phrase, word_set

_REPLACEMENTS = (
    # phrase, body part characters by side
    ("total knee arthroplasty", {"right": "0SRC", "left": "0SRD"}),
    ("total knee replacement", {"right": "0SRC", "left": "0SRD"}),
    ("TKA", {"right": "0SRC", "left": "0SRD"}),
    ("TKR", {"right": "0SRC", "left": "0SRD"}),
    ("total hip arthroplasty", {"right": "0SR9", "left": "0SRB"}),
    ("total hip replacement", {"right": "0SR9", "left": "0SRB"}),
    ("THA", {"right": "0SR9", "left": "0SRB"}),
)
_SECTIONS = word_set(
    "procedure postop_dx hospital_course opening operative_detail discharge_dx principal_dx findings "
    "technique"
)


@frozen
class HospitalProcedureFound:
    """A PCS code with its words, or the question that stands open (``code`` is then empty)."""

    code: str
    label: str
    evidence: tuple[Span, ...]
    question: str = ""


_MATCHER = PhraseMatcher((phrase(text), parts) for text, parts in _REPLACEMENTS)


def find_hospital_procedures(note: Note, book: CodeBook, on: dt.date) -> tuple[HospitalProcedureFound, ...]:
    """Joint replacements with open approach: body part and side, synthetic device, cement."""
    found: dict[str, HospitalProcedureFound] = {}
    for first, last, values in _MATCHER.find(note.words.forms):
        if note.section_at(first).kind not in _SECTIONS:
            continue
        one = _replacement(note, first, last, values[0], book, on)
        found.setdefault(one.code or "?", one)
    coded = tuple(one for code, one in found.items() if code != "?")
    return coded or tuple(found.values())


def _replacement(
    note: Note, first: int, last: int, parts: dict[str, str], book: CodeBook, on: dt.date
) -> HospitalProcedureFound:
    forms = note.words.forms
    sentence = note.sentence_at(first)
    span = note.words_span(first, last)
    sides = [form for form in forms[sentence.first : sentence.last] if form in parts] or [
        form for form in forms if form in parts
    ]
    if len(set(sides)) != 1:
        return HospitalProcedureFound("", "", (span,), "Which side was the joint replaced on?")
    cement = _cement(forms)
    if cement is None:
        question = "Were the components cemented? The seventh character of the PCS code depends on it."
        return HospitalProcedureFound("", "", (span,), question)
    code = f"{parts[sides[0]]}0J{cement[0]}"
    entry = book.find("ICD-10-PCS", code, on)
    if entry is None:
        return HospitalProcedureFound("", "", (span,), "No PCS code fits the axes that are stated.")
    label = entry.title or f"replacement of {sides[0]} joint, synthetic, open"
    return HospitalProcedureFound(code, label, (span, note.words_span(cement[1], cement[1] + 1)))


def _cement(forms: list[str]) -> tuple[str, int] | None:
    for place, form in enumerate(forms):
        if form in {"uncemented", "cementless", "noncemented"}:
            return "A", place
        if form in {"cemented", "cement"} and not {"no", "without", "non", "not"}.intersection(
            forms[max(0, place - 2) : place]
        ):
            return "9", place
    return None
