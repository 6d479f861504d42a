"""What is ruled out beside an illness takes the illness away."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("diagnosis", "expected"),
    [
        ("Transient ischemic attack (stroke ruled out, MRI negative)", "G45.9"),
        ("COPD, exacerbation ruled out", "J44.9"),
        ("COPD (exacerbation not felt present)", "J44.9"),
        ("Sacral pressure ulcer stage 2, infection not present", "L89.152"),
        ("Left ovarian cyst, torsion ruled out", "N83.202"),
        ("Atypical chest pain (MI ruled out)", "R07.89"),
        ("Pneumonia (empyema ruled out by CT)", "J18.9"),
    ],
)
def test_the_illness_stays(diagnosis: str, expected: str, codes: Callable[..., list[str]]) -> None:
    assert codes(f"Discharge diagnosis: {diagnosis}", "inpatient") == [expected]


@pytest.mark.parametrize("diagnosis", ["COPD exacerbation ruled out", "ACS, PE and dissection ruled out"])
def test_what_is_ruled_out_itself_goes(diagnosis: str, codes: Callable[..., list[str]]) -> None:
    assert codes(f"Discharge diagnosis: {diagnosis}", "inpatient") == []
