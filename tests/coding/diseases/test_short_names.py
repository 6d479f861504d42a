"""A plan by organ, by value or by a short name must take up the illness that the story names, and no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]
_STORY = "HPI: 70-year-old man. He has hypothyroidism and essential hypertension. Colds are over.\n\n"
_STONE = "HPI: 40-year-old man. He has a kidney stone on the left. Father had gout.\n\n"


@pytest.mark.parametrize("line", ["Thyroid: at goal, refill.", "Thyroid - same dose.", "Thyroid is fine."])
def test_the_organ_calls_up_its_illness(line: str, codes: Codes) -> None:
    assert codes(f"{_STORY}A/P: Acute bronchitis, honey and rest.\n{line}") == ["J20.9", "E03.9"]


def test_an_organ_within_a_sentence_calls_up_nothing(codes: Codes) -> None:
    assert codes(f"{_STORY}A/P: Acute bronchitis, honey and rest.\nShe asked for thyroid pamphlets.") == [
        "J20.9"
    ]


@pytest.mark.parametrize("title", ["The stone.", "His stone, still painful.", "Stones remain."])
def test_a_title_calls_the_disease_of_the_story_by_its_short_name(title: str, codes: Codes) -> None:
    assert codes(f"{_STONE}Assessment and plan:\n1. Acute bronchitis, rest.\n2. {title}") == [
        "J20.9",
        "N20.0",
    ]


def test_a_title_that_opens_a_longer_name_calls_up_nothing(codes: Codes) -> None:
    assert codes(f"{_STONE}Assessment and plan:\n1. Acute bronchitis, rest.\n2. Stone bruise pamphlet.") == [
        "J20.9"
    ]
