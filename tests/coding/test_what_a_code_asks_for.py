"""Codes that another code asks for: stages of kidneys, receptors of a breast cancer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.coding.records import CodingResult

Coder = Callable[..., CodingResult]


def _codes(result: CodingResult) -> list[str]:
    return [one.code for one in result.suggestions if one.status == "suggested"]


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        (
            "A/P\n1) T2DM with diabetic CKD, stage 3b - at target\n2) HTN - acceptable",
            ["E11.22", "I12.9", "N18.32"],
        ),
        (
            "A/P\n1) T2DM with hyperglycemia\n2) Stage 3 pressure ulcer of the left heel",
            ["E11.65", "L89.623"],
        ),
    ],
)
def test_a_stage_behind_diabetic_kidney_disease(coder: Coder, note: str, codes: list[str]) -> None:
    assert sorted(_codes(coder(note))) == codes


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("ER+ PR+ HER2-negative", "Z17.411"),
        ("ER negative, PR negative, HER2 positive", "Z17.420"),
        ("triple-negative", "Z17.421"),
        ("ER pos", "Z17.0"),
        ("ER neg", "Z17.1"),
    ],
)
def test_receptors_of_a_breast_cancer(coder: Coder, said: str, code: str) -> None:
    note = f"Diagnosis: cancer of the upper-outer quadrant of the left breast, {said}.\nPlan: letrozole."
    assert [one for one in _codes(coder(note)) if one.startswith("Z17")] == [code]


def test_receptors_without_a_breast_cancer_are_none_of_its(coder: Coder) -> None:
    assert "Z17.0" not in _codes(coder("Seen in the ER. ER positive attitude.\nAssessment: Gout."))


def test_bullets_below_one_line_are_problems(coder: Coder) -> None:
    note = "OB visit, G2P1, 30w2d.\nA/P: IUP 30w2d\n- Gestational diabetes, diet controlled. No meds.\n- Kick counts.\n"
    assert _codes(coder(note))[0] == "O24.410"


def test_a_list_without_a_heading_after_other_sections_is_the_assessment(coder: Coder) -> None:
    note = (
        "Medications: amlodipine 5 mg, levothyroxine 75 mcg.\n\nObserved: alert, comfortable, speaking easily.\n\n"
        "1. Hypertension - controlled.\n2. Hypothyroidism - TSH in range.\n"
    )
    assert _codes(coder(note)) == ["I10", "E03.9"]


def test_immunity_is_no_disease(coder: Coder) -> None:
    note = (
        "Prenatal: rubella immune.\nDischarge diagnosis: rubella immune. Gestational hypertension, 38 weeks."
    )
    assert not [one for one in _codes(coder(note)) if one.startswith("B06")]
