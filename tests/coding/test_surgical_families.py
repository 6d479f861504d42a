"""Surgery, birth, children and injuries: each case is a fault that a coder would see."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Closed, dorsally angulated Colles fracture of the right distal radius", {"S52.531A"}),
        ("nail avulsion left ring finger", {"S61.305A"}),
        ("FDP laceration zone 2, left index finger", {"S66.121A"}),
        ("Second degree burns of the chest, abdomen and left forearm", {"T21.21XA", "T21.22XA", "T22.212A"}),
        ("burn of both hands, second degree", {"T23.201A", "T23.202A"}),
        ("Venous stasis ulcer right ankle, fat layer exposed", {"I83.013", "L97.312"}),
        ("occlusal caries penetrating into pulp #30", {"K02.53"}),
        ("SNHL bilat, age related", {"H90.3"}),
        ("COPD, severe, no exacerbation", {"J44.9"}),
        ("furuncle of right thigh", {"L02.425"}),
        ("Childhood obesity, BMI 98th percentile", {"E66.9", "Z68.54"}),
        ("Class 2 obesity, BMI 125% of the 95th percentile", {"E66.812", "Z68.55"}),
    ],
)
def test_a_line_is_coded_by_all_that_it_names(
    line: str, code: set[str], codes: Callable[..., list[str]]
) -> None:
    assert set(codes(f"Assessment:\n1. {line}\n")) == code


@pytest.mark.parametrize(("said", "code"), [("di-di", "O30.043"), ("mo-di", "O30.033"), ("MCMA", "O30.013")])
def test_the_list_may_leave_the_placentas_of_twins_to_the_story(
    said: str, code: str, codes: Callable[..., list[str]]
) -> None:
    found = codes(f"G1P0 at 30w2d, {said} twins.\nAssessment:\n1. Twins: concordant growth.\n")
    assert code in found and "O30.003" not in found


def test_complications_that_were_talked_over_are_not_there(codes: Callable[..., list[str]]) -> None:
    note = "Impression: thyroid nodule, right. We discussed nerve injury, hypocalcemia and bleeding.\n"
    assert codes(note) == ["E04.1"]


def test_what_the_film_says_of_displacement_counts(codes: Callable[..., list[str]]) -> None:
    note = (
        "HPI: fell 4 wk ago. Nondisplaced R fifth metatarsal fracture, in a boot.\n"
        "Assessment:\n1. Fifth metatarsal fracture, healing\n"
    )
    assert any(code.startswith("S92.354") for code in codes(note))


def test_a_cause_goes_with_the_episode_of_a_slow_healing_injury(codes: Callable[..., list[str]]) -> None:
    note = (
        "HPI: eleven weeks after he fell from a ladder, in a walking boot.\n"
        "Impression: nondisplaced fracture of the lateral malleolus, left, with delayed healing.\n"
    )
    assert set(codes(note)) == {"S82.65XG", "W11.XXXD"}


def test_a_teacher_of_some_age_is_the_patient(codes: Callable[..., list[str]]) -> None:
    note = "Routine postoperative visit, 34-year-old teacher s/p laparoscopic cholecystectomy 8/31.\n"
    assert set(codes(note)) == {"Z48.815", "Z90.49"}
