"""Which notes are a consultation, a facility visit, critical care or Medicare's plan, and which only seem so."""

from __future__ import annotations

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.visit.service import service_kind
from cleanclaim.coding.visit.words import read_visit
from cleanclaim.documents.reading import read_note

ASKED = "Office consultation requested by Dr. Lowe for an opinion on a rash. Tinea corporis. "


def kind(text: str, setting: Setting = Setting.OUTPATIENT) -> str:
    return service_kind(read_visit(read_note(text)), setting, []).name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ASKED + "Ketoconazole cream. A written report was sent to Dr. Lowe.", "office_consultation"),
        (ASKED + "Ketoconazole cream.", "office"),
        (ASKED + "A written report was sent to Dr. Lowe. Patient has Medicare.", "office"),
        ("New patient consult, self-referred. Migraine. Report sent to her.", "office"),
        ("Nursing facility progress note. Resident with heart failure, stable.", "nursing_subsequent"),
        ("SNF admission H&P. Resident admitted to the facility yesterday.", "nursing_initial"),
        ("Nursing home initial visit. Hospital discharge summary reviewed.", "nursing_initial"),
        ("SNF discharge. Resident goes home today.", "nursing_discharge"),
        ("Established patient from the nursing facility, seen in the office.", "office"),
        ("House call. Established patient with gout.", "home"),
        ("Medicare annual wellness visit, subsequent. HRA done.", "wellness_subsequent"),
        ("Initial AWV. HRA reviewed. Medicare part B since last year.", "wellness_initial"),
        ("Welcome to Medicare visit. 65 year old man.", "wellness_welcome"),
        ("Initial AWV. IPPE done 2025. HRA reviewed.", "wellness_initial"),
        ("Annual wellness visit, commercial plan. 44 year old woman, normal exam.", "preventive"),
        ("RN visit: wound check under Dr. Lee's plan of care.", "nurse"),
        ("Established 64-year-old here for her half-yearly visit for hyperlipidemia.", "office"),
        ("7 y/o check up, established patient. Normal exam.", "preventive"),
        ("2-year-old, established. Runny nose 2 days, no fever, drinks well.", "office"),
        ("Physical. Est. 22 y.o. M, healthy. Exam normal.", "preventive"),
        ("HFU visit (established, 58M). Hospital discharge summary reviewed. Heart failure.", "office"),
        ("Established, seen after this morning's emergency department visit. Gout.", "office"),
    ],
)
def test_kind_of_an_outpatient_note(text: str, expected: str) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Inpatient consultation requested by Dr. Hale. Pyelonephritis.", "hospital_consultation"),
        ("Consult follow-up note, hospital day 3. Pneumonia, improving.", "subsequent_hospital"),
        ("History and physical. Consult GI. Pancreatitis.", "initial_hospital"),
        ("Observation, admission and discharge same date. Gastroenteritis.", "same_day"),
        ("ICU note. Septic shock. Critical care time 50 minutes.", "critical"),
    ],
)
def test_kind_of_a_hospital_note(text: str, expected: str) -> None:
    assert kind(text, Setting.INPATIENT) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Critical care time 29 minutes.", "emergency"),
        ("Critical care time 30 minutes.", "critical"),
        ("My time was 35 minutes, critical care not billed.", "emergency"),
        ("35 minutes of critical care, exclusive of procedures.", "critical"),
        ("No critical care. Observed 60 minutes.", "emergency"),
        ("Seen by triage nurse only, no physician evaluation.", "emergency_nurse"),
    ],
)
def test_critical_care_needs_half_an_hour_that_is_billed(said: str, expected: str) -> None:
    assert kind(f"ED note. Septic shock, pressors. {said}", Setting.ED) == expected
