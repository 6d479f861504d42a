"""The age of a preventive visit where it is written in an unusual way."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.coding.visit.ages import visit_age
from cleanclaim.documents.reading import read_note


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Yearly physical. 11 years and 11 months old, girl.", 143),
        ("Well child, 2 yr 6 mo boy.", 30),
        ("Annual wellness physical / established / male / 64", 64 * 12),
        ("51-year-old woman here for her annual physical.", 51 * 12),
        ("Well baby visit, new patient, 2 months. Smiles.", 2),
        ("Annual physical, no age told. Seen 2 years ago.", None),
    ],
)
def test_age(text: str, months: int | None) -> None:
    found = visit_age(read_note(text), dt.date(2026, 9, 14))
    assert (found and found[0]) == months
