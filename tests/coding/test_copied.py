"""A code that stands on nothing but text carried over, and its neighbour that is said anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from cleanclaim.coding.copied import EarlierNote, copied_text
from cleanclaim.coding.records import CodingResult

Coder = Callable[..., CodingResult]
CARRIED = "Type 2 diabetes mellitus is stable on the current dose of metformin."
EARLIER = f"HPI: Here for sugars.\nAssessment: {CARRIED}\nPlan: continue."
NOW = (
    f"HPI: Sore left knee.\nAssessment: {CARRIED} Hypertension, blood pressure up to 160.\nPlan: lisinopril."
)


def test_a_code_whose_only_words_are_copied_is_asked_about_and_its_neighbour_is_not(coder: Coder) -> None:
    result = coder(NOW)
    copied = copied_text(NOW, result, [EarlierNote(EARLIER, dt.date(2026, 6, 1), "V00")])
    assert [one.span.text for one in copied.sentences] == [CARRIED]
    assert copied.sentences[0].written_on == dt.date(2026, 6, 1)
    asked = {one.code: one.because for one in copied.only}
    assert "E11.9" in asked
    assert "I10" in [one.code for one in result.suggestions]
    assert "I10" not in asked
    assert asked["E11.9"].citation is not None
    assert dict(asked["E11.9"].inputs) == {"written on": "2026-06-01", "note": "V00"}


def test_said_anew_in_one_place_is_enough(coder: Coder) -> None:
    text = NOW.replace(
        "HPI: Sore left knee.", "HPI: Sore left knee. Type 2 diabetes mellitus with sugars of 150."
    )
    result = coder(text)
    assert any(one.code.startswith("E11") for one in result.suggestions)
    only = copied_text(text, result, [EarlierNote(EARLIER)]).only
    assert not any(one.code.startswith("E11") for one in only)


def test_the_latest_note_that_has_a_sentence_is_named(coder: Coder) -> None:
    days = [dt.date(2026, 2, 1), dt.date(2026, 6, 1), dt.date(2025, 9, 1)]
    copied = copied_text(NOW, coder(NOW), [EarlierNote(EARLIER, day) for day in days])
    assert {one.written_on for one in copied.sentences} == {dt.date(2026, 6, 1)}


def test_without_an_earlier_note_nothing_is_said(coder: Coder) -> None:
    copied = copied_text(NOW, coder(NOW), [])
    assert copied.sentences == ()
    assert copied.only == ()
