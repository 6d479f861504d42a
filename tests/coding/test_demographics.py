"""An age in any wording, and numbers that are none."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.coding.demographics import age_in_months
from cleanclaim.documents.reading import read_note

ON = dt.date(2026, 9, 14)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("39 y.o. man with cough", 468),
        ("39 y/o F", 468),
        ("66F with pain", 792),
        ("Age/sex: 41 M", 492),
        ("(age 38, female)", 456),
        ("Mrs. Halvorsen, 55, who has a lump", 660),
        ("He turned 39 last month", 468),
        ("12 months old today", 12),
        ("2 month well visit", 2),
        ("9 MONTH WELL CHILD CHECK", 9),
        ("14 yo girl", 168),
        ("a 5-day-old girl", 0),
        ("3-week-old boy", 0),
        ("Nine-year-old girl", 108),
        ("DOB: 03/01/2020. Well visit.", 78),
        ("DOB 2010-09-15, sports physical", 191),
        ("58 YR OLD MALE", 696),
        ("a 71 y.o. woman", 852),
        ("eleven years old, our patient", 132),
    ],
)
def test_age(text: str, months: int) -> None:
    found = age_in_months(read_note(text), ON)
    assert found is not None
    assert found[0] == months
    assert text[found[1].start : found[1].end] == found[1].text


@pytest.mark.parametrize(
    "text",
    [
        "Recheck in 6 months, cough",
        "Smoked for 20 years, quit",
        "T 98.6 F, pulse 70",
        "Temp 101 F at home",
        "RTC 1y for labs",
        "Diabetes x 6 yr",
        "3 month check of his diabetes",
        "BP 120/80, pulse 70, sat 98",
        "Last seen 4 months ago",
    ],
)
def test_no_age(text: str) -> None:
    assert age_in_months(read_note(text), ON) is None
