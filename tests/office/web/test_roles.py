"""What each role may do at each address, signed line by line; an address that is missing here fails."""

from __future__ import annotations

import pytest
from django.urls import get_resolver, reverse

from cleanclaim.office.people.roles import Role

R = Role
EVERYONE = set(Role)
CHART = {R.CODER, R.BILLER, R.DENIALS, R.AUDITOR, R.MANAGER}
CLAIM = {R.CODER, R.BILLER, R.POSTER, R.DENIALS, R.PATIENT_REP, R.AUDITOR, R.MANAGER}
MONEY = {R.BILLER, R.POSTER, R.DENIALS, R.PATIENT_REP, R.AUDITOR, R.MANAGER}
ACCOUNT = {R.PATIENT_REP, R.AUDITOR, R.MANAGER}
FILES = {R.BILLER, R.POSTER, R.AUDITOR, R.MANAGER}

# (address, its parts, method): who may. Signed by the author of the roles; change it with them, never to please a test.
MATRIX = {
    ("home", "", "GET"): EVERYONE,
    ("find", "", "GET"): EVERYONE,
    ("choose_tenant", "", "POST"): EVERYONE,
    ("work", "coding", "GET"): {R.CODER},
    ("work", "billing", "GET"): {R.BILLER},
    ("work", "payments", "GET"): {R.POSTER},
    ("work", "denials", "GET"): {R.DENIALS},
    ("work", "patients", "GET"): ACCOUNT,
    ("next", "coding", "GET"): {R.CODER},
    ("next", "billing", "GET"): {R.BILLER},
    ("coding", "V01", "GET"): CHART,
    ("decide", "V01", "POST"): {R.CODER},
    ("move", "V01", "POST"): {R.CODER},
    ("undo", "V01", "POST"): {R.CODER},
    ("code_search", "V01", "GET"): {R.CODER},
    ("check", "V01", "GET"): {R.CODER},
    ("release", "V01", "POST"): {R.CODER},
    ("document_add", "V01", "POST"): {R.CODER},
    ("document_waive", "V01", "POST"): {R.CODER},
    ("claim", "V01", "GET"): CLAIM,
    ("claim_form", "V01", "GET"): CLAIM,
    ("claim_scrub", "V01", "POST"): {R.BILLER},
    ("claim_override", "V01", "POST"): {R.BILLER},
    ("send", "", "POST"): {R.BILLER},
    ("patient", "P-01", "GET"): ACCOUNT,
    ("patient_pay", "P-01", "POST"): {R.PATIENT_REP},
    ("statement", "P-01 STATEMENT", "GET"): ACCOUNT,
    ("payment", "PAYMENT", "GET"): MONEY,
    ("take_in", "", "GET"): {R.BILLER, R.POSTER},
    ("take_in", "", "POST"): {R.BILLER, R.POSTER},
    ("codes", "", "GET"): EVERYONE,
    ("codes_find", "", "POST"): EVERYONE,
    ("code_changes", "", "GET"): EVERYONE,
    ("code_sets", "", "GET"): EVERYONE,
    ("pcs", "", "GET"): EVERYONE,
    ("learned", "", "GET"): CHART,
    ("learned_use", "", "POST"): {R.CODER},
    ("learn_now", "", "POST"): {R.CODER},
    ("code_entry", "ICD-10-CM I10", "GET"): EVERYONE,
    ("files", "", "GET"): FILES,
    ("file", "SHA", "GET"): FILES,
}
PUBLIC = {"account_login", "account_logout", "account_signup", "account_inactive", "first", "health"}


def test_every_address_is_in_the_matrix():
    named = {pattern.name for pattern in get_resolver().url_patterns}
    assert named == PUBLIC | {name for name, _, _ in MATRIX}


@pytest.fixture
def parts(example):
    from cleanclaim.office.files.models import StoredFile
    from cleanclaim.office.money.models import PayerPayment, StatementRow

    return {
        "STATEMENT": StatementRow.objects.filter(patient__patient_id="P-01").first().pk,
        "PAYMENT": PayerPayment.objects.first().pk,
        "SHA": StoredFile.objects.first().sha256,
    }


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_reaches_what_is_signed_and_nothing_else(role, person, parts, worked_example):
    client = person(worked_example, role)
    wrong = []
    for (name, words, method), allowed in MATRIX.items():
        address = reverse(name, args=[parts.get(word, word) for word in words.split()])
        given = {"tenant": worked_example.slug} if name == "choose_tenant" else {}
        answer = client.get(address) if method == "GET" else client.post(address, given)
        assert answer.status_code < 500
        if (answer.status_code != 403) is not (role in allowed):
            wrong.append((name, method, answer.status_code))
    assert wrong == []


def test_a_role_taken_away_ends_at_the_next_request(person, worked_example):
    from cleanclaim.office.people.models import Membership

    client = person(worked_example, Role.CODER)
    assert client.get("/work/coding/").status_code == 200
    Membership.objects.filter(user__email="p1@office.invalid").delete()
    assert client.get("/work/coding/").status_code == 403


def test_an_ended_account_is_out_at_the_next_request(person, worked_example):
    from cleanclaim.office.people.models import User

    client = person(worked_example, Role.CODER)
    User.objects.update(is_active=False)
    assert client.get("/work/coding/").status_code == 302


def test_a_biller_takes_in_answers_but_posts_no_money(person, example, desk, worked_example):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from cleanclaim.office.money.models import PayerPayment

    before = PayerPayment.objects.count()
    claim = desk.claim()
    data = desk.remittance(desk.payment(desk.answer(claim, (0, "CO 45 10000"))))
    client = person(worked_example, Role.BILLER)
    assert client.post("/payments/take-in/", {"file": SimpleUploadedFile("era.835", data)}).status_code == 403
    assert PayerPayment.objects.count() == before
