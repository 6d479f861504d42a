"""Text carried over from the visit before, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.documents.copied import copied_forward
from cleanclaim.documents.reading import read_note

TOLD = "Home sugars run from 140 to 180 before breakfast."


def _copied(text: str, earlier: str) -> list[str]:
    spans = copied_forward(read_note(text), read_note(earlier))
    assert all(text[span.start : span.end] == span.text for span in spans)
    return [span.text for span in spans]


def test_a_sentence_of_the_last_visit_is_marked_where_it_stands_again() -> None:
    text = f"HPI: New cough since Monday.\n{TOLD} Feels well."
    assert _copied(text, f"HPI: {TOLD} Feels well.") == [TOLD]


def test_case_marks_and_line_breaks_hide_no_copy() -> None:
    assert _copied("HPI:\nHOME SUGARS run from 140 to 180\nbefore breakfast", f"HPI: {TOLD}")


@pytest.mark.parametrize("changed", ["150 to 180", "140 to 180 after"])
def test_a_value_written_anew_is_no_copy(changed: str) -> None:
    now = TOLD.replace("140 to 180 before" if "after" in changed else "140 to 180", changed)
    assert _copied(f"HPI: {now}", f"HPI: {TOLD}") == []


def test_short_sentences_count_when_a_whole_examination_came_along() -> None:
    exam = "Exam: Alert. Lungs clear bilaterally. Heart regular, no murmur. Abdomen soft, not tender."
    assert len(_copied(f"HPI: Cough.\n{exam}", f"HPI: Fever.\n{exam}")) == 4
    assert _copied("HPI: Cough.\nExam: Lungs clear bilaterally.", f"HPI: Fever.\n{exam}") == []


@pytest.mark.parametrize(
    "line",
    [
        "Medications: Metformin 1000 mg twice daily with meals, lisinopril 10 mg daily.",
        "Allergies: Penicillin, which gave her hives as a child.",
        "LAKESIDE FAMILY MEDICINE  Oswin Brindle  DOB 03/22/1968  MRN P-01",
        "Electronically signed by Ada Testwright, MD, family medicine clinic.",
        "Family history: Father with heart disease at the age of 60.",
    ],
)
def test_what_stands_in_every_note_by_nature_is_no_copy(line: str) -> None:
    assert _copied(f"HPI: Cough since Monday.\n{line}", f"HPI: Knee pain.\n{line}") == []


@given(st.text("ab .\n:-1", min_size=1, max_size=60), st.text("ab .\n:-1", min_size=1, max_size=60))
def test_any_two_notes_can_be_compared(ours: str, theirs: str) -> None:
    for text in (ours, theirs):
        if not text.strip(" .\n:-"):
            return
    _copied(ours, theirs)
