"""The sections of a note in which a clinician names what was diagnosed."""

from __future__ import annotations

from itertools import pairwise

from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import MARKS, word_set

DIAGNOSTIC = word_set("assessment assessment_plan impression diagnosis postop_dx discharge_dx principal_dx")
_STORY = word_set("opening hpi hospital_course ed_course chief_complaint plan problem_list")
_OTHERS = word_set(
    "other others secondary additional also associated comorbid comorbidity comorbidities coexisting further"
)
_PRINCIPAL = word_set("principal primary main all first")
_FEW = 8
_SHORT_LIST = 32
_MOST_LINES = 3000


def diagnosed_in(note: Note) -> frozenset[str]:
    """The kinds of sections that name the diagnoses: the lists, or the story of a note that has no list.

    A telegram, a letter or a summary in prose says "MRI: infarct of the left MCA" and lists nothing below.
    """
    return note.once(_diagnosed_in)


def _diagnosed_in(note: Note) -> frozenset[str]:
    lists = [
        section
        for section in note.sections
        if section.kind in DIAGNOSTIC and not _refers_back(note, section.first, section.last)
    ]
    if lists and not lists_only_others(note):
        return DIAGNOSTIC
    return DIAGNOSTIC | _STORY


def lists_only_others(note: Note) -> bool:
    """Whether the only list of a note is that of its other diagnoses: the story then names the principal one."""
    return note.once(_lists_only_others)


def _lists_only_others(note: Note) -> bool:
    lists = [section for section in note.sections if section.kind in DIAGNOSTIC]
    return bool(lists) and all(section.title is not None and _of_others(section.title) for section in lists)


def _of_others(title: Span) -> bool:
    """Whether a heading is that of what was there beside the principal diagnosis."""
    words = set(title.text.lower().replace("/", " ").replace(":", " ").split())
    return bool(_OTHERS & words) and not _PRINCIPAL & words


def _refers_back(note: Note, first: int, last: int) -> bool:
    """Whether a list only says that the diagnoses were told before: "Dx as above"."""
    if last - first > _SHORT_LIST:
        return False
    if sum(1 for item in note.items if item.number is not None and first <= item.first < last) > 1:
        # One problem of several points back; the others are named where they stand.
        return False
    forms = [form for form in note.words.forms[first : min(last, first + _FEW)] if form not in MARKS]
    return any(pair in (("as", "above"), ("see", "above"), ("per", "above")) for pair in pairwise(forms))


def listed_openings(note: Note) -> set[int]:
    """The first word of each line and of each entry of the diagnosis lists, past the heading of its section."""
    places = {item.first for item in note.items if note.section_at(item.first).kind in DIAGNOSTIC}
    for first, _, _ in note.words.lines[:_MOST_LINES]:
        if note.section_at(first).kind in DIAGNOSTIC:
            places.add(past_heading(note, first))
    return places


def past_heading(note: Note, place: int) -> int:
    """The first place from here on that is no part of the heading of its section."""
    title = note.section_at(place).title
    heading = title.end if title is not None else 0
    while place + 1 < len(note.words.forms) and note.words.starts[place] < heading:
        place += 1
    return place
