"""A burn whose diagnosis leaves the degree open takes it from the findings."""

from __future__ import annotations

from collections.abc import Callable


def test_the_findings_tell_the_degree(codes: Callable[..., list[str]]) -> None:
    note = (
        "Exam: second-degree burn of the back of the right hand. First-degree burn of the right forearm.\n"
        "Dx: burns R hand and forearm."
    )
    assert {code for code in codes(note, "ed") if code[0] == "T"} == {"T23.261A", "T22.111A"}
