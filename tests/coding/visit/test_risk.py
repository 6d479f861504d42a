"""The risk of what is managed, and words that sound like it and are not."""

from __future__ import annotations

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.visit.places import ServiceKind
from cleanclaim.coding.visit.risk import risk_element
from cleanclaim.coding.visit.words import read_visit
from cleanclaim.documents.reading import read_note


def risk(text: str, setting: str = "outpatient", kind: str = "office") -> str:
    element = risk_element(read_visit(read_note(text)), Setting(setting), ServiceKind(kind))
    for span in element.evidence:
        assert text[span.start : span.end] == span.text
    return element.level


@pytest.mark.parametrize(
    ("plan", "level"),
    [
        ("Rest and fluids.", "straightforward"),
        ("Cool compress, reassurance. No prescription. No antibiotics.", "straightforward"),
        ("No imaging, antibiotics or other drugs needed.", "straightforward"),
        ("OTC ibuprofen.", "low"),
        ("Physical therapy, heat.", "low"),
        ("Wrist splint at night.", "low"),
        ("OTC hydrocortisone 1% cream.", "low"),
        ("Continue losartan 50 mg.", "moderate"),
        ("Refill all medications.", "moderate"),
        ("Ibuprofen 800 mg three times daily.", "moderate"),
        ("Stop simvastatin.", "moderate"),
        ("Considered antibiotics, decided to wait.", "moderate"),
        ("Discussed starting a statin; he declined.", "moderate"),
        ("Zepofloxacin 400 mg daily.", "moderate"),
        ("Treatment is limited because she cannot afford her insulin.", "moderate"),
        ("Decision for elective total knee arthroplasty. No risk factors identified.", "moderate"),
        ("Scheduled for elective hysterectomy; increased surgical risk from heart failure.", "high"),
        ("Admit to the hospital today.", "high"),
        ("Sent to the ED for admission.", "high"),
        ("Methotrexate: CBC and LFTs every 8 weeks, monitoring for toxicity.", "high"),
        (
            "Lithium continues with monitoring of level and creatinine for nephrotoxicity every 3 months.",
            "high",
        ),
        ("DNR after talk with the family because of poor prognosis.", "high"),
        ("Surgery was discussed, not now; general surgery referral.", "straightforward"),
        ("Avoid NSAIDs.", "straightforward"),
    ],
)
def test_risk_of_a_plan(plan: str, level: str) -> None:
    assert risk(f"HPI: seen today.\nAssessment: problem below.\nPlan: {plan}") == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Takes lisinopril at home. Cough for a day. Rest.", "straightforward"),
        ("Was admitted in May for pneumonia. Doing well now. Rest.", "straightforward"),
        ("Hydromorphone 1 mg IV given for pain.", "high"),
        ("Emergency laparotomy within the hour agreed on.", "high"),
        ("Allergic to penicillin. Sunburn. Aloe.", "low"),
    ],
)
def test_risk_in_free_text(text: str, level: str) -> None:
    assert risk(text) == level


def test_a_stay_is_no_decision_about_hospital_care() -> None:
    text = "Hospital day 3, admitted with cellulitis. Plan: elevation."
    assert risk(text, "inpatient", "subsequent_hospital") == "straightforward"


def test_a_move_to_intensive_care_is_one() -> None:
    text = "Hospital day 3. Plan: transfer to ICU."
    assert risk(text, "inpatient", "subsequent_hospital") == "high"
