"""A site written before a colon belongs to the disorder behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Right hip: primary osteoarthritis, end stage", "M16.11"),
        ("Left knee: osteoarthritis, flare", "M17.12"),
    ],
)
def test_the_site_counts(line: str, code: str, codes: Callable[..., list[str]]) -> None:
    assert codes(f"Impression\n1. {line}.")[:1] == [code]
