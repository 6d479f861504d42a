"""Routine examinations: the code by age and by what was found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.coding.records import CodingResult


def _codes(result: CodingResult) -> list[str]:
    return [one.code for one in result.suggestions if one.status == "suggested"]


@pytest.mark.parametrize(
    ("note", "code"),
    [
        ("Well child visit, 3 yo.\nAssessment: 1. Well child check. 2. Acute otitis media, left.", "Z00.121"),
        ("Well child visit, 3 yo.\nAssessment: Well child check, no concerns.", "Z00.129"),
        ("Annual physical, 52F.\nAssessment: 1. Annual physical exam. 2. Hypertension, at goal.", "Z00.00"),
        ("Annual physical, 52F.\nAssessment: 1. Annual physical exam. 2. Hematuria.", "Z00.01"),
        ("Annual gyn exam, 44F.\nAssessment: Annual gynecologic exam. Right breast lump.", "Z01.411"),
        ("Annual gyn exam, 44F.\nAssessment: Annual gynecologic exam, normal. No breast lump.", "Z01.419"),
    ],
)
def test_an_examination_with_news_is_one_with_abnormal_findings(
    coder: Callable[..., CodingResult], note: str, code: str
) -> None:
    assert _codes(coder(note))[0] == code


def test_two_diagnoses_of_a_list_are_not_read_as_one(coder: Callable[..., CodingResult]) -> None:
    found = _codes(coder("Assessment: Chronic systolic heart failure, hypertension, CKD 3a."))
    assert found == ["I13.0", "I50.22", "N18.31"]


def test_an_examination_told_in_the_reason_alone_stands(coder: Callable[..., CodingResult]) -> None:
    note = "Reason for visit: well child visit, 3 yo.\nImpression: Acute suppurative otitis media, left ear."
    assert _codes(coder(note))[0] == "Z00.121"


def test_what_is_new_or_not_at_goal_is_an_abnormal_finding(coder: Callable[..., CodingResult]) -> None:
    for problem in ("Prediabetes, new.", "Hypertension, not at goal."):
        note = f"CC: annual physical, 52 F.\nA/P\n1. Annual physical.\n2. {problem}"
        assert _codes(coder(note))[0] == "Z00.01"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("healthy, w/ abnormal finding - flexural eczema", "Z00.121"),
        ("healthy. Flexural eczema, flaring", "Z00.121"),
        ("healthy. Flexural eczema, stable", "Z00.129"),
    ],
)
def test_a_lasting_disease_is_a_finding_where_it_is_worse_or_the_note_says_so(
    said: str, code: str, codes: Callable[..., list[str]]
) -> None:
    assert codes(f"4 year well child check\nASSESSMENT: {said}.\nPlan: emollient daily.")[0] == code


def test_an_annual_exam_at_a_gynecological_visit_is_no_second_examination(
    codes: Callable[..., list[str]],
) -> None:
    text = "Annual gynecologic exam - 46 yo\nAssessment: Annual exam done today; pap sent. Cervical polyp, new finding."
    assert codes(text) == ["Z01.411", "N84.1"]


def test_a_family_history_taken_up_by_the_list_is_coded(codes: Callable[..., list[str]]) -> None:
    text = "FHx: Mother had breast cancer at 44.\nAssessment: Annual gynecologic exam.\nFamily history{}"
    assert codes(text.format(" as above: risk calculator run.")) == ["Z01.419", "Z80.3"]
