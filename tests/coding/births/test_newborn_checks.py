"""Days of age decide the examination of a newborn; trimester and gravidity the supervision; an allergy the status."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.coding.records import CodingResult


def _codes(result: CodingResult) -> list[str]:
    return [one.code for one in result.suggestions if one.status == "suggested"]


@pytest.mark.parametrize(
    ("note", "first"),
    [
        ("Newborn office visit, boy, 7 days old.\nAssessment: Newborn check. Neonatal jaundice.", "Z00.110"),
        ("Newborn office visit, day 5 of life.\nAssessment: Newborn check, under 8 days old.", "Z00.110"),
        ("Newborn office visit, girl, 8 days old.\nAssessment: Newborn check. Neonatal jaundice.", "Z00.111"),
        ("2 week old newborn exam.\nAssessment: Newborn exam, normal.", "Z00.111"),
        ("OB visit, G1P0, 13 weeks pregnant.\nAssessment: normal pregnancy.", "Z34.01"),
        ("OB visit, G1P0, 14 weeks pregnant.\nAssessment: normal pregnancy.", "Z34.02"),
        ("OB visit, G3P2, 30 weeks pregnant.\nAssessment: normal pregnancy.", "Z34.83"),
    ],
)
def test_the_edge_of_an_age_or_a_trimester(coder: Callable[..., CodingResult], note: str, first: str) -> None:
    assert _codes(coder(note))[0] == first


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        (
            "Dx: Strep pharyngitis.\nPlan: because of her penicillin allergy azithromycin 5 days.",
            ["J02.0", "Z88.0"],
        ),
        ("Allergies: penicillin.\nDx: Strep pharyngitis.\nPlan: azithromycin 5 days.", ["J02.0"]),
        ("Dx: Strep pharyngitis.\nPlan: amoxicillin, since she has no penicillin allergy.", ["J02.0"]),
    ],
)
def test_an_allergy_counts_where_it_decided(
    coder: Callable[..., CodingResult], note: str, codes: list[str]
) -> None:
    assert _codes(coder(note)) == codes
