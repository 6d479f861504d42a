"""The yard, the steps or the bedroom beside the words of the home, and what ice has to do with stairs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.coding.records import CodingResult


@pytest.mark.parametrize(
    ("story", "codes"),
    [
        (
            "Was clearing roof gutters, back yard of own single-family house, fell off a ladder.",
            {"Y92.017", "Y93.H9", "W11.XXXA"},
        ),
        ("Slipped on icy front steps of his house.", {"Y92.018", "W00.1XXA"}),
        ("Fell on stairs at home.", {"W10.9XXA"}),
    ],
)
def test_where_a_fall_was(coder: Callable[..., CodingResult], story: str, codes: set[str]) -> None:
    note = (
        f"HPI: {story} Right ankle pain.\nDx: Nondisplaced fracture of the right lateral malleolus, closed."
    )
    assert codes <= {one.code for one in coder(note).suggestions if one.status == "suggested"}
