"""What is taken for long must be told from what is only thought of, and from a course of days."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Her giant cell arteritis is quiet. She remains on prednisone, now in its eighth month.", "Z79.52"),
        (
            "Imp: Bipolar I disorder, depressed, moderate. Keep lithium nightly, to be continued long term.",
            "Z79.899",
        ),
        ("Chronic pain syndrome. Regimen: morphine ER 15 mg q12h, 4th year.", "Z79.891"),
    ],
)
def test_a_medicine_counted_in_months_or_years_is_long(text: str, code: str, codes: Codes) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Her giant cell arteritis is quiet. I considered tocilizumab and hold it in reserve; she has not had it.",
        "His rheumatoid arthritis is active. I recommend adalimumab.",
        "Imp: rheumatoid arthritis flare. Prednisone 20 mg ten days.",
    ],
)
def test_what_is_thought_of_or_taken_for_days_is_not(text: str, codes: Codes) -> None:
    assert not any(code.startswith("Z79") for code in codes(text))
