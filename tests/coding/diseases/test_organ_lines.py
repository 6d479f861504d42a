"""A plan by organ must take up the illness that the story names, and no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]
_STORY = "HPI: 70-year-old man. He has hypothyroidism and essential hypertension. Colds are over.\n\n"


@pytest.mark.parametrize("line", ["Thyroid: at goal, refill.", "Thyroid - same dose.", "Thyroid is fine."])
def test_the_organ_calls_up_its_illness(line: str, codes: Codes) -> None:
    assert codes(f"{_STORY}A/P: Acute bronchitis, honey and rest.\n{line}") == ["J20.9", "E03.9"]


def test_an_organ_within_a_sentence_calls_up_nothing(codes: Codes) -> None:
    assert codes(f"{_STORY}A/P: Acute bronchitis, honey and rest.\nShe asked for thyroid pamphlets.") == [
        "J20.9"
    ]
