"""What the guidelines presume must be joined though the list leaves it unsaid; what a relative has must not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    "told",
    ["PMH: HTN, gout", "Reason: HTN with heart failure, 4 month check.", "HPI: 67 M with hypertension."],
)
def test_a_listed_heart_failure_takes_the_hypertension_of_the_story(told: str, codes: Codes) -> None:
    assert codes(f"{told}\nAssessment:\nChronic systolic HF, euvolemic. Continue.") == ["I11.0", "I50.22"]


@pytest.mark.parametrize(
    "told",
    ["Family history: mother with hypertension.", "HPI: denies hypertension.", "HPI: never had diabetes."],
)
def test_what_the_patient_does_not_have_is_not_presumed(told: str, codes: Codes) -> None:
    assert codes(f"{told}\nAssessment:\nChronic systolic HF, euvolemic. Continue.") == ["I50.22"]


def test_a_listed_kidney_disease_takes_diabetes_and_hypertension_of_the_story(codes: Codes) -> None:
    text = "HPI: 67 M with HTN and type 2 diabetes.\nAssessment:\nCKD stage 3a, stable. Continue losartan."
    assert set(codes(text)) == {"E11.22", "I12.9", "N18.31"}


def test_another_diabetes_in_the_list_is_the_one(codes: Codes) -> None:
    text = "PMH: diabetes\nAssessment:\n1. CKD stage 3a.\n2. Type 1 diabetes with polyneuropathy."
    assert not [code for code in codes(text) if code.startswith("E11")]


def test_fluid_that_was_found_belongs_to_the_listed_cirrhosis(codes: Codes) -> None:
    text = (
        "HPI: sober.\nResults: US with moderate ascites.\nAssessment:\n"
        "1. Alcoholic cirrhosis, same diuretics.\n2. Gout."
    )
    assert codes(text) == ["K70.31", "M10.9"]
