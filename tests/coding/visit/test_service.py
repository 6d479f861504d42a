"""The kind of service from the title and the setting."""

from __future__ import annotations

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.visit.service import service_kind
from cleanclaim.coding.visit.words import read_visit
from cleanclaim.documents.reading import read_note


def kind(text: str, setting: str) -> str:
    return service_kind(read_visit(read_note(text)), Setting(setting), []).name


@pytest.mark.parametrize(
    ("text", "setting", "expected"),
    [
        ("Annual physical, 44 year old man.", "outpatient", "preventive"),
        ("9 month check. Crawls.", "outpatient", "preventive"),
        ("Well-woman visit, age 30.", "outpatient", "preventive"),
        ("Health supervision visit for a toddler, 18 months old.", "outpatient", "preventive"),
        ("BP check. Labs were normal at his annual physical.", "outpatient", "office"),
        ("3 month check of diabetes in a 60-year-old.", "outpatient", "office"),
        ("HTN follow up. Due for annual physical in June.", "outpatient", "office"),
        ("Chest pain since noon.", "ed", "emergency"),
        ("House call. Seen at home for leg swelling.", "outpatient", "home"),
        ("ADMISSION H&P. Fever.", "inpatient", "initial_hospital"),
        ("Initial observation care. Syncope.", "inpatient", "initial_hospital"),
        ("Cardiology admits this man with chest pain.", "inpatient", "initial_hospital"),
        ("Inpatient consultation, nephrology. Creatinine rose.", "inpatient", "initial_hospital"),
        ("Progress note, hospital day 3. Better.", "inpatient", "subsequent_hospital"),
        ("POD 2 after colectomy. Passing gas. Plan: discharge tomorrow.", "inpatient", "subsequent_hospital"),
        ("HD#4. Afebrile overnight. Admitted 9/10 with pneumonia.", "inpatient", "subsequent_hospital"),
        ("Discharge summary. Admitted 9/10.", "inpatient", "discharge"),
        ("Day of discharge: doing well, going home.", "inpatient", "discharge"),
        ("Observation: admitted and discharged on the same date.", "inpatient", "same_day"),
    ],
)
def test_kind_of_service(text: str, setting: str, expected: str) -> None:
    assert kind(text, setting) == expected
