"""The sentence of an assessment that says who the patient is, before the problems are taken one by one."""

from __future__ import annotations

from bisect import bisect_right

from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import MARKS, word_set

_OLD = word_set("yo y o old aged")
_TELLING = word_set("history pmh hx present presenting presented who here seen admitted known")
_LOOKED_AT = 12


def introduces_patient(note: Note, place: int) -> bool:
    """Whether a place stands in such a sentence: "Mr. Roe is a 57-year-old with gout who presents with back pain".

    What it lists was known before or is told again below, so that it does not say what the visit was for.
    """
    ranges = note.once(_introductions)
    at = bisect_right(ranges, (place, len(note.words.forms))) - 1
    return at >= 0 and ranges[at][0] <= place < ranges[at][1]


def _introductions(note: Note) -> list[tuple[int, int]]:
    forms = note.words.forms
    found = []
    for section in note.sections:
        if section.kind not in DIAGNOSTIC or section.first >= section.last:
            continue
        sentence = note.sentence_at(min(section.first + _heading(note, section.first), section.last - 1))
        words = forms[sentence.first : sentence.last]
        if (
            _OLD.intersection(words[:_LOOKED_AT])
            and _TELLING.intersection(words)
            and sentence.last < section.last
        ):
            found.append((sentence.first, sentence.last))
    return found


def _heading(note: Note, first: int) -> int:
    """How many words of a section are its heading."""
    title = note.section_at(first).title
    words = note.words
    count = 0
    while first + count < len(words.forms) and (
        words.forms[first + count] in MARKS or (title is not None and words.starts[first + count] < title.end)
    ):
        count += 1
    return count
