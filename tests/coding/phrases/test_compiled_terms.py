"""Phrases of an imported ontology: only what means one existing code and is no single or everyday word."""

from __future__ import annotations

from cleanclaim.coding.phrases.compiled_terms import unambiguous


def test_a_phrase_of_two_codes_a_single_word_and_an_unknown_code_are_left_out() -> None:
    rows = [
        ("hay fever of grass", "J30.1"),
        ("sugar illness", "E11.9"),
        ("sugar illness", "E10.9"),
        ("dropsy", "R60.9"),
        ("green sickness of maids", "X99.99"),
    ]
    found = dict(unambiguous(rows, {"J30.1", "E11.9", "E10.9", "R60.9"}))
    assert found == {("hay", "fever", "grass"): "J30.1"}
