"""The transactions a practice makes, and what each refuses."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.ledger import (
    Account,
    EmptyTransaction,
    LedgerError,
    ReversalRefused,
    WriteOffRefused,
    apply_credit,
    charge,
    claim_balances,
    deposit,
    move_to_credit,
    patient_payment,
    refund_due,
    refund_paid,
    reversal_key,
    reverse,
    transfer_to_insurance,
    transfer_to_patient,
    trial_balance,
    write_off,
)

ON = dt.date(2026, 11, 9)
OWN = {"patient_id": "P-01", "claim_id": "V01", "effective_on": ON}


def charged(lines=((1, 10_000),), payer_id="EXHPO", key="c"):
    return charge(key=key, line_cents=lines, payer_id=payer_id, **OWN)


def balance(*transactions):
    return claim_balances(transactions)["V01"]


def test_an_insured_charge_is_owed_by_the_payer_and_another_by_the_patient():
    assert balance(charged()).insurance_cents == 10_000
    assert balance(charged(payer_id="")).patient_cents == 10_000


def test_a_free_line_makes_no_entry_and_a_free_claim_no_transaction():
    assert {entry.line for entry in charged([(1, 500), (2, 0)]).entries} == {1}
    with pytest.raises(EmptyTransaction):
        charged([(1, 0)])


def test_a_patient_pays_what_is_due_and_the_rest_is_held():
    paid = patient_payment(key="p", cents=12_000, due_cents=10_000, **OWN)
    made = balance(charged(payer_id=""), paid)
    assert (made.paid_cents, made.patient_cents, made.unapplied_cents) == (10_000, 0, 2_000)


def test_a_copay_before_the_answer_is_held_and_then_applied():
    held = patient_payment(key="p", cents=3_000, **OWN)
    moved = transfer_to_patient(key="t", cents=2_000, payer_id="EXHPO", **OWN)
    used = apply_credit(key="a", cents=2_000, **OWN)
    made = balance(charged(), held, moved, used)
    assert (made.insurance_cents, made.patient_cents) == (8_000, 0)
    assert (made.paid_cents, made.unapplied_cents) == (2_000, 1_000)


def test_credit_of_another_claim_goes_through_cash_so_that_both_balance():
    held = patient_payment(key="p", cents=3_000, claim_id="V00", patient_id="P-01", effective_on=ON)
    used = apply_credit(key="a", cents=3_000, from_claim_id="V00", **OWN)
    both = claim_balances([charged(payer_id=""), held, used])
    assert both["V00"].unapplied_cents == 0
    assert (both["V01"].paid_cents, both["V01"].patient_cents) == (3_000, 7_000)
    assert trial_balance([held, used])[Account.PATIENT_CASH] == 3_000


def test_transfers_there_and_back_cancel():
    there = transfer_to_patient(key="t", cents=2_000, payer_id="EXHPO", **OWN)
    back = transfer_to_insurance(key="u", cents=2_000, payer_id="EXHPO", **OWN)
    assert balance(charged(), there, back) == balance(charged())


def test_what_is_paid_too_much_is_held():
    moved = move_to_credit(key="m", cents=500, **OWN)
    assert balance(moved).unapplied_cents == 500


@pytest.mark.parametrize("fields", [{"who": " "}, {"reason": ""}, {"account": Account.PAYER_CLEARING}])
def test_a_write_off_needs_a_person_a_reason_and_an_account_for_it(fields):
    given_ = {"who": "biller", "reason": "filing limit", "account": Account.DENIED_WRITE_OFF} | fields
    with pytest.raises(WriteOffRefused):
        write_off(key="w", claim_id="V01", cents=100, effective_on=ON, **given_)


def test_a_write_off_names_the_person_and_closes_the_claim():
    made = write_off(
        key="w", cents=10_000, reason="filing limit", who="biller", account=Account.DENIED_WRITE_OFF, **OWN
    )
    assert made.who == "biller"
    assert balance(charged(), made).is_closed()


def test_a_refund_needs_a_person_and_ends_in_cash():
    held = patient_payment(key="p", cents=3_000, **OWN)
    with pytest.raises(LedgerError):
        refund_due(key="r", cents=3_000, reason="overpaid", who="", **OWN)
    due = refund_due(key="r", cents=3_000, reason="overpaid", who="biller", **OWN)
    paid = refund_paid(key="s", cents=3_000, who="biller", **OWN)
    assert set(trial_balance([held, due, paid]).values()) == {0}


def test_a_deposit_leaves_clearing_and_nothing_else_is_deposited():
    made = deposit(key="d", cents=700, effective_on=ON, payer_id="EXHPO")
    assert trial_balance([made])[Account.PAYER_CLEARING] == -700
    with pytest.raises(LedgerError):
        deposit(key="d", cents=700, effective_on=ON, from_account=Account.CHARGES)


@pytest.mark.parametrize("cents", [0, -1, 1.5, True])
def test_an_amount_below_one_cent_is_no_payment(cents):
    with pytest.raises(LedgerError):
        patient_payment(key="p", cents=cents, **OWN)


def test_a_reversal_of_a_reversal_is_refused():
    back = reverse(charged(), effective_on=ON)
    with pytest.raises(ReversalRefused):
        reverse(back, effective_on=ON)


def test_a_reversal_has_one_key_so_that_it_happens_once():
    assert reverse(charged(), effective_on=ON).key == reversal_key(charged())
    with pytest.raises(ReversalRefused):
        reverse(charged(), effective_on=ON, key="c")


@given(lines=st.lists(st.integers(-500, 50_000).filter(bool), min_size=1, max_size=6))
def test_posting_and_reversing_leaves_every_account_at_zero(lines):
    made = charged(list(enumerate(lines, start=1)))
    assert set(trial_balance([made, reverse(made, effective_on=ON)]).values()) == {0}
