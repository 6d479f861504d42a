"""Whose minutes count, and which of several."""

from __future__ import annotations

import pytest

from cleanclaim.coding.visit.minutes import visit_time
from cleanclaim.coding.visit.words import read_visit
from cleanclaim.documents.reading import read_note


def minutes(text: str, *, discharge: bool = False) -> int | None:
    found = visit_time(read_visit(read_note(text)), discharge=discharge)
    if found is None:
        return None
    assert text[found.span.start : found.span.end] == found.span.text
    return found.minutes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Total time today: 35 minutes.", 35),
        ("I spent a total of 42 min on the date of the encounter.", 42),
        ("Time spent by me on this visit was 1 hour and 10 minutes.", 70),
        ("TIME: 54 minutes total, of which 38 min with the patient.", 54),
        ("Forty-five minutes were spent by me today.", 45),
        ("Total 31min today.", 31),
        ("I spent 10 minutes on the chart, 20 minutes with her and 5 minutes on the note today.", 35),
        ("Total time 50 minutes, including 12 minutes by the nurse.", 38),
        ("Total time 50 minutes, which does not include the 15 minutes for the joint injection.", 50),
        ("40 minutes in total today, excluding 10 minutes of separately billed spirometry.", 40),
        ("I spent 33 minutes today. The medical assistant spent 20 minutes on teaching.", 33),
        (
            "Total physician time on the day of service 47 minutes; 15 minutes on the next day not counted.",
            47,
        ),
        ("In all I worked 28 minutes on her care today.", 28),
        ("Total time was 60 min, of which 20 min were for the biopsy billed separately.", 40),
    ],
)
def test_own_time_on_the_day_counts(text: str, expected: int) -> None:
    assert minutes(f"Established patient seen today. {text}") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Nebulizer for 20 minutes, then better.",
        "Pain lasts 30 minutes and goes.",
        "Walks 40 minutes every day.",
        "The nurse spent 25 minutes on inhaler teaching today.",
        "He waited 50 minutes in the waiting room.",
        "Seizure of 5 minutes yesterday.",
        "Smoking cessation counseling 10 minutes, billed separately.",
    ],
)
def test_other_minutes_do_not(text: str) -> None:
    assert minutes(f"Established patient seen today. {text}") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Discharge took 25 minutes.", 25),
        ("More than 30 minutes were spent on the discharge.", 31),
        ("Less than 30 minutes for discharge.", 29),
        ("I needed 30 minutes for the discharge.", 30),
        ("Discharge day management: 48 min.", 48),
    ],
)
def test_time_of_a_discharge(text: str, expected: int) -> None:
    assert minutes(f"Discharge day. {text}", discharge=True) == expected
