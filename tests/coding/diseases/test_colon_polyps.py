"""A polyp that pathology named must not stay a polyp."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("Sigmoid polyp, pathology tubulovillous adenoma", ["D12.5"]),
        ("Cecal polyp, path: tubular adenoma", ["D12.0"]),
        ("Hyperplastic polyp of the sigmoid colon", ["K63.5"]),
        ("Colon polyp, pathology pending", ["K63.5"]),
    ],
)
def test_an_adenoma_by_its_site(line: str, codes: list[str], book: CodeBook) -> None:
    note = f"ASSESSMENT\n1. {line}"
    result = suggest(note, setting=Setting.OUTPATIENT, on=dt.date(2026, 9, 14), book=book)
    found = [
        one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"
    ]
    assert found == codes
