"""Each eye must be coded at its own stage."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("POAG OD, moderate\nPOAG OS, mild", {"H40.1112", "H40.1121"}),
        ("POAG, severe OD, moderate OS", {"H40.1113", "H40.1122"}),
        ("Primary open angle glaucoma, both eyes, mild stage", {"H40.1131"}),
        ("Normal tension glaucoma, moderate, right eye", {"H40.1212"}),
    ],
)
def test_each_eye_at_its_stage(told: str, expected: set[str], codes: Callable[..., list[str]]) -> None:
    found = codes(f"Assessment\n{told}\nPlan: continue latanoprost.")
    assert {code for code in found if code.startswith("H40")} == expected


def test_each_eye_by_the_words_of_its_clause(codes: Callable[..., list[str]]) -> None:
    told = "Exudative AMD, right eye with active choroidal neovascularization, left eye with inactive scar"
    assert codes(f"Assessment\n{told}\nPlan: continue.") == ["H35.3211", "H35.3223"]
