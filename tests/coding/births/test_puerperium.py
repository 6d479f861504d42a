"""What lasts after the birth is of the puerperium and of no week of pregnancy."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.coding.records import CodingResult


def _codes(result: CodingResult) -> list[str]:
    return [one.code for one in result.suggestions if one.status == "suggested"]


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        (
            "31F, PPD 11 after a cesarean at 39w4d.\nImp:\n- Gestational hypertension. Keep nifedipine.",
            ["O13.5"],
        ),
        ("3 weeks postpartum.\nDx: Gestational hypertension, still on labetalol.", ["O13.5"]),
        ("G2P1 at 31w2d.\nDx: Gestational hypertension.", ["O13.3", "Z3A.31"]),
    ],
)
def test_a_hypertension_after_the_birth(
    coder: Callable[..., CodingResult], note: str, codes: list[str]
) -> None:
    assert _codes(coder(note)) == codes


def test_a_blood_type_in_passing_is_no_diagnosis(coder: Callable[..., CodingResult]) -> None:
    note = "Newborn, 5 days old, first office visit.\nAssessment: Neonatal jaundice. Same blood type, Coombs negative."
    assert not [code for code in _codes(coder(note)) if code.startswith("Z67")]
