"""A plural, a vaccine, a warning or a part of a compound must not be read as a disease."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Hypertension. Metatarsal pads. Shingles series done", ["I10"]),
        ("Screening mammogram, BI-RADS 1", ["Z12.31"]),
        ("Graves disease. Sore throat and fever warning repeated", ["E05.00"]),
    ],
)
def test_what_is_no_disease(line: str, codes: list[str], book: CodeBook) -> None:
    note = f"ASSESSMENT\n1. {line}"
    result = suggest(note, setting=Setting.OUTPATIENT, on=dt.date(2026, 9, 14), book=book)
    found = [
        one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"
    ]
    assert found == codes
