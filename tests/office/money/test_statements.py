"""A statement asks for what the ledger says the patient owes: nothing that waits, nothing that is paid."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.office.money.balances import patient_due_cents
from cleanclaim.office.money.models import StatementRow
from cleanclaim.office.money.patient_payments import take_patient_payment
from cleanclaim.office.money.statements import make_statements
from cleanclaim.office.registry.models import PatientRow

DAY = dt.date(2026, 11, 9)


def statements(practice):
    return make_statements(practice.tenant, PatientRow.objects.get(), actor=practice.actor)


def pays(practice, cents, receipt="R1"):
    take_patient_payment(practice.tenant, PatientRow.objects.get(), cents, DAY, receipt, actor=practice.actor)


@pytest.fixture
def two_visits(practice, desk):
    person = desk.person(1)
    settled, pending = desk.claim("S1", patient=person), desk.claim("P1", (40_000,), patient=person)
    practice.open(settled, pending)
    practice.pay(desk.answer(settled, (7_000, "CO 45 2000, PR 2 1000")))
    return settled, pending


def test_it_asks_for_the_ledgers_balance_and_not_for_what_waits(practice, two_visits, sound):
    (row,) = statements(practice)
    assert row.due_cents == 1_000 == patient_due_cents(row.patient.patient_id)
    assert '"charge_cents":40000' in row.body.split('"pending"')[1]
    assert sound() == {}


def test_once_a_day_and_none_where_nothing_is_owed(practice, two_visits):
    assert len(statements(practice)) == 1
    assert statements(practice) == []
    assert StatementRow.objects.count() == 1


def test_none_after_it_is_paid(practice, two_visits):
    pays(practice, 1_000)
    assert statements(practice) == []


def test_what_waits_at_the_payer_is_never_asked_for(practice, desk):
    practice.open(desk.claim("P1"))
    assert statements(practice) == []


def test_credit_that_is_here_is_used_before_more_is_asked_for(practice, two_visits, desk, sound):
    pays(practice, 1_600)  # $10 for the settled visit, $6 held
    third = desk.claim("T1", patient=desk.person(1))
    practice.open(third)
    practice.pay(desk.answer(third, (9_000, "PR 2 1000"), number="I3"), trace="T3")
    (row,) = statements(practice)
    assert row.due_cents == 400 == patient_due_cents(row.patient.patient_id)
    assert practice.accounts().get("patient_unapplied", 0) == 0
    assert sound() == {}


def test_a_copay_for_a_visit_that_waits_is_not_spent_on_another(practice, two_visits, sound):
    from cleanclaim.kernel.because import Because
    from cleanclaim.ledger import patient_payment
    from cleanclaim.office.money.ledger import save_transactions

    patient = PatientRow.objects.get()
    copay = patient_payment(
        key="copay", cents=2_500, patient_id=patient.patient_id, claim_id="P1", effective_on=DAY,
        because=(Because("paid at the visit"),),
    )  # fmt: skip
    save_transactions(practice.tenant, [copay], actor=practice.actor)
    (row,) = statements(practice)
    assert row.due_cents == 1_000
    assert practice.accounts()["patient_unapplied"] == -2_500
    assert sound() == {}


def test_a_visit_that_was_overpaid_by_its_payer_still_makes_a_statement(practice, desk, sound):
    claim = desk.claim("C1")
    practice.open(claim)
    practice.pay(desk.answer(claim, (9_000, "PR 2 1000")))
    practice.pay(desk.answer(claim, (9_500, "CO 45 500"), number="ICN2"), trace="T2")
    assert practice.balance().insurance_cents < 0
    (row,) = statements(practice)
    assert row.due_cents == practice.balance().patient_cents
    assert sound() == {}


def test_every_statement_of_the_example_is_the_ledgers_balance(example):
    for row in StatementRow.objects.select_related("patient"):
        owed = patient_due_cents(row.patient.patient_id)
        asked = sum(StatementRow.objects.filter(patient=row.patient).values_list("due_cents", flat=True))
        assert asked >= owed > 0 or asked == owed
