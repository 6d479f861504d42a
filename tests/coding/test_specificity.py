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
