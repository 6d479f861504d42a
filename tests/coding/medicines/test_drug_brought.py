"""A disease laid to a drug must be coded as the drug's, and a treatment must not be blamed."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Constipation caused by morphine: senna 2 tabs BID", ["K59.03", "T40.2X5A"]),
        ("Diarrhea due to metformin", ["K52.1", "T38.3X5A"]),
        ("Type 2 diabetic with low blood sugar from her glipizide", ["E11.649", "T38.3X5A"]),
        ("Urinary retention from oxybutynin", ["R33.0", "T44.3X5A"]),
    ],
)
def test_what_a_drug_brought(line: str, codes: list[str], book: CodeBook) -> None:
    note = f"ASSESSMENT\n1. {line}"
    result = suggest(note, setting=Setting.OUTPATIENT, on=dt.date(2026, 9, 14), book=book)
    found = [
        one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"
    ]
    assert found == codes
