"""The coding page of a visit that lacks a document: what it waits for, the document arriving, going without it."""

from __future__ import annotations

import copy
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cleanclaim.kernel.resources import examples_folder
from cleanclaim.office.encounters.coding import decide
from cleanclaim.office.encounters.intake import arrival_from, receive_encounter
from cleanclaim.office.encounters.models import DocumentRow, DocumentWaiver, EncounterRow, Release
from cleanclaim.office.example import visits
from cleanclaim.office.registry.services import load_practice

VISITS = {one.encounter_id: one.raw for one in visits()}
NOTE = (
    "HPI: Sore right knee.\nAssessment: Knee pain.\n"
    "Plan: Ketorolac 60 mg IM given, NDC 0409-3795-01. See in a month.\nDictated by A. Example, MD\n"
)
REPORT = "PROCEDURE NOTE\nProcedure: Right knee injection.\nTechnique: Sterile.\nDone by A. Example, MD\n"


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def waiting(practice):
    load_practice(practice.tenant, examples_folder(), actor=practice.actor)
    arrival = arrival_from(copy.deepcopy(VISITS["V02"]) | {"id": "N1"}, NOTE)
    encounter, _ = receive_encounter(practice.tenant, arrival, actor=practice.actor)
    for system, code, details in (
        ("ICD-10-CM", "M25.561", {"place": 1}),
        ("CPT", "20610", {"pointers": [1]}),
    ):
        decide(practice.tenant, encounter, "add", system, code, actor=practice.actor, details=details)
    return encounter


def add(coder, **given):
    fields = {"kind": "procedure note", "written_on": "2026-09-15", "text": REPORT} | given
    return coder.post("/visits/N1/documents/", fields, follow=True)


def test_the_page_says_what_is_missing_why_and_how_the_document_was_read(coder, waiting):
    told = text_of(coder.get("/visits/N1/"))
    assert "Waits for a document" in told
    assert "Operative report or procedure note : 20610 is billed" in told
    assert "read as physician note, dictated" in told


def test_release_is_refused_with_the_reason_and_the_worklist_shows_the_hold(coder, waiting):
    refused = text_of(coder.post("/visits/N1/release/", follow=True))
    assert "a document is missing: operative report or procedure note" in refused
    assert not Release.objects.exists()
    listed = text_of(coder.get("/work/coding/"))
    assert "on hold" in listed
    assert "waits for: operative report or procedure note" in listed


@pytest.mark.parametrize("way", ["typed", "file"])
def test_the_document_arrives_and_the_visit_goes_on(coder, waiting, way):
    coder.post("/visits/N1/release/")
    file = SimpleUploadedFile("report.txt", REPORT.encode())
    told = text_of(add(coder) if way == "typed" else add(coder, text="", file=file))
    assert "N1-2 is there." in told
    assert "Waits for a document" not in told
    assert "read as procedure note" in told
    assert EncounterRow.objects.get(encounter_id="N1").state == "to-code"
    coder.post("/visits/N1/release/")
    assert Release.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"text": ""},
        {"written_on": "soon"},
        {"written_on": "2999-01-01"},
        {"file": SimpleUploadedFile("x.txt", b"\xff\xfe\x00")},
    ],
)
def test_what_is_no_document_changes_nothing_and_says_why(coder, waiting, given):
    answer = add(coder, **given)
    assert 'class="message error"' in answer.content.decode()
    assert DocumentRow.objects.count() == 1


def test_the_visit_goes_without_it_only_with_a_reason_which_stays_on_the_page(coder, waiting):
    address = "/visits/N1/go-without/"
    assert "needs a reason" in text_of(
        coder.post(address, {"needed": "operative-report", "reason": ""}, follow=True)
    )
    told = text_of(
        coder.post(address, {"needed": "operative-report", "reason": "kept on paper"}, follow=True)
    )
    assert "Goes without: operative report or procedure note. “kept on paper”" in told
    assert "Waits for a document" not in told
    assert DocumentWaiver.objects.count() == 1
    coder.post("/visits/N1/release/")
    assert Release.objects.count() == 1


def test_a_drug_given_shows_its_code_units_and_package_and_is_charged_with_a_press(coder, waiting):
    page = coder.get("/visits/N1/")
    told = text_of(page)
    assert "Ketorolac 60 mg IM J1885 · 4 u" in told
    assert "NDC 00409379501" in told
    form = page.content.decode()
    given = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[form.index('value="HCPCS"') - 60 :])[:4])
    panel = coder.post("/visits/N1/decide/", {"action": "add", "system": "HCPCS", **given})
    assert re.search(r'data-kind="chosen"[^>]*data-code="J1885"', panel.content.decode())
    assert "Charge it" not in panel.content.decode()


def test_a_stay_shows_what_counts_as_cc_or_mcc_beside_its_principal_diagnosis(owner, example):
    page = owner.get("/visits/V13/").content.decode()
    tags = dict(
        re.findall(
            r'data-kind="chosen"[^>]*data-code="([^"]+)".*?(?:class="tag counts"[^>]*>(\w+)<|</li>)',
            page,
            re.S,
        )
    )
    assert {code: level for code, level in tags.items() if level} == {"J96.01": "MCC", "I50.33": "MCC"}
    assert "tag counts" not in owner.get("/visits/V01/").content.decode()


def test_what_a_code_leaves_open_is_drafted_as_a_question_and_dropped_with_the_code(coder, practice):
    load_practice(practice.tenant, examples_folder(), actor=practice.actor)
    note = "HPI: Breathless.\nResults: BNP 900, echo EF 30%.\nAssessment: Heart failure.\nPlan: furosemide.\n"
    arrival = arrival_from(copy.deepcopy(VISITS["V02"]) | {"id": "N1"}, note)
    receive_encounter(practice.tenant, arrival, actor=practice.actor)
    told = text_of(coder.get("/visits/N1/"))
    assert "1 drafted, none sent" in told
    assert "what best describes the type and acuity of the heart failure?" in told
    assert "☐ Unable to determine" in told
    assert "Do not send as it is" not in told
    given = {"action": "reject", "system": "ICD-10-CM", "code": "I50.9", "reason": "not treated"}
    assert "drafted, none sent" not in text_of(coder.post("/visits/N1/decide/", given))
