"""The course of a depression: a response is no remission, and a remission denied is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Major depressive disorder, recurrent, moderate - partial response", "F33.1"),
        ("MDD, recurrent, moderate: partial response, not in remission", "F33.1"),
        ("MDD, recurrent, in partial remission", "F33.41"),
        ("Major depressive disorder, single episode, in full remission", "F32.5"),
    ],
)
def test_a_response_is_no_remission(line: str, code: str, codes: Codes) -> None:
    assert codes(f"Assessment\n1. {line}\n") == [code]
