"""A breast lump must have the quadrant that the note tells, of the side that has it (Section I.B.2)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("Assessment: left breast lump, 2 o'clock.", "N63.21"),
        ("Assessment: right breast mass, 7 o'clock position.", "N63.13"),
        (
            "Exam: mass in the upper outer quadrant of the left breast.\nAssessment: left breast lump.",
            "N63.21",
        ),
        ("Exam: upper inner right mass.\nAssessment: left breast lump.", "N63.20"),
        ("Assessment: left breast lump, 12 o'clock.", "N63.20"),
        ("Exam: mass at 2 o'clock and a second mass at 8 o'clock.\nAssessment: left breast lump.", "N63.20"),
    ],
)
def test_the_quadrant_is_that_of_the_side_and_the_hour(note: str, code: str, codes: Codes) -> None:
    assert codes(note) == [code]
