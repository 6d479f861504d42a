"""A drug that the story blames for what the list takes up must be coded beside it, and no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("note", "wanted"),
    [
        ("HPI: 50 F. Hot flushes from tamoxifen.\nA/P:\n1. Hot flushes: venlafaxine.", ["R23.2", "T38.6X5A"]),
        ("HPI: constipation from oxycodone.\nA/P:\n1. Constipation - senna.", ["K59.03", "T40.2X5A"]),
        ("HPI: nausea from oxycodone.\nA/P:\n1. Gout.", ["M10.9"]),
        ("HPI: no tremor from lithium.\nA/P:\n1. Tremor.", ["R25.1"]),
    ],
)
def test_the_story_may_blame_a_drug(note: str, wanted: list[str], codes: Codes) -> None:
    assert codes(note) == wanted
