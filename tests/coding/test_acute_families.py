"""Faults of emergency, inpatient and birth records: one line each, as notes write it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.births.newborns import weeks_code
from cleanclaim.coding.injuries.burn_extent import extent_code
from cleanclaim.coding.medicines.blood_alcohol import alcohol_code
from cleanclaim.coding.medicines.drug_groups import drug_code, drug_groups
from cleanclaim.coding.suggest import suggest

_ON = dt.date(2026, 9, 14)


def _codes(text: str, setting: Setting, book: CodeBook) -> set[str]:
    result = suggest(text, setting=setting, on=_ON, book=book)
    return {one.code for one in result.suggestions if one.status == "suggested" and one.system == "ICD-10-CM"}


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Slipped on wet leaves and fell on the sidewalk.", {"W01.0XXA", "Y92.480"}),
        ("Tripped over a rug in the living room of her apartment and fell.", {"W01.0XXA", "Y92.038"}),
        (
            "Passenger in a car that was T-boned by a pickup truck at an intersection.",
            {"V43.63XA", "Y92.410"},
        ),
        ("Motorcyclist who lost control and hit a guardrail on the interstate.", {"V27.49XA", "Y92.411"}),
        ("Cut his hand with a table saw at work in a factory.", {"W31.2XXA", "Y92.63", "Y99.0"}),
        ("Ground level fall at the nursing home.", {"W18.30XA", "Y92.129"}),
        ("Denies any fall. No assault.", set()),
    ],
)
def test_the_story_tells_cause_place_and_status_of_an_injury(
    told: str, wanted: set[str], book: CodeBook
) -> None:
    note = f"ED NOTE\nHPI: 30 y/o male. {told}\nDIAGNOSIS: Contusion of left hip\n"
    assert _codes(note, Setting.ED, book) == wanted | {"S70.02XA"}


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Alcohol use disorder, severe, with intoxication", {"F10.229"}),
        ("Opioid withdrawal in opioid dependence", {"F11.23"}),
        ("Full-thickness burn of right lower leg", {"T24.331A"}),
        ("Fractures of left 5th and 6th ribs", {"S22.42XA"}),
        ("Open fracture of shaft of right tibia, type II, displaced", {"S82.201B"}),
        ("Embolic stroke of right posterior cerebral artery", {"I63.431"}),
        ("Inferior STEMI due to RCA occlusion", {"I21.11"}),
        ("Left hemiplegia, flaccid", {"G81.04"}),
        ("Severe sepsis with septic shock due to MRSA pneumonia", {"A41.02", "R65.21", "J15.212"}),
        ("Septic shock due to E. coli sepsis", {"A41.51", "R65.21"}),
        ("Intentional overdose of diphenhydramine", {"T45.0X2A"}),
        ("Rash due to amoxicillin, adverse effect", {"L27.0", "T36.0X5A"}),
        ("Hypertensive urgency from intentional underdosing of losartan because of cost", None),
    ],
)
def test_a_diagnosis_is_read_by_its_parts(line: str, wanted: set[str] | None, book: CodeBook) -> None:
    given = _codes(f"EMERGENCY DEPARTMENT NOTE\nFinal diagnoses:\n1. {line}\n", Setting.ED, book)
    if wanted is None:
        assert given == {"I16.0", "T46.5X6A", "Z91.120"}
    else:
        assert given == wanted


def test_a_complaint_of_the_story_gives_way_to_what_was_found(book: CodeBook) -> None:
    note = (
        "He was admitted because of an acute exacerbation of COPD. He felt dizzy on arrival and had a headache."
        " He improved on steroids and went home after three days."
    )
    assert _codes(note, Setting.INPATIENT, book) == {"J44.1"}


def test_a_stent_placed_at_the_stay_is_no_status_and_an_earlier_one_is(book: CodeBook) -> None:
    stay = "DISCHARGE SUMMARY\nHospital course: one drug-eluting stent placed in the LAD.\n"
    diagnoses = "Discharge diagnoses:\n1. NSTEMI\n2. Coronary artery disease\n"
    assert "Z95.5" not in _codes(stay + diagnoses, Setting.INPATIENT, book)
    assert "Z95.5" in _codes(
        "DISCHARGE SUMMARY\nPMH: prior coronary stent in 2019\n" + diagnoses, Setting.INPATIENT, book
    )


def test_a_delivery_has_its_outcome_and_what_complicated_the_birth(book: CodeBook) -> None:
    note = (
        "OB DISCHARGE\n33F G1P0 at 38 weeks induced, vaginal delivery of a live male infant, Apgars 8/9.\n"
        "Discharge diagnoses:\n1. Severe preeclampsia\n"
    )
    assert _codes(note, Setting.INPATIENT, book) == {"O14.14", "Z37.0", "Z3A.38"}


def test_comorbidities_of_a_stay_are_other_diagnoses(book: CodeBook) -> None:
    note = (
        "DISCHARGE SUMMARY\nPrincipal diagnosis: acute appendicitis\n"
        "Comorbidities: type 2 diabetes (metformin), hypertension\n"
    )
    assert _codes(note, Setting.INPATIENT, book) == {"K35.80", "E11.9", "Z79.84", "I10"}


def test_numbers_choose_the_code() -> None:
    assert [extent_code(2, 0), extent_code(25, 12), extent_code(95, 90)] == ["T31.0", "T31.21", "T31.99"]
    assert [alcohol_code(level) for level in (19, 120, 268)] == ["Y90.0", "Y90.6", "Y90.8"]
    assert [weeks_code(weeks) for weeks in (22, 27, 28, 36)] == ["P07.21", "P07.26", "P07.31", "P07.39"]
    assert [drug_code("T39.1X", "2"), drug_code("T36.9", "5")] == ["T39.1X2A", "T36.95XA"]


def test_every_group_of_drugs_is_in_the_code_set(book: CodeBook) -> None:
    for stem in set(drug_groups().values()):
        entry = book.find("ICD-10-CM", drug_code(stem, "1"), _ON)
        assert entry is not None and entry.billable, stem


def test_an_adverse_effect_stands_behind_the_diabetes_it_brought(codes: Callable[..., list[str]]) -> None:
    found = codes(
        "Assessment\n1. Steroid-induced diabetes with hyperglycemia, from prednisone, glargine started."
    )
    assert found[:2] == ["E09.65", "T38.0X5A"]
