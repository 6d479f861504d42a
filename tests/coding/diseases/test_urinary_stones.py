"""A stone must be coded with what it led to, in any wording."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("L UVJ calculus with obstruction and hydronephrosis", ["N13.2"]),
        ("5 mm right UVJ stone causing hydroureteronephrosis", ["N13.2"]),
        ("Obstructed infected R ureteral stone with hydronephrosis", ["N13.6"]),
        ("Right distal ureteral stone, no hydronephrosis", ["N20.1"]),
    ],
)
def test_a_stone_by_what_it_led_to(line: str, codes: list[str], book: CodeBook) -> None:
    note = f"ASSESSMENT\n1. {line}"
    result = suggest(note, setting=Setting.OUTPATIENT, on=dt.date(2026, 9, 14), book=book)
    found = [
        one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"
    ]
    assert found == codes
