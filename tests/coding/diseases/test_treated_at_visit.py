"""What the findings tell together with its treatment counts; what was treated before or may be later does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]
_LIST = "\n\nDx: tinnitus both sides."


@pytest.mark.parametrize(
    ("finding", "code"),
    [
        ("R: hard wax, impacted cerumen R, removed under the microscope w/ curette.", "H61.21"),
        ("L: impacted cerumen L, irrigated with warm water.", "H61.22"),
    ],
)
def test_a_finding_treated_at_once_is_coded(finding: str, code: str, codes: Codes) -> None:
    assert code in codes(f"ENT visit.\n\nOtoscopy\n  {finding}{_LIST}")


@pytest.mark.parametrize(
    "finding",
    [
        "R: impacted cerumen was removed last year, clear today.",
        "R: impacted cerumen, to be removed next month.",
    ],
)
def test_what_was_treated_at_another_time_is_not(finding: str, codes: Codes) -> None:
    assert not any(code.startswith("H61") for code in codes(f"ENT visit.\n\nOtoscopy\n  {finding}{_LIST}"))
