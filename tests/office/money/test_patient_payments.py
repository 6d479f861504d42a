"""Money from patients: taken once, to the oldest visit first, the rest held."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.kernel.errors import CleanClaimError, Refused
from cleanclaim.office.money.models import LedgerTransaction
from cleanclaim.office.money.patient_payments import take_patient_payment
from cleanclaim.office.registry.models import PatientRow

DAY = dt.date(2026, 11, 12)


@pytest.fixture
def owing(practice, desk):
    """One patient who owes $10 on a newer visit that sorts first and $20 on an older one."""
    person = desk.person(1)
    newer = desk.claim("A1", patient=person, served=dt.date(2026, 9, 20))
    older = desk.claim("B1", patient=person, served=dt.date(2026, 9, 2))
    practice.open(newer, older)
    practice.pay(desk.answer(newer, (9_000, "PR 2 1000")), trace="T1")
    practice.pay(desk.answer(older, (8_000, "PR 2 2000"), number="I2"), trace="T2")
    return PatientRow.objects.get()


def take(practice, patient, cents, receipt):
    take_patient_payment(practice.tenant, patient, cents, DAY, receipt, actor=practice.actor)


def test_the_oldest_visit_is_paid_first(practice, owing, sound):
    take(practice, owing, 2_500, "R1")
    assert practice.balance("B1").patient_cents == 0
    assert practice.balance("A1").patient_cents == 500
    assert (practice.state("B1"), practice.state("A1")) == ("closed", "patient")
    assert sound() == {}


def test_the_same_receipt_again_takes_nothing(practice, owing, sound):
    take(practice, owing, 2_500, "R1")
    before = practice.money()
    take(practice, owing, 2_500, " R1 ")
    assert practice.money() == before
    assert sound() == {}


def test_a_receipt_that_stands_for_another_amount_is_refused(practice, owing):
    take(practice, owing, 2_500, "R1")
    before = practice.money()
    with pytest.raises(Refused, match="another payment"):
        take(practice, owing, 2_400, "R1")
    assert practice.money() == before


def test_a_receipt_that_stands_for_another_patient_is_refused(practice, owing, desk):
    practice.open(desk.claim("Z1", number=7))
    take(practice, owing, 2_500, "R1")
    with pytest.raises(Refused, match="another payment"):
        take(practice, PatientRow.objects.exclude(pk=owing.pk).get(), 2_500, "R1")


@pytest.mark.parametrize("receipts", [("5:B1", "5"), ("A1", "a1"), ("5", "5:B1"), ("1_", "1x"), ("1%", "12")])
def test_receipts_that_look_alike_are_different_payments(practice, owing, receipts):
    for receipt in receipts:
        take(practice, owing, 100, receipt)
    assert practice.accounts()["patient_cash"] == 200


def test_what_is_paid_beyond_the_debt_is_held_as_credit(practice, owing, sound):
    take(practice, owing, 5_000, "R1")
    assert practice.accounts()["patient_unapplied"] == -2_000
    assert sound() == {}


@pytest.mark.parametrize(("cents", "receipt"), [(0, "R"), (-5, "R"), (100, ""), (100, "  "), (100, "9" * 61)])
def test_nothing_or_no_receipt_is_refused(practice, owing, cents, receipt):
    with pytest.raises(Refused):
        take(practice, owing, cents, receipt)


@pytest.mark.parametrize("cents", [10.5, True, "100"])
def test_what_is_not_whole_cents_is_refused(practice, owing, cents):
    with pytest.raises((CleanClaimError, TypeError)):
        take(practice, owing, cents, "R")
    assert not LedgerTransaction.objects.filter(kind="patient-payment").exists()
