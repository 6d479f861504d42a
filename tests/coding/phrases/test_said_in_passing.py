"""COVID-19 that a story tells in passing is no illness of today; one the patient has is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


@pytest.mark.parametrize(
    "told",
    [
        "COVID twice, last in January.",
        "He missed his spring visit because of COVID.",
        "Had COVID shots at work.",
        "Worked from home since COVID.",
    ],
)
def test_covid_of_the_times_is_not_coded(told: str, codes: Codes) -> None:
    assert codes(f"HPI: {told}\nHypertension at goal.") == ["I10"]


@pytest.mark.parametrize(
    "told", ["Home COVID test positive yesterday.", "45M with COVID, day 3 of cough.", "Has COVID."]
)
def test_covid_that_the_patient_has_is(told: str, codes: Codes) -> None:
    assert codes(f"HPI: {told}\nSupportive care.")[0] == "U07.1"


def test_unresponsive_to_treatment_is_no_coma(codes: Codes) -> None:
    assert codes("A: Chronic pansinusitis, unresponsive to proper medical treatment.") == ["J32.4"]
    assert "R40.20" in codes("A: Patient unresponsive to painful stimuli.")
