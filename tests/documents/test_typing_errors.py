"""Slips of the keyboard: the disease that was meant is read, a word that is right is left alone."""

from __future__ import annotations

import pytest

from cleanclaim.documents.reading import read_note
from cleanclaim.documents.typing_errors import meant_drug, meant_word


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hypothyriod", "hypothyroid"),
        ("thrombocytpenia", "thrombocytopenia"),
        ("hypertention", "hypertension"),
        ("arthritus", "arthritis"),
        ("appendicits", "appendicitis"),
        ("hyperlipdemia", "hyperlipidemia"),
    ],
)
def test_a_single_slip_is_read_as_the_disease_that_was_meant(typed: str, meant: str) -> None:
    assert meant_word(typed) == meant


@pytest.mark.parametrize("word", ["injection", "perineal", "peroneal", "scheduled", "metoprolol", "relative"])
def test_a_word_that_is_none_of_the_diseases_stays(word: str) -> None:
    assert meant_word(word) == word


@pytest.mark.parametrize(
    ("typed", "meant"), [("warfrin", "warfarin"), ("metformn", "metformin"), ("slippers", "slippers")]
)
def test_a_drug_is_read_through_a_slip_wherever_it_stands(typed: str, meant: str) -> None:
    assert meant_drug(typed) == meant


def test_a_drug_of_the_story_is_read_too() -> None:
    assert "warfarin" in read_note("HPI: on warfrin for years.").words.forms


def test_the_text_keeps_what_was_typed_and_only_diagnoses_are_mended() -> None:
    note = read_note("HPI: appendicits feared by her aunt.\nAssessment:\n1. Appendicits\n")
    assert note.text.count("ppendicits") == 2
    assert note.words.forms.count("appendicitis") == 1
