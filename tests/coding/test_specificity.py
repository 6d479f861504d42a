"""A list that names a disease short must take the story's exact name, and no other disease."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("story", "listed", "code"),
    [
        (
            "HPI: duplex showed acute deep vein thrombosis of the right femoral vein.",
            "DVT, on apixaban",
            "I82.411",
        ),
        ("HPI: NSTEMI August 28, stented.", "Recent heart attack, recovering", "I21.4"),
        ("PMH: Factor V Leiden", "Thrombophilia: hold apixaban", "D68.51"),
        ("HPI: bilateral primary knee osteoarthritis.", "OA, stable", "M17.0"),
        ("HPI: has relapsing-remitting multiple sclerosis.", "MS, stable", "G35.A"),
    ],
)
def test_the_story_tells_what_the_list_leaves_open(story: str, listed: str, code: str, codes: Codes) -> None:
    found = codes(f"{story}\nAssessment: {listed}.")
    assert found[0] == code
    assert len([one for one in found if one[0] == code[0]]) == 1


def test_a_state_under_a_problem_counts_and_what_is_ahead_does_not(codes: Codes) -> None:
    text = "Assessment and plan\n1. ESRD. HD MWF, tolerates it.\n2. Aortic stenosis. {}\n3. Gout."
    assert "Z99.2" in codes(text.format("No symptoms."))
    assert "Z95.2" not in codes(text.format("Heart team is planning a prosthetic valve."))


def test_an_entry_headed_by_an_organ_is_named_by_its_second_sentence(codes: Codes) -> None:
    text = (
        "Assessment and plan\n1) Kidneys. Chronic kidney disease stage 4, stable.\n2) Gout, on allopurinol."
    )
    assert codes(text) == ["N18.4", "M10.9"]


def test_a_title_that_says_the_part_stands_before_the_unspecified_one(codes: Codes) -> None:
    text = (
        "Dear Dr. Park,\nShe has Crohn's disease of the terminal ileum, in remission. Her Crohn's is quiet."
    )
    assert [code for code in codes(text) if code.startswith("K50")] == ["K50.00"]


def test_the_biopsy_tells_the_region_of_a_cancer_that_the_list_names_bare(codes: Codes) -> None:
    text = (
        "PATH: BCC, nodular, L nasal ala.\nExam: scar.\nAssessment:\n1. BCC as above, Mohs.\n"
        "2. Inflamed seborrheic keratosis."
    )
    assert codes(text) == ["C44.311", "L82.0"]


def test_lines_behind_a_rule_are_the_assessment_where_nothing_else_is(codes: Codes) -> None:
    text = "HPI: Seropositive RA.\nExam: wrists limited.\n---\nRA, moderate activity: switch.\nGout: same."
    assert codes(text) == ["M05.79", "M10.9"]


def test_poor_control_in_the_next_breath_joins_its_diabetes(codes: Codes) -> None:
    assert "E11.65" in codes("Assessment:\nDM2 with diabetic CKD 3b. Poorly controlled, hyperglycemia.")


def test_both_sides_stay_both_where_one_is_worse(codes: Codes) -> None:
    assert codes("IMP\n  primary osteoarthritis, both knees, R worse than L") == ["M17.0"]


def test_lows_and_eyes_of_a_list_belong_to_the_diabetes_of_the_story(codes: Codes) -> None:
    text = (
        "29 y.o. woman, type 1 diabetes since age 9.\n\nIssues\n(1) Lows. Two per week of hypoglycemia without coma.\n"
        "(2) Eyes. mild nonproliferative retinopathy both eyes, no macular edema.\n"
    )
    assert codes(text) == ["E10.649", "E10.3293"]


def test_weeks_after_birth_are_no_weeks_of_the_pregnancy(codes: Codes) -> None:
    text = "OB visit G3P2002   33w2d\nA/P:\n- GDM A1, diet controlled. 75 g at 6-12 wk pp.\n"
    assert "Z3A.33" in codes(text)
