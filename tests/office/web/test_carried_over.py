"""Text carried over from a patient's earlier visit is marked on the coding page, and only from the same patient's."""

from __future__ import annotations

import copy
import datetime as dt
import re

import pytest

from cleanclaim.kernel.resources import examples_folder
from cleanclaim.office.encounters.carried_over import carried_over
from cleanclaim.office.encounters.coding import suggest_codes
from cleanclaim.office.encounters.intake import arrival_from, receive_encounter
from cleanclaim.office.example import visits
from cleanclaim.office.people.tenancy import find_tenant, within
from cleanclaim.office.registry.services import load_practice

RAW = next(visit for visit in visits() if visit.encounter_id == "V02").raw
CARRIED = "Type 2 diabetes mellitus is stable on the current dose of metformin."
EARLIER = f"HPI: Here for sugars.\nAssessment: {CARRIED}\nPlan: continue."
NOW = f"HPI: Sore left knee.\nAssessment: {CARRIED} Hypertension, up to 160.\nPlan: lisinopril."
FIRST, SECOND = dt.date(2026, 6, 1), dt.date(2026, 9, 14)


def arrive(practice, number, note, on, patient=""):
    raw = copy.deepcopy(RAW) | {"id": number, "period": {"from": on, "to": on}}
    raw["document"]["written_on"] = on
    raw["patient"] = patient or raw["patient"]
    return receive_encounter(practice.tenant, arrival_from(raw, note), actor=practice.actor)[0]


@pytest.fixture
def clinic(practice):
    load_practice(practice.tenant, examples_folder(), actor=practice.actor)
    return practice


def compare(encounter):
    return carried_over(encounter, encounter.documents.get(), {})


def test_the_page_marks_lists_and_asks(clinic, coder):
    arrive(clinic, "C1", EARLIER, FIRST)
    encounter = arrive(clinic, "C2", NOW, SECOND)
    suggest_codes(clinic.tenant, encounter, actor=clinic.actor)
    page = coder.get("/visits/C2/").content.decode()
    note = re.search(r'<div class="text"[^>]*>(.*?)</div>', page, re.S)[1]
    assert re.sub(r"<[^>]+>", "", note) == NOW
    marked = re.findall(
        r'<span class="carried"[^>]*data-from="carried over from 06/01/2026">(.*?)</span>', note
    )
    assert [re.sub(r"<[^>]+>", "", one) for one in marked] == [CARRIED]
    assert 'href="/visits/C1/"' in page
    diabetes = page[page.index('data-code="E11.9"') :]
    assert (
        "Stands only in text carried over from C1, written 06/01/2026" in diabetes[: diabetes.index("</li>")]
    )
    pressure = page[page.index('data-code="I10"') :]
    assert "carried over from" not in pressure[: pressure.index("</li>")]


def test_the_first_visit_shows_nothing_of_the_kind(clinic, coder):
    arrive(clinic, "C1", EARLIER, FIRST)
    assert "carried" not in coder.get("/visits/C1/").content.decode().replace("data-carried", "")


def test_another_patients_note_and_a_later_one_are_never_compared(clinic):
    encounter = arrive(clinic, "C2", NOW, SECOND)
    arrive(clinic, "C1", EARLIER, FIRST, patient="P-01")
    arrive(clinic, "C3", EARLIER, dt.date(2026, 10, 1))
    assert compare(encounter).places == ()


def test_the_same_patient_number_in_another_practice_is_another_patient(clinic, worked_example):
    encounter = arrive(clinic, "C2", NOW, SECOND)
    with within(find_tenant("example")) as other:
        clinic.tenant, ours = other, clinic.tenant
        arrive(clinic, "C1", EARLIER, FIRST)
        clinic.tenant = ours
    assert compare(encounter).places == ()


def test_the_latest_note_that_has_the_sentence_is_named(clinic):
    for number, day in (("C0", dt.date(2026, 2, 1)), ("C1", FIRST)):
        arrive(clinic, number, EARLIER, day)
    (place,) = compare(arrive(clinic, "C2", NOW, SECOND)).places
    assert (place.encounter_id, place.written_on) == ("C1", FIRST)


def test_a_new_sentence_between_two_old_ones_parts_them(clinic):
    other = "The left knee is swollen after long walks on stairs."
    arrive(clinic, "C1", f"HPI: {CARRIED} {other}", FIRST)
    encounter = arrive(clinic, "C2", f"HPI: {CARRIED} New cough. {other}", SECOND)
    text = encounter.documents.get().text
    assert [text[one.start : one.end] for one in compare(encounter).places] == [CARRIED, other]
    again = arrive(clinic, "C4", f"HPI: {CARRIED} {other}", SECOND)
    assert len(compare(again).places) == 1
