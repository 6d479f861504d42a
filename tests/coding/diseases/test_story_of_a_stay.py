"""Stays told in prose: what is background, what belongs to what was found, what is offered and not suffered."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


def test_an_old_illness_of_the_story_stands_behind_the_new_one(codes: Codes) -> None:
    note = (
        "Burn unit letter\nMs. H, 41, was started on lamotrigine four weeks ago for epilepsy. She came with fever and a"
        " rash. Biopsy: Stevens-Johnson syndrome from lamotrigine."
    )
    assert codes(note, "inpatient") == ["L51.1", "G40.909", "T42.6X5A"]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (
            "Principal: epistaxis due to warfarin coagulopathy.",
            {"R04.0", "D68.32", "T45.515A", "Z79.01"},
        ),
        (
            "DX: METHAMPHETAMINE-INDUCED PSYCHOTIC DISORDER WITH HALLUCINATIONS, METH USE DISORDER SEVERE.",
            {"F15.251"},
        ),
        ("Dx: acute cholangitis from CBD stones w/ obstruction.", {"K80.33"}),
        ("Dx: 1) GRADE II SPLEEN LAC - NONOP", {"S36.031A"}),
        (
            "He has had combined systolic and diastolic heart failure for years, now an acute decompensation of it.",
            {"I50.43"},
        ),
    ],
)
def test_what_is_coded(note: str, expected: set[str], codes: Codes) -> None:
    assert set(codes(note, "inpatient")) == expected


def test_a_stillbirth_has_its_outcome_and_grief_support_is_no_disorder(codes: Codes) -> None:
    note = (
        "OB stay\nMs. P, 30, came at 33w0d. Ultrasound: intrauterine fetal demise. Labor induced; stillborn girl."
        " Grief support given."
    )
    assert sorted(codes(note, "inpatient")) == ["O36.4XX0", "Z37.1", "Z3A.33"]


def test_preterm_labor_that_was_not_stopped_ended_in_the_birth(codes: Codes) -> None:
    note = "Delivery summary. G2P1, 35w2d, preterm labor not stopped. Vaginal birth of a living girl, 2210 g."
    assert codes(note, "inpatient")[0] == "O60.14X0"


def test_thoughts_gone_by_the_second_week_were_those_of_the_stay(codes: Codes) -> None:
    note = (
        "Final: major depressive disorder, single episode, severe. ECT x6. Suicidal thoughts gone by week 2."
    )
    assert "R45.851" in codes(note, "inpatient")


def test_thoughts_of_suicide_stand_behind_the_disorder_that_brought_them(codes: Codes) -> None:
    note = "Why admitted: suicidal ideation with a plan.\n\nMajor depressive disorder, recurrent, severe."
    assert codes(note, "inpatient") == ["F33.2", "R45.851"]


def test_a_cirrhosis_stands_before_the_varices_that_bled(codes: Codes) -> None:
    note = (
        "Letter. Mr. K vomited blood. Endoscopy found esophageal varices, one of them spurting. The cause is alcoholic"
        " cirrhosis. He received three units for acute blood loss anemia."
    )
    assert codes(note, "inpatient") == ["K70.30", "I85.11", "D62"]


def test_d_t_is_due_to(codes: Codes) -> None:
    note = "DX:\n1. Sepsis d/t E coli\n2. AKI d/t sepsis"
    assert codes(note, "inpatient") == ["A41.51", "R65.20", "N17.9"]


def test_sepsis_names_the_pneumonia_it_came_from(codes: Codes) -> None:
    note = "Principal dx:\n1. Severe sepsis d/t pneumococcal pneumonia"
    assert codes(note, "inpatient") == ["A40.3", "R65.20", "J13"]


def test_a_drug_that_a_doctor_stopped_is_not_left_out(codes: Codes) -> None:
    note = "A/P:\n1) T2DM, stable. Metformin was stopped last yr d/t eGFR."
    assert codes(note) == ["E11.9"]


def test_the_department_and_an_age_head_no_list_of_medicines(codes: Codes) -> None:
    note = "MED SUMM: 48M\n#1 ACUTE ALCOHOLIC PANCREATITIS - LIPASE 2200\n#2 HYPOMAG - REPLETED"
    assert codes(note, "inpatient") == ["K85.20", "E83.42"]


def test_the_murmur_of_a_heart_that_was_born_so_belongs_to_it(codes: Codes) -> None:
    note = "NURSERY SUMMARY\nBaby girl born here by C-section. Murmur day 1; echo: muscular ventricular septal defect."
    assert codes(note, "inpatient") == ["Z38.01", "Q21.0"]
