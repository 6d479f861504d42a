"""What a visit itself is coded with: aftercare, screenings, vaccines, histories, medicines taken for long."""

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
            "Six weeks out from right total knee replacement for arthritis. Mild swelling as expected.",
            ["Z47.1", "Z96.651"],
        ),
        (
            "Here for a routine postoperative visit after laparoscopic cholecystectomy two weeks ago for gallstones.",
            ["Z48.815", "Z90.49"],
        ),
        ("POSTOP VISIT\n2 wks s/p L THA for end-stage OA. Incision clean. WBAT.", ["Z47.1", "Z96.642"]),
    ],
)
def test_a_visit_after_an_operation_is_not_coded_with_what_the_operation_ended(
    coder: Callable[..., CodingResult], note: str, codes: list[str]
) -> None:
    assert _codes(coder(note)) == codes


@pytest.mark.parametrize(
    ("note", "given"),
    [
        ("A/P\n1. Pregnancy 30 weeks. Tdap given last visit.", False),
        ("A/P\n1. COPD. Flu shot in October.", False),
        ("A/P\n1. Type 2 diabetes. PCV20 given in left deltoid.", True),
    ],
)
def test_a_vaccine_of_another_day_is_none_of_this_visit(
    coder: Callable[..., CodingResult], note: str, given: bool
) -> None:
    assert ("Z23" in _codes(coder(note))) is given


def test_the_names_of_vaccines_are_no_illnesses(coder: Callable[..., CodingResult]) -> None:
    note = "Well child check, 12 months.\nA/P: Healthy. MMR, varicella and hep A given today."
    assert _codes(coder(note)) == ["Z00.129", "Z23"]


def test_a_screening_that_finds_an_adenoma_is_first_and_the_adenoma_by_its_place(
    coder: Callable[..., CodingResult],
) -> None:
    note = (
        "Indication: average-risk screening.\nPROCEDURE: Colonoscopy to the cecum. Ascending colon polyp, snare.\n"
        "IMPRESSION: 1) Ascending colon polyp, removed.\nADDENDUM: ascending colon: TUBULAR ADENOMA."
    )
    assert _codes(coder(note)) == ["Z12.11", "D12.2"]


@pytest.mark.parametrize(
    ("note", "code", "there"),
    [
        ("He has polycythaemia vera. His treatment is aspirin 75 mg daily for life.", "Z79.82", True),
        ("A/P\n1. CAD without angina. He is not on aspirin because of bleeding.", "Z79.82", False),
        ("A/P\n1. Hyperkalemia, type 2 diabetes. Given insulin and dextrose once.", "Z79.4", False),
    ],
)
def test_a_medicine_is_taken_for_long_where_the_note_says_so(
    coder: Callable[..., CodingResult], note: str, code: str, there: bool
) -> None:
    assert (code in _codes(coder(note))) is there


@pytest.mark.parametrize(
    ("note", "code", "there"),
    [
        ("S: ex-smkr, quit '04.\nA/P\n1. COPD.", "Z87.891", True),
        ("She quit nothing because she never smoked.\nA/P\n1. COPD.", "Z87.891", False),
        ("HPI: He had a heart attack in March 2021.\nA/P\n1. CAD without angina.", "I25.2", True),
        ("4 yo. Dad smokes in the house.\nA/P\n1. Acute otitis media right.", "Z77.22", True),
        ("4 yo. Nobody smokes in the house.\nA/P\n1. Acute otitis media right.", "Z77.22", False),
    ],
)
def test_histories_count_where_the_story_tells_them(
    coder: Callable[..., CodingResult], note: str, code: str, there: bool
) -> None:
    assert (code in _codes(coder(note))) is there


@pytest.mark.parametrize(
    "story",
    [
        "EXAM: Full body skin exam. Hearing exam normal.",
        "HPI: She had her well woman exam elsewhere in May.",
        "RESULTS: ICD interrogation: no therapies.",
        "SOCIAL HISTORY: Lives alone. Low income housing.",
    ],
)
def test_what_is_told_in_passing_is_no_reason_for_the_visit(
    coder: Callable[..., CodingResult], story: str
) -> None:
    assert _codes(coder(f"CC: heel pain.\n{story}\nASSESSMENT\n1. Plantar fasciitis.")) == ["M72.2"]


def test_what_the_patient_came_for_is_a_reason_in_any_section(coder: Callable[..., CodingResult]) -> None:
    note = "HPI: 34 F presents today for IUD insertion.\nPROCEDURE: Mirena placed without difficulty."
    assert "Z30.430" in _codes(coder(note))


def test_a_stent_of_the_past_is_told_beside_the_heart(coder: Callable[..., CodingResult]) -> None:
    note = "PMH: NSTEMI 2017 with stent.\nA/P\n1. CAD without angina."
    assert _codes(coder(note)) == ["I25.10", "I25.2", "Z95.5"]
    assert "Z95.5" not in _codes(coder("PMH: ureteral stent 2020.\nA/P\n1. CAD without angina."))


def test_several_adenomas_are_coded_where_the_polyps_were(coder: Callable[..., CodingResult]) -> None:
    note = (
        "Indications: Colon cancer screening.\nFindings: Two polyps, hepatic flexure and rectum, cold snare.\n"
        "Pathology: tubular adenomas. Withdrawal 9 min."
    )
    assert _codes(coder(note)) == ["Z12.11", "D12.3", "D12.8"]
