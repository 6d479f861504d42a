"""Where and on whose time an injury came about is told by the sentence of its cause (Section I.C.20)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("story", "place"),
    [
        (
            "In the kitchen of the restaurant his knife slipped. His last tetanus shot was in high school.",
            "Y92.511",
        ),
        ("Mopping. Own kitchen (detached house). Slipped, landed on his left hand.", "Y92.010"),
        ("Slipped and fell in the kitchen of her own house.", "Y92.010"),
    ],
)
def test_the_place_is_that_of_the_cause(story: str, place: str, codes: Codes) -> None:
    found = codes(f"HPI: {story}\nDx: Laceration of left index finger.", "ed")
    assert [code for code in found if code.startswith("Y92")] == [place]


@pytest.mark.parametrize(
    ("course", "character"),
    [
        ("ED course: closed reduction, splint. NV recheck intact.", "A"),
        ("HPI: here for recheck of the fracture of last month.", "D"),
    ],
)
def test_a_look_at_the_nerves_after_a_splint_is_no_later_visit(
    course: str, character: str, codes: Codes
) -> None:
    (code,) = codes(f"{course}\nDx: Right Colles fracture, closed.", "ed")
    assert code == f"S52.531{character}"


def test_ruling_out_is_no_right_side(codes: Codes) -> None:
    found = codes("Impression: left wrist sprain, r/o occult scaphoid fx.")
    assert found == ["S63.502A"]


def test_a_burn_that_healed_long_ago_is_none_of_today(codes: Codes) -> None:
    found = codes(
        "He mentions a burn on his right forearm from last winter which has long since healed.\n"
        "My impression is a simple laceration of the left index finger."
    )
    assert found == ["S61.211A"]
