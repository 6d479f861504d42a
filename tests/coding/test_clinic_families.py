"""Families told by the words of a line: each case is a fault that a coder would see."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest

_ON = dt.date(2026, 9, 14)


def _codes(note: str, book: CodeBook) -> list[str]:
    result = suggest(note, setting=Setting.OUTPATIENT, on=_ON, book=book)
    return [one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"]


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        ("blepharitis both eyes upper and lower lids", ["H01.00A", "H01.00B"]),
        ("sensorineural hearing loss, left, unrestricted on right", ["H90.42"]),
        ("POAG OS moderate, OD mild", ["H40.1111", "H40.1122"]),
        ("nuclear cataract OD > OS", ["H25.13"]),
        ("AOM L with perforation", ["H66.012"]),
        ("AOM left, OME right", ["H65.91", "H66.92"]),
        ("temporal lobe epilepsy, drug-resistant", ["G40.219"]),
        ("chronic migraine w/ status migrainosus", ["G43.701"]),
        ("migraine with aura, not intractable", ["G43.109"]),
        ("Parkinson's with wearing off fluctuations, no dyskinesia", ["G20.A2"]),
        ("Alzheimer's disease with early onset", ["F02.80", "G30.0"]),
        ("MCI due to Alzheimer's disease", ["F06.70", "G30.9"]),
        ("severe depression with psychosis, first episode", ["F32.3"]),
        ("major depression, recurrent, partially remitted", ["F33.41"]),
        ("T1DM with moderate NPDR with macular edema OS", ["E10.3312"]),
        ("substance-induced psychosis from methamphetamine use disorder, severe", ["F15.259"]),
        ("mother with ovarian cancer", ["Z80.41"]),
        ("family history of premature CAD in father", ["Z82.49"]),
        ("annual exam with abnormal finding: thyroid nodule", ["E04.1", "Z00.01"]),
        ("dietary counseling for obesity", ["E66.9", "Z71.3"]),
        ("phantom limb pain", ["G54.6"]),
        ("cystocele and rectocele", ["N81.10", "N81.6"]),
        ("myopia with astigmatism OU", ["H52.13", "H52.203"]),
    ],
)
def test_a_line_is_coded_by_all_it_says(line: str, codes: list[str], book: CodeBook) -> None:
    assert sorted(_codes(f"ASSESSMENT\n1. {line}\n", book)) == codes


@pytest.mark.parametrize(
    ("note", "absent"),
    [
        (
            "HPI: had a skin check in May, flu shot last fall.\nASSESSMENT\n1. Acne vulgaris\n",
            {"Z12.83", "Z23"},
        ),
        ("ASSESSMENT\n1. Acne vulgaris\n2. Schedule screening mammogram next month\n", {"Z12.31"}),
        ("ASSESSMENT\n1. Generalized anxiety disorder\nGAD-7 today 4. She does her exercises.\n", {"R06.09"}),
        (
            "ASSESSMENT\n1. Dementia, moderate, without psychotic disturbance, mood disturbance, and anxiety\n",
            {"F41.9", "F03.B4"},
        ),
        ("ASSESSMENT\n1. Acne\nPLAN: Tdap at the next visit, declined the flu vaccine.\n", {"Z23"}),
    ],
)
def test_what_is_told_ordered_or_denied_is_not_coded(note: str, absent: set[str], book: CodeBook) -> None:
    assert not absent & set(_codes(note, book))


def test_bullets_behind_the_findings_are_the_assessment(book: CodeBook) -> None:
    note = (
        "STROKE CLINIC\n71 M, walks with a cane. No falls.\nMeds: apixaban\nPulse irregular, speech fluent.\n"
        "* Chronic atrial fibrillation: rate fine, stay on apixaban\n* Hypertension: at goal\n"
    )
    assert _codes(note, book)[:2] == ["I48.20", "I10"]


def test_a_vaccine_given_today_is_an_immunization_whatever_it_is_called(book: CodeBook) -> None:
    note = "24 MONTH CHECK-UP\nASSESSMENT\n1. Well child.\nPLAN\nHepatitis A #2 given today, tolerated.\n"
    assert "Z23" in _codes(note, book)
