"""Who cuts herself has no accident with the razor."""

from __future__ import annotations

from collections.abc import Callable

from cleanclaim.coding.records import CodingResult


def test_a_cut_on_purpose(coder: Callable[..., CodingResult]) -> None:
    note = (
        "17F cut her left forearm with a razor last night to feel better.\n"
        "Dx:\n- Laceration of the left forearm\n- Nonsuicidal self-harm"
    )
    codes = [one.code for one in coder(note).suggestions if one.status == "suggested"]
    assert codes[0] == "S51.812A" and {"R45.88", "X78.8XXA"} <= set(codes) and "W26.8XXA" not in codes
