"""A stent that the report itself put in is no status; one of another year is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]
_REPORT = (
    "CARDIAC CATHETERIZATION REPORT\nIndication: unstable angina.\nConclusions: 1. CAD with unstable angina, "
)


@pytest.mark.parametrize(
    ("said", "coded"), [("s/p DES to LAD.", False), ("prior coronary stent of 2019 patent.", True)]
)
def test_only_an_earlier_stent_is_a_status(said: str, coded: bool, codes: Codes) -> None:
    assert ("Z95.5" in codes(_REPORT + said)) is coded
