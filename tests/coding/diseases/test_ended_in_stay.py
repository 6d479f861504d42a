"""What a stay began and ended, put in or took out is told as over and belongs to the stay all the same."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Codes = Callable[..., list[str]]


def test_what_cleared_by_a_day_of_the_stay_is_one_of_the_stay(codes: Codes) -> None:
    note = "Discharge summary. He had a UTI. Metabolic encephalopathy cleared by the third hospital day."
    assert "G93.41" in codes(note, "inpatient")


def test_what_cleared_in_another_year_is_not(codes: Codes) -> None:
    note = "Discharge summary. He had a UTI. Metabolic encephalopathy cleared on the second day in May 2019."
    assert "G93.41" not in codes(note, "inpatient")


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("Robotic sigmoid colectomy on the day of admission.", "Z90.49"),
        ("Culprit RCA. DES to RCA.", "Z95.5"),
    ],
)
def test_what_the_stay_did_is_no_status(told: str, status: str, codes: Codes) -> None:
    note = (
        f"DISCHARGE SUMMARY\nPDx: inferior STEMI.\nSecondary:\n- cancer of the sigmoid colon\n\nDone. {told}"
    )
    assert status not in codes(note, "inpatient")


def test_an_amputation_that_is_declined_leaves_no_stump(codes: Codes) -> None:
    note = (
        "Dx: acute osteomyelitis of the right foot, type 2 diabetes. Ray amputation declined; IV antibiotics."
    )
    assert not any(code.startswith("Z89") for code in codes(note, "inpatient"))


def test_also_alone_over_a_list_heads_more_diagnoses(codes: Codes) -> None:
    note = (
        "PDx: bleeding duodenal ulcer. Cause: ibuprofen 800 tid, as prescribed.\n\nCC: black stool.\n\n"
        "Also:\n- acute blood loss anemia: iron IV\n- HTN: held 2 d for low BP\n"
    )
    assert sorted(codes(note, "inpatient")) == ["D62", "I10", "K26.4", "T39.315A"]


def test_what_is_likely_behind_a_complaint_explains_it(codes: Codes) -> None:
    note = "FINAL DX: chest pain, likely esophageal spasm. Vasospastic angina was felt not to fit."
    assert codes(note, "inpatient") == ["K22.4"]


def test_a_study_that_is_negative_denies_what_follows(codes: Codes) -> None:
    note = "PDx: COPD exacerbation. CTA neg PE. Sepsis was considered and excluded. Respiratory failure: no (sat 95)."
    assert codes(note, "inpatient") == ["J44.1"]


def test_a_side_that_is_not_dominant_denies_no_deficit(codes: Codes) -> None:
    note = "Discharge letter. UTI. He has left hemiparesis of his non-dominant side and oropharyngeal dysphagia, both left by the stroke of 2021."  # noqa: E501
    assert codes(note, "inpatient")[:3] == ["N39.0", "I69.354", "I69.391"]


def test_thoughts_of_suicide_stand_beside_the_depression_of_the_story(codes: Codes) -> None:
    note = "Why admitted: suicidal ideation with a plan. Past: overdose with intent to die in 2019. Major depressive disorder, recurrent, severe."  # noqa: E501
    assert {"R45.851", "Z91.51"} <= set(codes(note, "inpatient"))


def test_nodes_are_counted_on_the_way_to_their_name(codes: Codes) -> None:
    note = (
        "Final pathology: adenocarcinoma of the sigmoid, metastatic to three of seventeen mesenteric nodes."
    )
    assert codes(f"Dx: {note}", "inpatient") == ["C18.7", "C77.2"]


def test_the_index_of_the_body_is_read_in_full(codes: Codes) -> None:
    note = "Dx: severe protein-calorie malnutrition, with a body mass index of 17.4."
    assert codes(note, "inpatient") == ["E43", "Z68.1"]


def test_all_in_a_note_of_capitals_is_no_leukemia(codes: Codes) -> None:
    note = "INJURIES:\n1. FRACTURES OF LEFT RIBS 5 AND 6, ALL CLOSED\n2. CONCUSSION, LOST CONSCIOUSNESS 10 MINUTES"
    assert codes(note, "inpatient") == ["S22.42XA", "S06.0X1A"]


def test_insulin_by_the_reading_is_not_taken_for_long(codes: Codes) -> None:
    note = "Type 2 diabetes. We covered him with a little correctional insulin and resumed metformin."
    assert "Z79.4" not in codes(note, "inpatient")


def test_what_a_list_without_a_heading_calls_resolved_was_treated_here(codes: Codes) -> None:
    note = (
        "76M from rehab. DISCHARGE DIAGNOSES (in order)\nSevere sepsis due to Pseudomonas UTI, resolved\nDNR"
    )
    assert {"A41.52", "R65.20", "N39.0"} <= set(codes(note, "inpatient"))


def test_short_headings_and_short_names_of_a_ward(codes: Codes) -> None:
    note = (
        "MAIN PROB: PNEUMOCOCCAL PNA RUL (URINE AG +)\nOTHER PROBS:\n* HYPOXIC RF, ACUTE, HFNC 36 H -> RA\n"
        "* HYPOK 3.0 -> REPLETED\nNOT SEPTIC PER ICU."
    )
    assert codes(note, "inpatient") == ["J13", "J96.01", "E87.6"]


def test_a_narrow_carotid_stands_beside_the_attack_it_brought(codes: Codes) -> None:
    assert codes("Final: TIA. Left carotid stenosis 60%. HTN.", "inpatient") == ["G45.9", "I65.22", "I10"]


def test_a_valve_of_this_stay_is_no_status(codes: Codes) -> None:
    note = "Admitted electively for surgical aortic valve replacement for severe calcific aortic stenosis."
    assert codes(note, "inpatient") == ["I35.0"]
