"""Every element of a visit in many wordings, each in the frames of an outlined note and of free text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanclaim.coding.records import CodingResult
from cleanclaim.coding.visit.minutes import visit_time
from cleanclaim.coding.visit.patient import patient_status
from cleanclaim.coding.visit.words import read_visit
from cleanclaim.documents.reading import read_note

_GOLD = Path(__file__).parent.parent / "gold"


def _rows(name: str) -> list[list[str]]:
    lines = (_GOLD / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line[:1] != "#"]


_FIRST, _SECOND = _rows("visit_wordings.tsv"), _rows("visit_wordings_2.tsv")
_ROWS = _FIRST + _SECOND
_FLOOR = 0.96
_FRAMES = {
    "risk": (
        "Established patient, 50M.\nExam: normal.\nAssessment/Plan: Problem as above. {}",
        "Established patient, 50-year-old man, with his usual problem. Exam normal. {}",
    ),
    "data": (
        "Established patient, 50M.\nExam: normal.\nData: {}\nA/P: Gout, stable. Continue allopurinol.",
        "Established patient, 50M, here for gout. Exam normal. {} Gout, stable. Continue allopurinol.",
        "EST PT 50M\nA/P: Gout, stable. Continue allopurinol. {}",
    ),
    "problems": (
        "Established patient seen today, 50F.\nExam: as expected.\nAssessment/Plan: {}",
        "Established patient, 50-year-old woman. Exam as expected. {}",
    ),
}
_LETTERS = {"straightforward": "S", "low": "L", "moderate": "M", "high": "H"}


@pytest.mark.parametrize("element", sorted(_FRAMES))
def test_level_of_an_element(element: str, coder: Callable[..., CodingResult]) -> None:
    frames = _FRAMES[element]
    tried = [(row, frame) for row in _FIRST if row[0] == element for frame in frames]
    tried += [(row, frames[0]) for row in _SECOND if row[0] == element]
    wrong = []
    for (_, expected, words), frame in tried:
        level = coder(frame.format(words)).em
        found = {part.element: part.level for part in level.elements} if level else {}
        if _LETTERS.get(found.get(element, "")) != expected:
            wrong.append((words, expected, found.get(element)))
    assert 1 - len(wrong) / len(tried) >= _FLOOR, wrong


def test_minutes_that_count() -> None:
    wrong = []
    rows = [row for row in _ROWS if row[0] == "minutes"]
    for _, expected, words in rows:
        found = visit_time(read_visit(read_note("Established patient with stable gout. " + words)))
        if (str(found.minutes) if found else "none") != expected:
            wrong.append((words, expected, found))
    assert 1 - len(wrong) / len(rows) >= _FLOOR, wrong


def test_who_is_new() -> None:
    wrong = []
    rows = [row for row in _ROWS if row[0] == "patient"]
    for _, expected, words in rows:
        reading = read_visit(read_note(words + " Toe red and swollen. Colchicine."))
        new, element = patient_status(reading, dt.date(2026, 9, 14))
        if new != (expected == "new"):
            wrong.append((words, expected, element.text))
    assert 1 - len(wrong) / len(rows) >= _FLOOR, wrong
