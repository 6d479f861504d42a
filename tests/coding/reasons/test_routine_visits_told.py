"""First visits of newborns, screening at a gynecological examination, warnings at the end, in the words of offices."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleanclaim.coding.records import CodingResult


def _codes(result: CodingResult) -> list[str]:
    return [one.code for one in result.suggestions if one.status == "suggested"]


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        (
            "First visit, 5 days old.\nBirth history: Hep B given.\nDx: Neonatal jaundice. Breastfeeding difficulty.",
            ["Z00.110", "P59.9", "P92.5"],
        ),
        ("Baby check day 7, first appointment after birth.\nAssessment: Newborn check, normal.", ["Z00.110"]),
        (
            "38F, first visit to our office, here with her 5 day old cough.\nAssessment: Acute bronchitis.",
            ["J20.9"],
        ),
    ],
)
def test_the_first_visit_of_a_newborn(
    coder: Callable[..., CodingResult], note: str, codes: list[str]
) -> None:
    assert _codes(coder(note)) == codes


def test_what_is_collected_for_screening_at_the_annual_examination(
    coder: Callable[..., CodingResult],
) -> None:
    note = (
        "41F, annual well-woman exam. Last pap 2021, HPV neg.\nFH: mother stroke\n\n"
        "o/ breasts nl. pap + HPV co-test for screening collected\n\n"
        "a/p\n annual exam\n cervical polyp - new, nothing suspicious for cancer\n IUD check - strings in place"
    )
    assert _codes(coder(note))[0] == "Z01.411"
    assert {"N84.1", "Z11.51", "Z30.431"} <= set(_codes(coder(note)))


@pytest.mark.parametrize(
    "warning",
    [
        "Soaking two pads an hour, fever, or fainting: emergency department.",
        "Fever 38.0 C = ER.",
        "Warn: fever, fainting.",
        "Fainting -> ER now.",
    ],
)
def test_a_warning_is_no_finding(coder: Callable[..., CodingResult], warning: str) -> None:
    note = f"HPI: heavy periods.\nAssessment and plan:\nIron deficiency anemia. Iron daily.\n{warning}\n"
    assert _codes(coder(note)) == ["D50.9"]


def test_an_infection_that_is_unlikely_is_not_coded(coder: Callable[..., CodingResult]) -> None:
    note = "a/p: acute cystitis. STI unlikley, not sent. BV doubtful."
    assert _codes(coder(note)) == ["N30.00"]


def test_an_organism_in_the_name_of_the_disease_is_not_coded_again(
    coder: Callable[..., CodingResult],
) -> None:
    note = "HPI: cough. The rapid antigen for RSV is positive.\nDiagnoses are: RSV bronchiolitis."
    assert _codes(coder(note)) == ["J21.0"]


def test_nicotine_from_an_electronic_cigarette(coder: Callable[..., CodingResult]) -> None:
    note = "Assessment:\n1. Acute bronchitis\n2. Nicotine dependence, vape (e-cigarette) daily - patch"
    assert "F17.290" in _codes(coder(note)) and "F17.210" not in _codes(coder(note))


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("Dx: Infected sebaceous cyst of the back.\nER - sudden pain, vomiting", ["L72.3"]),
        ("30F cat bite.\nDx: open bite L index finger w/o nail damage.", ["S61.251A"]),
        ("I saw her for her yearly gynecologic examination. The pelvis was normal.", ["Z01.419"]),
        ("Here's what I think: right ovarian cyst. Endometriosis possible if pain persists.", ["N83"]),
        ("Weight check\nAge: 12 days\nImpression: Newborn jaundice resolving.", ["Z00.111"]),
    ],
)
def test_what_the_words_around_it_say(
    coder: Callable[..., CodingResult], note: str, codes: list[str]
) -> None:
    found = _codes(coder(note))
    assert [code for code in found if code.startswith(tuple(codes))] and not {
        "R10.9",
        "R11.10",
        "N80.9",
    } & set(found)
