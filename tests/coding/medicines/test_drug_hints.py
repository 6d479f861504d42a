"""Units of a drug from its dose, its package as a claim carries it, and what must still be asked."""

from __future__ import annotations

import pytest

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.medicines.drug_hints import DrugHint, drug_hints
from cleanclaim.coding.severity import severities
from cleanclaim.documents.reading import read_note

from ..conftest import ON


def _hint(book: CodeBook, said: str) -> DrugHint:
    (one,) = drug_hints(read_note(f"HPI: Pain.\nPlan: {said}"), book, ON)
    return one


@pytest.mark.parametrize(
    ("said", "code", "units"),
    [
        ("Ketorolac 60 mg IM given.", "J1885", 4),
        ("Ketorolac 20 mg IM given.", "J1885", 2),
        ("Ceftriaxone 1 g IM given.", "J0696", 4),
        ("Triamcinolone acetonide 40 mg injected into the knee.", "J3301", 4),
    ],
)
def test_units_follow_the_dose(book: CodeBook, said: str, code: str, units: int) -> None:
    hint = _hint(book, said)
    assert (hint.code, hint.units) == (code, units)
    assert hint.because


def test_a_drug_that_the_book_does_not_know_is_asked_about(book: CodeBook) -> None:
    hint = _hint(book, "Examplinumab 100 mg SC given.")
    assert (hint.code, hint.units) == ("", None)
    assert "which HCPCS code" in hint.ask[0]


def test_the_package_is_written_as_claims_carry_it_or_asked_for(book: CodeBook) -> None:
    assert _hint(book, "Ketorolac 60 mg IM given, NDC 0409-3795-01.").ndc == "00409379501"
    assert any("NDC" in one for one in _hint(book, "Ketorolac 60 mg IM given.").ask)


def test_what_was_discarded_is_told_by_modifier_or_asked(book: CodeBook) -> None:
    assert _hint(book, "Ketorolac 15 mg IV given, 15 mg wasted.").modifiers == ("JW",)
    assert _hint(book, "Ketorolac 30 mg IV given, none discarded.").modifiers == ("JZ",)
    assert any("JW" in one for one in _hint(book, "Ketorolac 30 mg IV given.").ask)


def test_complications_and_comorbidities_of_a_stay(book: CodeBook) -> None:
    found = severities(["J18.9", "J96.01", "I50.33", "E11.9", "J15.9"], book, ON)
    assert [(code, one.level) for code, one in found.items()][:3] == [
        ("J96.01", "MCC"),
        ("I50.33", "MCC"),
        ("E11.9", "NCC"),
    ]
    assert not found["J96.01"].excluded
    assert found["J15.9"].excluded, "one pneumonia does not raise another"
    assert severities(["J18.9"], book, ON) == {}
