"""A drug that was given, with its amount, way and package, and one that was only ordered."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cleanclaim.documents.administered import Administered, drugs_administered
from cleanclaim.documents.reading import read_note


def _given(said: str, head: str = "HPI: Back pain.\nPlan: ") -> list[Administered]:
    text = head + said
    found = list(drugs_administered(read_note(text)))
    assert all(text[one.span.start : one.span.end] == one.span.text for one in found)
    return found


def test_name_amount_way_package_and_lot() -> None:
    (one,) = _given("Ketorolac 60 mg IM given in the left deltoid, NDC 0409-3795-01, lot AB1234.")
    assert (one.name, one.amount, one.unit, one.route) == ("Ketorolac", Decimal(60), "mg", "IM")
    assert (one.ndc, one.lot, one.discarded) == ("0409-3795-01", "AB1234", None)


@pytest.mark.parametrize(
    ("said", "name", "amount", "unit"),
    [
        ("Administered 1 g ceftriaxone IM.", "ceftriaxone", "1", "g"),
        ("Injected triamcinolone acetonide 40 mg into the knee.", "triamcinolone acetonide", "40", "mg"),
        ("She was given 1,000 mcg cyanocobalamin IM today.", "cyanocobalamin", "1000", "mcg"),
        ("Dexamethasone 0.5 mg PO was given.", "Dexamethasone", "0.5", "mg"),
    ],
)
def test_amounts_as_they_are_written(said: str, name: str, amount: str, unit: str) -> None:
    (one,) = _given(said)
    assert (one.name, one.amount, one.unit) == (name, Decimal(amount), unit)


@pytest.mark.parametrize(
    "said",
    [
        "Ketorolac 60 mg IM was not given.",
        "Ketorolac 60 mg IM declined.",
        "Prescribed ketorolac 10 mg, to be given with food.",
        "Ketorolac will be given if pain returns, 60 mg IM.",
        "Home dose of metformin is 1000 mg twice daily.",
        "Given the history, rest is advised.",
    ],
)
def test_what_was_only_ordered_held_or_taken_at_home_was_not_given(said: str) -> None:
    assert _given(said) == []


@pytest.mark.parametrize(
    ("said", "discarded"),
    [
        ("Given ketorolac 15 mg IV, 15 mg wasted.", Decimal(15)),
        ("Given ketorolac 15 mg IV, no waste, none discarded.", Decimal(0)),
        ("Given ketorolac 15 mg IV.", None),
    ],
)
def test_what_was_thrown_away(said: str, discarded: Decimal | None) -> None:
    assert _given(said)[0].discarded == discarded


def test_every_dose_line_of_a_record_of_drugs_given_counts() -> None:
    record = "MEDICATION ADMINISTRATION RECORD\nCeftriaxone 1 g IV 09:10 RN\nOndansetron 4 mg IV 09:15 RN\n"
    assert [one.name for one in _given("", record)] == ["Ceftriaxone", "Ondansetron"]
