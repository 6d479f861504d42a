"""Prolonged time, critical care units and visits at a distance, beside the code of the visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from cleanclaim.coding.records import CodingResult, VisitLevel

Coder = Callable[..., CodingResult]

OFFICE = "Established patient with stable hypothyroidism. Continue levothyroxine. {}"
ICU = "ICU note, hospital day 2. Septic shock on pressors. {}"


def level(coder: Coder, text: str, setting: str = "outpatient") -> VisitLevel:
    found = coder(text, setting).em
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("said", "add_ons"),
    [
        ("Total time today 54 minutes.", ()),
        ("Total time today 55 minutes.", (("99417", 1),)),
        ("Total time today 70 minutes.", (("99417", 2),)),
        ("Medicare. Total time today 68 minutes.", ()),
        ("Medicare. Total time today 69 minutes.", (("G2212", 1),)),
    ],
)
def test_prolonged_time_begins_where_the_payer_counts_it(
    coder: Coder, said: str, add_ons: tuple[tuple[str, int], ...]
) -> None:
    found = level(coder, OFFICE.format(said))
    assert (found.code, found.by, found.add_ons) == ("99215", "time", add_ons)


@pytest.mark.parametrize(
    ("said", "add_ons"),
    [
        ("Critical care time 74 minutes.", ()),
        ("Critical care time 75 minutes.", (("99292", 1),)),
        ("Critical care time 110 minutes.", (("99292", 2),)),
        ("Medicare. Critical care time 103 minutes.", ()),
        ("Medicare. Critical care time 104 minutes.", (("99292", 1),)),
    ],
)
def test_second_code_of_critical_care(coder: Coder, said: str, add_ons: tuple[tuple[str, int], ...]) -> None:
    found = level(coder, ICU.format(said), "inpatient")
    assert (found.code, found.add_ons) == ("99291", add_ons)


def test_audio_only_takes_93_and_names_the_code_of_other_payers(coder: Coder) -> None:
    found = level(coder, "Telephone visit, audio only. " + OFFICE.format(""))
    assert found.modifiers == ("93",)
    assert any("98013" in reason.text for reason in found.because)


def test_an_office_visit_takes_no_modifier_of_distance(coder: Coder) -> None:
    assert level(coder, OFFICE.format("She saw a video about her thyroid.")).modifiers == ()


@pytest.mark.parametrize(
    "text",
    [
        "Immunization only. Flu vaccine IM left deltoid. No provider visit today. Lot and VIS recorded.",
        "Refill request by fax for metformin, approved, chart reviewed, patient not seen by anyone today.",
        "RN visit for allergy immunotherapy injection, 0.3 mL, left arm, no reaction after thirty minutes.",
        "12-LEAD ECG REPORT. Rate 72, sinus rhythm, axis normal. Impression: normal ECG.",
        "INFUSION RECORD. Infliximab 400 mg over two hours. Vital signs stable. No reaction.",
    ],
    ids=["vaccine", "refill", "injection", "ecg", "infusion"],
)
def test_what_is_no_visit_has_no_level_and_says_why(coder: Coder, text: str) -> None:
    result = coder(text)
    assert result.em is None
    assert result.because


def test_nursing_minutes_are_those_of_the_date() -> None:
    from cleanclaim.coding.lexicon import evaluation
    from cleanclaim.coding.visit.level import minutes_of

    table = evaluation()
    assert minutes_of(table, "nursing_subsequent", dt.date(2023, 6, 1))["99308"] == 15
    assert minutes_of(table, "nursing_subsequent", dt.date(2024, 1, 1))["99308"] == 20
