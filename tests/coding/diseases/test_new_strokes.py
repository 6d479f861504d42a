"""A stay that lists its own stroke codes that one, with the side of its artery, beside an earlier one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("note", "wanted"),
    [
        (
            "PMH: stroke 2019, no residual.\nDischarge dx: Acute infarct left MCA, right hemiparesis, aphasia",
            ["I63.512", "G81.91", "R47.01"],
        ),
        ("Discharge dx:\n1. Right hemiparesis from acute left MCA infarct", ["I63.512", "G81.91"]),
        (
            "PMH: stroke 2019, left hemiparesis since.\nDischarge dx: Pneumonia. Left hemiparesis from it",
            ["J18.9", "I69.354"],
        ),
    ],
)
def test_deficits_are_of_the_stroke_of_the_stay(note: str, wanted: list[str], codes: Codes) -> None:
    assert codes(note, "inpatient") == wanted
