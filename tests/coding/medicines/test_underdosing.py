"""Less of a drug because of its price is underdosing wherever the story tells it (Section I.C.19.e.5.c)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    "told",
    [
        "She has been taking lisinopril every third day since April because she cannot pay for it.",
        "She has been skipping lisinopril because of cost.",
        "She stopped lisinopril in May because she could not pay for the refill.",
        "She stretches her lisinopril, can't afford the refill.",
    ],
)
def test_the_story_tells_less_of_a_drug_for_its_price(told: str, codes: Codes) -> None:
    assert codes(f"HPI: {told}\nA: Hypertension, uncontrolled.") == ["I10", "T46.4X6A", "Z91.120"]


@pytest.mark.parametrize(
    "told",
    [
        "Takes prednisone every other day. Cost was discussed.",
        "Her lisinopril copay is 5 dollars; takes it daily.",
    ],
)
def test_a_price_or_a_rhythm_alone_is_no_underdosing(told: str, codes: Codes) -> None:
    assert codes(f"HPI: {told}\nA: Hypertension.") == ["I10"]


def test_what_stands_between_from_and_the_drug_hides_no_adverse_effect(codes: Codes) -> None:
    text = "A: Hypokalemia, taken as prescribed and from the higher torsemide dose. This explains the cramps."
    assert codes(text) == ["E87.6", "T50.1X5A"]
