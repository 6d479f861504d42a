"""A heart attack of another year must not be coded as one of today."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("CAD, heart attack in March 2021", ["I25.10", "I25.2"]),
        ("Coronary artery disease with NSTEMI two years ago", ["I25.10", "I25.2"]),
        ("NSTEMI", ["I21.4"]),
    ],
)
def test_an_infarction_by_its_date(line: str, codes: list[str], book: CodeBook) -> None:
    note = f"ASSESSMENT\n1. {line}"
    result = suggest(note, setting=Setting.OUTPATIENT, on=dt.date(2026, 9, 14), book=book)
    found = [
        one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"
    ]
    assert found == codes
