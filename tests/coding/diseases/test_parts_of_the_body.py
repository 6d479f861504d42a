"""A problem headed by a part of the body is the one disease of it that the story tells; of two a coder chooses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("story", "title", "code"),
    [
        ("tricompartmental osteoarthritis of right knee on film", "Knee. Injection given", "M17.11"),
        ("full thickness right rotator cuff tear on MRI", "R shoulder - surgery consult", "M75.121"),
        ("allergic contact dermatitis from nickel", "The rash: triamcinolone", "L23.0"),
        ("acute swimmer's ear on the right", "Ear: drops", "H60.331"),
        ("acute streptococcal tonsillitis", "Throat: penicillin", "J03.00"),
    ],
)
def test_a_title_of_a_part_means_its_disease(story: str, title: str, code: str, codes: Codes) -> None:
    assert codes(f"HPI: {story}.\nAssessment:\n1) {title}\n2) Gout, stable.") == [code, "M10.9"]


def test_of_two_diseases_of_a_part_none_is_chosen(codes: Codes) -> None:
    text = (
        "HPI: right knee osteoarthritis and right prepatellar bursitis.\nAssessment:\n1) Knee: MRI\n2) Gout."
    )
    assert codes(text) == ["M10.9"]


def test_a_symptom_in_a_title_is_no_name_of_an_old_disease(codes: Codes) -> None:
    text = "HPI: known irritable bowel syndrome.\nAssessment:\n1) Diarrhea: stool studies\n2) Gout."
    assert codes(text) == ["R19.7", "M10.9"]


def test_a_list_of_parts_and_values_is_the_list(codes: Codes) -> None:
    text = (
        "HPI: Graves at age 48, treated with radioactive iodine, hypothyroid since; pernicious anemia, monthly shots."
        " A little tired.\n"
        "Assessment: Thyroid, B12.\nPlan: same."
    )
    assert codes(text) == ["E89.0", "D51.0"]


def test_a_mood_in_the_list_is_the_depression_as_the_story_tells_it(codes: Codes) -> None:
    text = (
        'HPI: "Major depression, recurrent; current episode moderate."\nAssessment and plan\n'
        "Mood: better.\nGout: same."
    )
    assert codes(text) == ["F33.1", "M10.9"]
