from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.codesets.note_codes import covers, references

KNOWN = {
    "E10",
    "E08",
    "O24.4",
    "I10",
    "I1A",
    "K52.9",
    "A04.0",
    "A04.4",
    "T36",
    "T50",
    "T39.0",
    "B20",
    "M51",
    "F11",
    "F19",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type 1 diabetes mellitus (E10.-)", ("E10",)),
        ("gestational diabetes (O24.4-)", ("O24.4",)),
        ("hypertensive diseases (I10-I1A)", ("I10-I1A",)),
        ("Escherichia coli infection (A04.0-A04.4)", ("A04.0-A04.4",)),
        ("colitis (K52.9), HIV (B20)", ("K52.9", "B20")),
        ("anemia unresponsive to vitamin B12 or folate", ()),
        ("adverse effect (T36-T50 with fifth or sixth character 5)", ("T36-T50[56=5]",)),
        ("underdosing (T36-T50) with fifth or sixth character 6", ("T36-T50[56=6]",)),
        ("poisoning (T36-T50 with fifth or sixth character 1-4 or 6)", ("T36-T50[56=12346]",)),
        ("salicylates (T39.0-, with sixth character 1-4)", ("T39.0[6=1234]",)),
        ("thoracic disc (M51.- with fifth character 4)", ("M51[5=4]",)),
        ("hallucinations (F11-F19 with fifth to sixth characters 51)", ()),
        ("condition (M51 with final characters -23)", ()),
        ("no code at all", ()),
    ],
)
def test_a_note_names_just_what_it_says(text: str, expected: tuple[str, ...]) -> None:
    assert references(text, KNOWN.__contains__) == expected


@pytest.mark.parametrize(
    ("reference", "code", "covered"),
    [
        ("E10", "E10.9", True),
        ("E10", "E11.9", False),
        ("O24.4", "O24.410", True),
        ("O24.4", "O24.4", True),
        ("O24.4", "O24", False),
        ("I10-I1A", "I16.0", True),
        ("I10-I1A", "I1A.0", True),
        ("I10-I1A", "I20.0", False),
        ("A04.0-A04.4", "A04.4", True),
        ("A04.0-A04.4", "A04.5", False),
        ("A04.0-A04.4", "A04", False),
        ("T36-T50[56=5]", "T36.0X5A", True),
        ("T36-T50[56=5]", "T36.0X1A", False),
        ("T36-T50[56=5]", "T36.95XA", True),
        ("T36-T50[56=5]", "T36.0", False),
    ],
)
def test_a_reference_covers_both_sides_of_its_edge(reference: str, code: str, covered: bool) -> None:
    assert covers(reference, code) is covered


@given(st.text(max_size=200))
def test_no_text_makes_reading_fail(text: str) -> None:
    for reference in references(text, lambda code: True):
        covers(reference, "E11.65")


def test_emergency_codes_and_those_with_two_letters_are_named_too() -> None:
    assert references("code, if applicable, (U07.1) or (QA0.-)", lambda code: True) == ("U07.1", "QA0")
    assert references("conditions (Q00-QA0)", lambda code: True) == ("Q00-QA0",)
    assert references("vitamin B12, PT1", lambda code: False) == ()
