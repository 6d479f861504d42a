"""What a stay or an emergency visit tells outside its list, or once more than the list needs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


def test_labels_of_a_birth_record_end_the_form_above_them(codes: Codes) -> None:
    note = (
        "POSTPARTUM DISCHARGE SUMMARY\n\nPatient: 24 y, G1P0 now P1001\n\n"
        "Indication for admission: induction at 37w2d for preeclampsia with severe features.\n\n"
        "Birth: spontaneous vaginal, OA, single live-born male, Apgars 8 and 9."
        " Second-degree perineal laceration, repaired.\n\nPostpartum: afebrile, wants an IUD at the postpartum visit."
    )
    assert sorted(codes(note, "inpatient")[:5]) == ["O14.14", "O70.1", "Z37.0", "Z3A.37"]


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (
            "DIAGNOSES\n1. Severe sepsis due to E. coli pyelonephritis with AKI\nCOURSE\nCultures grew E. coli.",
            ["A41.51", "R65.20", "N10", "N17.9"],
        ),
        ("FINAL DIAGNOSES:\n1. E. coli sepsis\n2. E. coli UTI", ["A41.51", "N39.0", "B96.20"]),
        ("FINAL DIAGNOSES:\n1. MSSA sepsis\n2. Cellulitis of right leg", ["A41.01", "L03.115"]),
    ],
)
def test_an_organism_that_the_sepsis_names_is_not_told_twice(
    note: str, expected: list[str], codes: Codes
) -> None:
    assert codes(note, "inpatient") == expected


def test_a_probable_pneumonia_of_a_stay_joins_the_lung_disease(codes: Codes) -> None:
    note = "Diagnosis at discharge: Probable pneumonia with COPD exacerbation."
    assert sorted(codes(note, "inpatient")) == ["J18.9", "J44.0", "J44.1"]


def test_what_a_stay_comes_to_counts_though_it_is_believed(codes: Codes) -> None:
    note = (
        "Discharge summary\n\nWhy he came in: exhausted. He has adenocarcinoma of the sigmoid colon."
        " I believe this is anemia due to his malignancy."
    )
    assert codes(note, "inpatient") == ["C18.7", "D63.0"]


def test_two_conditions_that_have_nothing_to_do_with_each_other_are_both_coded(codes: Codes) -> None:
    note = "FINAL DIAGNOSES\n1. Osteoporotic fracture of left femoral neck\n2. Vitamin D deficiency"
    assert "E55.9" in codes(note, "inpatient")


def test_pain_that_the_list_names_for_itself_is_no_part_of_old_coronary_disease(codes: Codes) -> None:
    note = "DIAGNOSES\nChest pain, unspecified\nCAD, stable\nHypertension"
    assert codes(note, "ed")[:2] == ["R07.9", "I25.10"]


def test_a_paper_handed_out_is_no_illness(codes: Codes) -> None:
    note = "IMPRESSION\nSimple febrile seizure, first\n\nRisks talked over. Seizure first aid sheet."
    assert codes(note, "ed") == ["R56.00"]


def test_the_stroke_of_a_year_gone_by_left_what_it_left(codes: Codes) -> None:
    note = (
        "Principal diagnosis: E. coli UTI\nSecondary: right hemiparesis from his stroke of 2022, right-handed"
    )
    assert "I69.351" in codes(note, "inpatient")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Nonadherence with risperidone", "Z91.148"),
        ("Noncompliance with his medications", "Z91.148"),
        ("Noncompliance with dietary advice", "Z91.1"),
    ],
)
def test_nonadherence_names_the_regimen(words: str, expected: str, codes: Codes) -> None:
    found = codes(f"DISCHARGE DIAGNOSES\n1. Paranoid schizophrenia\n2. {words}", "inpatient")
    assert any(code.startswith(expected) for code in found)


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("was riding for pleasure when she was thrown by her gelding", {"V80.010A", "Y93.52", "Y99.8"}),
        (
            "was walking his own terrier in the park when a stranger's Labrador bit him",
            {"W54.0XXA", "Y93.K1"},
        ),
    ],
)
def test_how_an_injury_came_about_in_other_words(story: str, expected: set[str], codes: Codes) -> None:
    note = f"Mechanism: The patient {story}.\nInjuries\n1. Open bite of right forearm\n2. Closed fracture of left rib"
    assert expected <= set(codes(note, "ed"))


@pytest.mark.parametrize(
    ("diagnoses", "expected"),
    [
        ("MDD, recurrent, moderate; alcohol use disorder, severe", ["F33.1", "F10.20"]),
        (
            "1) Cocaine use disorder, severe 2) Major depressive disorder, recurrent, moderate",
            ["F14.20", "F33.1"],
        ),
    ],
)
def test_how_severe_another_disorder_is_says_nothing_of_the_depression(
    diagnoses: str, expected: list[str], codes: Codes
) -> None:
    assert codes(f"Discharge diagnoses: {diagnoses}", "inpatient") == expected


def test_an_attempt_that_is_treated_now_is_no_history(codes: Codes) -> None:
    note = "Diagnoses: (1) MDD, single episode, severe; (2) suicide attempt by intentional overdose of venlafaxine"
    assert codes(note, "inpatient") == ["T43.212A", "F32.2"]


@pytest.mark.parametrize(
    ("diagnoses", "severe"),
    [
        ("1. Sepsis 2. acute metabolic encephalopathy due to sepsis", True),
        ("1. Sepsis from UTI with AKI", True),
        ("1. Sepsis 2. UTI 3. AKI due to dehydration", False),
    ],
)
def test_an_organ_laid_to_the_sepsis_makes_it_severe(diagnoses: str, severe: bool, codes: Codes) -> None:
    assert ("R65.20" in codes(f"Dx: {diagnoses}", "inpatient")) is severe


def test_a_carrier_is_coded_with_her_delivery(codes: Codes) -> None:
    note = (
        "L&D discharge: 29F G1P1, vaginal delivery at 40w1d of a live boy. GBS positive, penicillin in labor."
    )
    assert "O99.824" in codes(note, "inpatient")


@pytest.mark.parametrize(
    ("diagnosis", "expected"),
    [
        ("GI bleed, source not found", "K92.2"),
        ("Syncope, cause not determined", "R55"),
        ("Left hemiparesis (right-handed)", "G81.94"),
    ],
)
def test_what_is_said_of_a_cause_or_of_a_hand_is_not_said_of_the_illness(
    diagnosis: str, expected: str, codes: Codes
) -> None:
    assert codes(f"Discharge Dx:\n{diagnosis}\n", "inpatient") == [expected]


def test_a_list_of_other_diagnoses_leaves_the_principal_one_to_the_story(codes: Codes) -> None:
    note = (
        "SURGERY DISCHARGE\n14 F came with a day of RLQ pain. CT: acute appendicitis. Laparoscopic appendectomy.\n"
        "Comorbidities: asthma"
    )
    assert codes(note, "inpatient")[:1] == ["K35.80"]


@pytest.mark.parametrize(
    "diagnoses",
    [
        "PDX: Pneumonia\nSDX: Hypertension",
        "Dx 1: Pneumonia\nDx 2: Hypertension",
        "Primary: Pneumonia\nSecondary: Hypertension",
        "Most responsible diagnosis: Pneumonia\nPre-admit comorbidity: Hypertension",
        "WHAT HE WAS TREATED FOR\nPneumonia, left lower lobe\nHypertension",
        "Reason for admission: pneumonia\nConditions also managed: hypertension",
    ],
)
def test_a_list_under_the_form_is_read_whatever_it_is_called(diagnoses: str, codes: Codes) -> None:
    note = (
        "DISCHARGE SUMMARY\nPatient: Jo Pell, 66 M\nAdmitted 9/9/2026 Discharged 9/13/2026\n\n"
        f"{diagnoses}\n\nHospital course: Came with fever and cough. Ceftriaxone.\nDisposition: home."
    )
    assert codes(note, "inpatient") == ["J18.9", "I10"]


def test_a_drug_that_names_a_disorder_was_not_swallowed(codes: Codes) -> None:
    assert codes("Dx: accidental fentanyl overdose; opioid abuse", "ed") == ["T40.411A", "F11.10"]
    assert codes("Dx: accidental benzodiazepine ingestion", "ed") == ["T42.4X1A"]


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("He has alcohol dependence, and had uncomplicated withdrawal treated with lorazepam.", "F10.230"),
        ("He has alcohol dependence and a history of withdrawal in 2019.", "F10.20"),
    ],
)
def test_a_withdrawal_that_a_stay_without_a_list_tells(story: str, expected: str, codes: Codes) -> None:
    note = f"Admitted for tense ascites from alcoholic cirrhosis, tapped. {story}"
    assert codes(note, "inpatient") == ["K70.31", expected]
