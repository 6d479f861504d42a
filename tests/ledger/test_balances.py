"""Balances: two ways of adding, any day, any order."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.ledger import (
    Account,
    audit,
    balances_by,
    charge,
    claim_balances,
    patient_payment,
    reverse,
    transfer_to_patient,
    trial_balance,
    write_off,
)

FIRST = dt.date(2026, 9, 1)


@st.composite
def histories(draw):
    """Events over three claims, with a plain model that adds the same cents in its own way."""
    transactions, model = [], {f"V0{n}": Counter() for n in (1, 2, 3)}
    for number in range(draw(st.integers(1, 15))):
        claim_id = draw(st.sampled_from(sorted(model)))
        mine, cents = model[claim_id], draw(st.integers(1, 9_999))
        common = {
            "key": f"k{number}",
            "claim_id": claim_id,
            "effective_on": FIRST + dt.timedelta(days=draw(st.integers(0, 30))),
            "patient_id": f"P-{claim_id}",
        }
        kind = draw(st.sampled_from(["charge", "pay", "transfer", "write off", "charge and back"]))
        if kind == "charge":
            transactions.append(charge(line_cents=[(1, cents)], payer_id="EXHPO", **common))
            mine.update(charge=cents, insurance=cents)
        elif kind == "pay":
            due = max(mine["patient"], 0)
            transactions.append(patient_payment(cents=cents, due_cents=due, **common))
            mine.update(paid=min(due, cents), patient=-min(due, cents), unapplied=cents - min(due, cents))
        elif kind == "transfer":
            transactions.append(transfer_to_patient(cents=cents, **common))
            mine.update(patient=cents, insurance=-cents)
        elif kind == "write off":
            transactions.append(
                write_off(cents=cents, reason="r", who="w", account=Account.BAD_DEBT, **common)
            )
            mine.update(adjusted=cents, insurance=-cents)
        else:
            made = charge(line_cents=[(1, cents)], payer_id="EXHPO", **common)
            transactions += [made, reverse(made, effective_on=made.effective_on)]
    return transactions, model


@given(histories())
def test_claims_equal_the_model_and_their_equation_holds(history):
    transactions, model = history
    for claim_id, balance in claim_balances(transactions).items():
        mine = model[claim_id]
        assert balance.difference_cents() == 0
        assert (balance.charge_cents, balance.paid_cents) == (mine["charge"], mine["paid"])
        assert (balance.insurance_cents, balance.patient_cents) == (mine["insurance"], mine["patient"])
        assert (balance.adjusted_cents, balance.unapplied_cents) == (mine["adjusted"], mine["unapplied"])


@given(histories(), st.randoms(use_true_random=False))
def test_the_trial_balance_is_zero_in_sum_on_every_day_and_in_any_order(history, random):
    transactions, _ = history
    shuffled = list(transactions)
    random.shuffle(shuffled)
    for days in (0, 10, 30):
        on = FIRST + dt.timedelta(days=days)
        assert sum(trial_balance(transactions, as_of=on).values()) == 0
        assert trial_balance(shuffled, as_of=on) == trial_balance(transactions, as_of=on)
    assert audit(transactions) == ()


def test_the_day_itself_counts_and_the_next_does_not():
    made = charge(key="c", claim_id="V01", line_cents=[(1, 5)], effective_on=FIRST, payer_id="X")
    assert trial_balance([made], as_of=FIRST)[Account.CHARGES] == -5
    assert trial_balance([made], as_of=FIRST - dt.timedelta(days=1))[Account.CHARGES] == 0
    assert claim_balances([made], as_of=FIRST - dt.timedelta(days=1)) == {}


@given(histories())
def test_a_split_by_claim_adds_up_to_the_account(history):
    transactions, _ = history
    for account in (Account.INSURANCE_RECEIVABLE, Account.PATIENT_RECEIVABLE):
        split = balances_by(transactions, account, "claim_id")
        assert sum(split.values()) == trial_balance(transactions)[account]
