"""Each kind of document is known by what it calls itself, and a visit that only speaks of one stays a visit."""

from __future__ import annotations

import pytest

from cleanclaim.documents.kind import kind_words
from cleanclaim.documents.reading import read_note
from cleanclaim.documents.transcription import transcription

DOCUMENTS = {
    "visit": "CC: cough\nHPI: cough for a week.\nExam: lungs clear.\nAssessment: Acute bronchitis.\nPlan: fluids.",
    "diagnostic": "ECG REPORT\nIndication: palpitations\nFindings: rate 72, no ectopy.\nImpression: Normal.",
    "lab": "LABORATORY REPORT\nAccession 26-100\nCollected: 09/14/2026\nResults: TSH 2.1",
    "radiology": "RADIOLOGY REPORT\nEXAM: Chest two views\nFindings: Lungs clear.\nImpression: Normal chest.",
    "operative": "OPERATIVE REPORT\nPreoperative diagnosis: Hernia\nProcedure: Repair\nTechnique: Incision made.",
    "discharge": "DISCHARGE SUMMARY\nDischarge diagnosis: Pneumonia\nHospital course: Improved on ceftriaxone.",
    "prescription": "PRESCRIPTION\nPatient: Ada Example\nAmoxicillin 500 mg\nSig: 1 three times daily\nDisp: 30",
    "test_result": "SURGICAL PATHOLOGY REPORT\nSpecimen: skin, left arm\nDiagnosis: Seborrheic keratosis.",
    "administration": "MEDICATION ADMINISTRATION RECORD\nCeftriaxone 1 g IV given 09:10, NDC 00409-7332-01",
    "treatment_plan": "TREATMENT PLAN\nPatient: Ada Example\nDiagnosis: Major depression\nGoals: Sleep 7 hours",
}
VISIT = "HPI: Seen for follow up, {}\nExam: well.\nAssessment: Hypertension.\nPlan: continue lisinopril."


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_is_known_by_its_title(kind: str) -> None:
    assert read_note(DOCUMENTS[kind]).kind == kind
    assert kind in kind_words()


@pytest.mark.parametrize(
    "said",
    [
        "wants her ECG explained.",
        "brought lab results from another clinic.",
        "radiology called about his chest film last week.",
        "had an operation on the knee in May and a good recovery since.",
        "read his discharge papers with him.",
        "needs a prescription with refills for the year.",
        "anxious about the pathology of the mole.",
        "was given ceftriaxone in the emergency clinic last week.",
        "is content with the treatment plan so far.",
    ],
)
def test_a_visit_that_speaks_of_another_document_stays_a_visit(said: str) -> None:
    assert read_note(VISIT.format(said)).kind == "visit"


def test_a_heading_further_down_is_no_title() -> None:
    text = "CC: low mood\nAssessment: Major depression.\nTREATMENT PLAN\nSertraline 50 mg, therapy weekly."
    assert read_note(text).kind == "visit"


@pytest.mark.parametrize(
    "title", ["PRESCRIPTION", "TREATMENT PLAN", "TEST RESULTS", "ECG", "MEDICATIONS ADMINISTERED"]
)
def test_a_title_line_counts_only_by_itself(title: str) -> None:
    alone = read_note(f"Lakeside Clinic\n{title}\nPatient: Ada Example\nDate: 09/14/2026\nSee the chart.")
    assert alone.kind != "visit"
    said = read_note(
        f"Lakeside Clinic\nWe talked about {title.lower()} today\nPatient: Ada Example\nSee the chart."
    )
    assert said.kind == "visit"


TYPED = (
    "HPI: Cough for ___ days, [inaudible] sputum.\nAssessment: Bronchitis.\nDictated by A. Testwright, MD\n"
)


def test_a_dictated_note_shows_what_the_typist_could_not_hear() -> None:
    note = read_note(TYPED + "Signature: ________\n")
    found = transcription(note)
    assert found is not None
    assert [gap.text for gap in found.gaps] == ["___", "[inaudible"]
    assert not found.unread
    unread = transcription(read_note(TYPED + "Dictated but not read.\n"))
    assert unread is not None
    assert unread.unread


def test_a_line_to_fill_in_makes_no_transcription() -> None:
    assert transcription(read_note(TYPED.replace("Dictated by", "Seen by"))) is None
