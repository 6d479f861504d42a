"""What the story of a stay says it was for, how a title and a class of drugs are read, what bears on any stay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


def test_what_the_story_says_the_patient_was_admitted_for_goes_first(codes: Codes) -> None:
    note = (
        "Short stay summary\n\nThree days of vomiting; viral gastroenteritis, stool PCR norovirus. Admitted because of"
        " acute kidney injury from dehydration, back to normal after 4 L."
    )
    assert codes(note, "inpatient") == ["N17.9", "A08.11", "E86.0"]


def test_sepsis_is_not_passed_by_what_it_came_from(codes: Codes) -> None:
    note = "She was admitted with sepsis due to E. coli from acute pyelonephritis."
    assert codes(note, "inpatient") == ["A41.51", "N10"]


def test_the_department_over_a_note_heads_no_list_of_medicines(codes: Codes) -> None:
    note = "Discharge summary, medicine\n\nInfiltrates on both sides. I treated her for COVID-19 pneumonia."
    assert codes(note, "inpatient") == ["U07.1", "J12.82"]


def test_the_drug_of_the_story_names_the_class_of_the_list(codes: Codes) -> None:
    note = "67F, AKI from naproxen taken for 2 weeks.\nDischarge dx: 1. ATN d/t NSAID adverse effect"
    assert codes(note, "inpatient") == ["N17.0", "T39.315A"]


def test_a_paraplegia_is_coded_with_any_stay_and_its_old_crash_with_none(codes: Codes) -> None:
    note = (
        "39M paraplegic since MVC, indwelling Foley for neurogenic bladder.\n"
        "Dx: catheter-associated UTI, Pseudomonas. Not septic."
    )
    found = codes(note, "inpatient")
    assert {"T83.511A", "G82.20", "N31.9"} <= set(found)
    assert not any(code[0] == "V" for code in found)


@pytest.mark.parametrize(
    ("note", "first"),
    [
        (
            "Dx list\n1. Hypertensive ICH, right basal ganglia\n2. Left hemiplegia\n3. HTN: nicardipine",
            "I61.0",
        ),
        (
            "Ms. N at 40 weeks, gestational hypertension. A cesarean was done for arrest of dilation. A liveborn boy.",
            "O62.1",
        ),
    ],
)
def test_what_goes_first(note: str, first: str, codes: Codes) -> None:
    assert codes(note, "inpatient")[0] == first


def test_a_light_newborn_goes_by_its_grams(codes: Codes) -> None:
    note = "Nursery discharge\nBaby boy. Term 38 wk, c/s for breech, born here. BW 2310 g, small for gestational age."
    assert codes(note, "inpatient") == ["Z38.01", "P05.18"]


def test_alcohol_of_the_story_joins_the_liver_of_the_list(codes: Codes) -> None:
    note = "HPI: he has alcohol use disorder, severe, in remission.\n\nPDx: alcoholic cirrhosis with ascites"
    assert codes(note, "inpatient") == ["K70.31", "F10.21"]
