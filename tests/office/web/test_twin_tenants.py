"""Two practices of one home: whatever belongs to one does not exist for the other."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cleanclaim.office.people.roles import Role


@pytest.fixture
def stranger(person, practice):
    """Somebody with every role, in the other practice."""
    return person(practice.tenant, *Role)


@pytest.fixture
def addresses(worked_example, db):
    """Every address that holds an id of the example practice, as (method, address)."""
    from cleanclaim.office.claims.models import ClaimRow
    from cleanclaim.office.encounters.models import EncounterRow
    from cleanclaim.office.files.models import StoredFile
    from cleanclaim.office.money.models import PayerPayment, StatementRow
    from cleanclaim.office.people.tenancy import within
    from cleanclaim.office.registry.models import PatientRow

    found = []
    with within(worked_example):
        for row in EncounterRow.objects.all():
            found += [
                ("GET", reverse(name, args=[row.encounter_id])) for name in ("coding", "code_search", "check")
            ]
            found += [
                ("POST", reverse(name, args=[row.encounter_id]))
                for name in ("decide", "move", "undo", "release", "document_add", "document_waive")
            ]
        for row in ClaimRow.objects.all():
            found += [("GET", reverse(name, args=[row.claim_id])) for name in ("claim", "claim_form")]
            found += [
                ("POST", reverse(name, args=[row.claim_id])) for name in ("claim_scrub", "claim_override")
            ]
        for row in PatientRow.objects.all():
            found += [("GET", reverse("patient", args=[row.patient_id]))]
            found += [("POST", reverse("patient_pay", args=[row.patient_id]))]
        for row in StatementRow.objects.select_related("patient"):
            found += [("GET", reverse("statement", args=[row.patient.patient_id, row.pk]))]
        found += [("GET", reverse("payment", args=[row.pk])) for row in PayerPayment.objects.all()]
        found += [("GET", reverse("file", args=[row.sha256])) for row in StoredFile.objects.all()]
    return found


def test_no_id_of_one_practice_answers_in_the_other(stranger, addresses):
    assert len(addresses) > 300
    answers = {
        (method, address): (stranger.get(address) if method == "GET" else stranger.post(address)).status_code
        for method, address in addresses
    }
    assert {key: status for key, status in answers.items() if status != 404} == {}


@pytest.mark.parametrize("queue", ["coding", "billing", "payments", "denials", "patients"])
def test_no_worklist_shows_a_row_of_the_other(stranger, queue, worked_example):
    page = stranger.get(f"/work/{queue}/").content.decode()
    assert "data-row" not in page
    assert "Brindlecombe" not in page


@pytest.mark.parametrize("words", ["V01", "Brindle", "P-01"])
def test_nothing_of_the_other_is_found(stranger, words, worked_example):
    page = stranger.get("/find/", {"q": words}).content.decode()
    assert "data-row" not in page


def test_files_of_the_other_are_not_listed(stranger, worked_example):
    assert "data-row" not in stranger.get("/files/").content.decode()


def test_sending_sends_no_claim_of_the_other(stranger, worked_example, practice):
    from cleanclaim.office.claims.models import Batch
    from cleanclaim.office.people.tenancy import within

    with within(worked_example):
        before = Batch.objects.count()
    stranger.post("/send/")
    with within(worked_example):
        assert Batch.objects.count() == before


def test_nobody_enters_a_practice_they_do_not_belong_to(stranger, worked_example):
    assert stranger.post("/tenant/", {"tenant": worked_example.slug}).status_code == 403
    assert stranger.get("/claims/V01/").status_code == 404


def test_who_belongs_to_both_sees_one_at_a_time(person, worked_example, practice):
    from cleanclaim.office.people.models import Tenant, User
    from cleanclaim.office.people.services import add_member

    client = person(worked_example, Role.BILLER)
    user = User.objects.get(email="p1@office.invalid")
    add_member(
        user.email, user.name, Tenant.objects.get(slug="practice"), [Role.BILLER], actor=practice.actor
    )
    assert client.get("/claims/V01/").status_code == 200
    client.post("/tenant/", {"tenant": "practice"})
    assert client.get("/claims/V01/").status_code == 404
