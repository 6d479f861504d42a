"""Pages that answer wrongly: money taken twice, a claim sent twice, a fault instead of a sentence."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cleanclaim.office.people.roles import Role

PASSWORD = "six unrelated quiet harbor words"
GIVEN = {"amount": "30", "receipt": "R-1", "on": "2026-11-20"}


def text(answer):
    return " ".join(answer.content.decode().split())


def test_every_claim_payment_and_account_of_the_example_opens(owner, example):
    from cleanclaim.office.claims.models import ClaimRow
    from cleanclaim.office.money.models import PayerPayment
    from cleanclaim.office.registry.models import PatientRow

    addresses = [reverse("claim", args=[row.claim_id]) for row in ClaimRow.objects.all()]
    addresses += [reverse("payment", args=[row.pk]) for row in PayerPayment.objects.all()]
    addresses += [reverse("patient", args=[row.patient_id]) for row in PatientRow.objects.all()]
    assert {address: owner.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_every_claim_form_of_the_example_is_a_pdf(owner, example):
    from cleanclaim.office.claims.models import ClaimRow

    for row in ClaimRow.objects.all():
        answer = owner.get(reverse("claim_form", args=[row.claim_id]))
        assert answer.content.startswith(b"%PDF"), row.claim_id


def test_the_payment_page_says_the_equation(owner, example):
    from cleanclaim.office.money.models import PayerPayment

    for row in PayerPayment.objects.all():
        assert "explained to the cent" in text(owner.get(reverse("payment", args=[row.pk])))


def test_the_ledgers_last_balance_is_what_is_open(example):
    from cleanclaim.office.money.balances import patient_due_cents
    from cleanclaim.office.registry.models import PatientRow
    from cleanclaim.office.web.ledger_view import ledger_page

    for row in PatientRow.objects.all():
        page = ledger_page(row)
        assert page["figures"].due_cents == patient_due_cents(row.patient_id)
        if page["lines"]:
            figures = page["figures"]
            assert page["lines"][0].balance_cents == figures.due_cents + figures.insurance_cents
        for share in page["shares"]:
            parts = share.insurance_paid_cents + share.patient_paid_cents + share.adjusted_cents
            assert share.charge_cents == parts + share.insurance_cents + share.patient_cents


@pytest.mark.parametrize(
    "change",
    [
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "1e3"},
        {"amount": "12.345"},
        {"amount": "1,000"},
        {"amount": ""},
        {"receipt": ""},
        {"receipt": "a:b"},
        {"on": "2026-13-01"},
        {"on": "2199-01-01"},
    ],
    ids=str,
)
def test_a_wrong_payment_takes_nothing_and_says_why(owner, example, change):
    from cleanclaim.office.money.models import LedgerTransaction

    before = LedgerTransaction.objects.count()
    answer = owner.post("/patients/P-01/pay/", {**GIVEN, **change})
    assert answer.status_code == 422
    assert 'class="fault"' in answer.content.decode()
    assert LedgerTransaction.objects.count() == before


def test_a_payment_is_taken_once_however_often_it_is_sent(owner, example):
    from cleanclaim.office.money.balances import patient_due_cents

    assert patient_due_cents("P-01") == 3_000
    assert owner.post("/patients/P-01/pay/", GIVEN).status_code == 302
    assert owner.post("/patients/P-01/pay/", GIVEN).status_code == 422
    assert patient_due_cents("P-01") == 0


@pytest.mark.parametrize("data", [b"", b"not x12", b"ISA*00*", b"\x00" * 300, b"%PDF-1.4"], ids=repr)
def test_a_file_that_is_none_of_ours_is_refused_and_not_kept(owner, example, data):
    from cleanclaim.office.files.models import StoredFile

    before = StoredFile.objects.count()
    answer = owner.post("/payments/take-in/", {"file": SimpleUploadedFile("x.835", data)})
    assert answer.status_code == 422
    assert StoredFile.objects.count() == before


def test_a_remittance_taken_in_twice_moves_no_cent_the_second_time(owner, example):
    from cleanclaim.office.files.models import StoredFile
    from cleanclaim.office.files.services import read_file

    before = example.money()
    data = read_file(StoredFile.objects.filter(kind="835").first())
    answer = owner.post("/payments/take-in/", {"file": SimpleUploadedFile("again.835", data)})
    assert "no cent was moved" in text(answer)
    assert example.money() == before


def test_a_held_claim_goes_only_with_a_reason(person, practice, desk):
    from cleanclaim.office.claims.models import ClaimRow

    row = practice.make(desk.claim("C1"))[0]
    ClaimRow.objects.filter(pk=row.pk).update(state="held")
    client = person(practice.tenant, Role.BILLER)
    answer = client.post("/claims/C1/override/", {"reason": "  "}, follow=True)
    assert "needs a reason" in text(answer)
    assert practice.state("C1") == "held"


@pytest.fixture
def trading(practice, desk):
    from cleanclaim.kernel.json import canonical_json
    from cleanclaim.office.registry.models import TradingPartnerRow

    TradingPartnerRow.objects.create(tenant=practice.tenant, record=canonical_json(desk.TRADING))


def test_sending_twice_sends_once(person, practice, desk, trading):
    from cleanclaim.office.claims.models import Batch

    practice.make(desk.claim("C1"))
    client = person(practice.tenant, Role.BILLER)
    assert "Send 1 ready claim" in text(client.get("/work/billing/"))
    assert "marked sent" in text(client.post("/send/", follow=True))
    assert "nothing was sent" in text(client.post("/send/", follow=True))
    assert practice.state("C1") == "sent"
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(
    "where", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_sending_leads_to_no_other_site(person, practice, where):
    answer = person(practice.tenant, Role.BILLER).post("/send/", {"next": where})
    assert answer["Location"] == "/work/billing/"


def test_the_trial_release_keeps_nothing(coder, visit, practice):
    from cleanclaim.office.audit.models import AuditEvent
    from cleanclaim.office.claims.models import ClaimRow

    for system, code in (("ICD-10-CM", "E11.65"), ("CPT", "99214")):
        coder.post("/visits/V01/decide/", {"action": "accept", "system": system, "code": code})
    before = AuditEvent.objects.count()
    assert "expected" in text(coder.get("/visits/V01/check/"))
    assert AuditEvent.objects.count() == before
    assert ClaimRow.objects.count() == 0
    visit.refresh_from_db()
    assert visit.state == "to-code"


def test_release_without_a_code_says_what_is_missing(coder, visit):
    answer = coder.post("/visits/V01/release/", follow=True)
    assert "no diagnosis is chosen" in text(answer)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"action": "drop", "system": "CPT", "code": "99214"},
        {"action": "add", "system": "SNOMED", "code": "1"},
        {"action": "add", "system": "CPT", "code": ""},
        {"action": "add", "system": "CPT", "code": "9" * 200},
        {"action": "add", "system": "CPT", "code": "99214", "pointers": "Ä"},
        {"action": "accept", "system": "ICD-10-CM", "code": "I10", "poa": "Q"},
    ],
    ids=str,
)
def test_a_decision_that_is_none_is_refused_in_words(coder, visit, given):
    answer = coder.post("/visits/V01/decide/", given)
    assert answer.status_code == 200
    assert 'class="fault"' in answer.content.decode()
    assert visit.decisions.count() == 0


def test_units_that_are_no_number_do_not_break_the_page(coder, visit):
    coder.post("/visits/V01/decide/", {"action": "add", "system": "CPT", "code": "99214", "units": "many"})
    assert coder.get("/visits/V01/").status_code == 200
    assert coder.get("/visits/V01/check/").status_code == 200
    assert coder.post("/visits/V01/release/").status_code == 302
    visit.refresh_from_db()
    assert visit.state == "to-code"


def test_reading_a_claim_leaves_a_trace(owner, example):
    from cleanclaim.office.audit.models import AuditEvent

    before = AuditEvent.objects.filter(object_kind="claim", object_id="V07").count()
    owner.get("/claims/V07/")
    assert AuditEvent.objects.filter(object_kind="claim", object_id="V07").count() == before + 1


@pytest.fixture
def link(practice, desk):
    from cleanclaim.office.people.services import add_member, make_link

    user = add_member("new@office.invalid", "New", practice.tenant, [Role.CODER], actor=practice.actor)
    return f"/first/{make_link(user, actor=desk.actor(now=dt.datetime.now(dt.UTC)))}/"


def test_a_one_time_link_sets_a_password_once(client, link):
    assert client.post(link, {"password": PASSWORD, "again": "another"}).status_code == 200
    assert "not the same" in text(client.post(link, {"password": PASSWORD, "again": "another"}))
    assert "not accepted" in text(client.post(link, {"password": "short", "again": "short"}))
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 302
    ended = client.get(link)
    assert ended.status_code == 410
    assert "This link has ended" in text(ended)
    signed = client.post("/sign-in/", {"login": "new@office.invalid", "password": PASSWORD})
    assert signed.status_code == 302
    assert client.get("/work/coding/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/work/coding/").status_code == 302


def test_an_ended_account_with_the_right_password_is_told_so(client, link):
    from cleanclaim.office.people.models import User

    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    User.objects.update(is_active=False)
    answer = client.post("/sign-in/", {"login": "new@office.invalid", "password": PASSWORD}, follow=True)
    assert answer.status_code in {200, 403}
    assert client.get("/work/coding/").status_code == 302


def test_no_password_is_told_apart_from_no_account(client, link, db):
    answers = [
        client.post("/sign-in/", {"login": login, "password": "wrong password here"})
        for login in ("new@office.invalid", "nobody@office.invalid")
    ]
    pages = [text(answer).split("<form")[0] for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert pages[0] == pages[1]


def test_nobody_signs_up(client, db):
    assert client.get("/no-sign-up/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/nowhere/", "/claims/NONE/", "/payments/999999/", "/files/" + "0" * 64 + "/"]
)
def test_what_is_not_there_is_said_plainly(owner, address):
    answer = owner.get(address)
    assert answer.status_code == 404
    assert "There is nothing here" in text(answer)


def test_a_fault_of_ours_is_said_plainly_and_shows_nothing(owner, monkeypatch):
    from cleanclaim.office.web.views import claim

    def broken(*args, **kwargs):
        raise RuntimeError("Brindlecombe 123-45-6789")

    monkeypatch.setattr(claim, "claim_page", broken)
    owner.raise_request_exception = False
    answer = owner.get("/claims/V01/")
    assert answer.status_code == 500
    assert "The office met a fault" in text(answer)
    assert "123-45-6789" not in text(answer)


def test_the_door_opens_to_anyone(client, db):
    assert client.get("/sign-in/").status_code == 200
    assert client.get("/sign-in/?email=%22%3E%3Cb%3E").content.count(b"<b>") == 0
    assert client.get("/health/").json() == {"status": "ok"}
