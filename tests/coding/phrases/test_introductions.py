"""What the visit was for goes before what the sentence about the patient lists; drugs are no injuries."""

from __future__ import annotations

from collections.abc import Callable

from cleanclaim.coding.records import CodingResult

Coder = Callable[..., CodingResult]

PATIENT = "Jan Example is a 57-year-old male with a past medical history significant for gout and migraines, who {}."


def _codes(result: CodingResult) -> list[str]:
    return [one.code for one in result.suggestions if one.status == "suggested"]


def test_a_history_in_the_first_sentence_does_not_come_first(coder: Coder) -> None:
    told = PATIENT.format("presents with back pain")
    note = f"ASSESSMENT AND PLAN\n\n{told}\n\nAcute lumbar strain.\nRest.\n\nGout.\nAllopurinol."
    assert _codes(coder(note))[:2] == ["S39.012A", "M10.9"]


def test_where_nothing_else_is_said_its_order_stands(coder: Coder) -> None:
    assert _codes(coder(f"ASSESSMENT\n\n{PATIENT.format('is seen today')}"))[0] == "M10.9"


def test_a_fracture_called_neither_is_displaced(coder: Coder) -> None:
    assert _codes(coder("Assessment: Right middle finger distal phalanx fracture."))[0] == "S62.632A"
    assert (
        _codes(coder("Assessment: Nondisplaced fracture of distal phalanx of right middle finger."))[0]
        == "S62.662A"
    )
