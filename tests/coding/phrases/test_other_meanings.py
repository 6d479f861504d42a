"""A test, a clinic, a tool or a piece of advice that is named like a disease must not be coded as one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


def _diagnoses(codes: Codes, text: str) -> list[str]:
    return [code for code in codes(text) if (code[1:3].isdecimal() and "." in code) or code == "I10"]


@pytest.mark.parametrize(
    "line",
    [
        "Urine, throat and rectal gonorrhea/chlamydia, syphilis serology sent.",
        "Follow up in the concussion clinic, head injury sheet given.",
        "Changes a pad an hour at worst.",
        "Doppler of the legs: reflux, no clot.",
        "Tai chi twice a week, runs 12 mi/wk.",
        "Weight loss goal 5 kg.",
        "PSA 0.4, repeat in 3 months.",
        "Sunscreen on the scar.",
        "Risk reviewed (CMS/HCC).",
        "Rheumatoid factor by latex was 54.",
        "Leiomyoma of the scalp, observed.",
    ],
)
def test_a_name_that_stands_for_something_else_is_not_coded(line: str, codes: Codes) -> None:
    assert _diagnoses(codes, f"ASSESSMENT\n1. Hypertension, at goal.\n\n{line}") == ["I10"]


@pytest.mark.parametrize(
    ("growth", "code"),
    [
        ("Bladder leiomyoma", "D30.3"),
        ("Leiomyoma of the esophagus", "D13.0"),
        ("Leiomyoma, low back pain", "D25.9"),
    ],
)
def test_a_growth_of_smooth_muscle_is_of_its_organ(growth: str, code: str, codes: Codes) -> None:
    found = codes(f"ASSESSMENT\n1. {growth}.")
    assert [one for one in found if one.startswith("D")] == [code]


def test_an_infection_that_a_test_found_is_coded(codes: Codes) -> None:
    assert "A74.9" in codes("ASSESSMENT\n1. Chlamydia, NAAT positive")


def test_the_infections_of_a_travel_visit_are_those_to_keep_off(codes: Codes) -> None:
    found = codes(
        "TRAVEL CLINIC. Kenya for two weeks. Malaria: atovaquone-proguanil. Dengue and rabies advice."
    )
    assert not [code for code in found if code[0] in "AB"]
