"""Every fault planted in a kept ledger is found, and named."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from cleanclaim.ledger import (
    Account,
    Entry,
    StoredTransaction,
    TransactionKind,
    audit,
    charge,
    patient_payment,
    refund_paid,
    reverse,
    write_off,
)

ON = dt.date(2026, 11, 9)
CHARGE = charge(key="c", claim_id="V01", line_cents=[(1, 500)], effective_on=ON, payer_id="X", patient_id="P")
BACK = reverse(CHARGE, effective_on=ON)


def stored(transaction, **changes):
    fields = {field.name: getattr(transaction, field.name) for field in attrs.fields(StoredTransaction)}
    return StoredTransaction(**(fields | changes))


def found(*transactions):
    return {fault.code for fault in audit(transactions)}


def test_a_sound_ledger_has_no_fault():
    assert audit([CHARGE, BACK]) == ()


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"entries": ()}, {"EMPTY"}),
        ({"entries": (attrs.evolve(CHARGE.entries[0], cents=5.0),)}, {"NOT-CENTS"}),
        ({"entries": (*CHARGE.entries, Entry(Account.BANK, 0))}, {"ZERO-ENTRY"}),
        ({"entries": CHARGE.entries[:1]}, {"UNBALANCED", "CLAIM-UNBALANCED", "CLAIM-EQUATION"}),
        (
            {"entries": (CHARGE.entries[0], attrs.evolve(CHARGE.entries[1], claim_id="V02"))},
            {"CLAIM-UNBALANCED", "CLAIM-EQUATION"},
        ),
    ],
)
def test_entries_that_do_not_balance(changes, codes):
    assert found(stored(CHARGE, **changes)) == codes


def test_an_event_posted_twice():
    assert found(CHARGE, CHARGE) == {"DUPLICATE-KEY"}


def test_a_reversal_of_nothing():
    assert found(BACK) == {"REVERSAL-UNKNOWN"}


def test_a_reversal_that_does_not_mirror():
    less = tuple(attrs.evolve(entry, cents=entry.cents // 5) for entry in BACK.entries)
    assert found(CHARGE, stored(BACK, entries=less)) == {"REVERSAL-NOT-MIRROR"}


def test_a_reversal_on_another_claim():
    other = tuple(attrs.evolve(entry, claim_id="V02") for entry in BACK.entries)
    assert "REVERSAL-NOT-MIRROR" in found(CHARGE, stored(BACK, entries=other))


def test_the_same_taken_back_twice():
    assert found(CHARGE, BACK, stored(BACK, key="again")) == {"REVERSED-TWICE"}


def test_a_reversal_of_a_reversal():
    again = stored(BACK, key="again", reverses=BACK.key, entries=CHARGE.entries)
    assert found(CHARGE, BACK, again) == {"REVERSAL-OF-REVERSAL"}


def test_a_patient_who_would_owe_less_than_nothing():
    paid = patient_payment(key="p", cents=500, due_cents=500, patient_id="P", claim_id="V01", effective_on=ON)
    assert found(CHARGE, paid) == {"NEGATIVE-PATIENT-DUE"}


def test_a_refund_of_what_was_never_due():
    assert found(refund_paid(key="r", cents=5, patient_id="P", effective_on=ON, who="w")) == {
        "NEGATIVE-REFUND"
    }


def test_credit_used_that_was_never_there():
    entries = (Entry(Account.PATIENT_UNAPPLIED, 5, patient_id="P"), Entry(Account.BANK, -5))
    assert found(stored(CHARGE, kind=TransactionKind.CREDIT, entries=entries)) == {"NEGATIVE-CREDIT"}


def test_a_write_off_by_nobody():
    made = write_off(
        key="w", claim_id="V01", cents=500, effective_on=ON, reason="r", who="w", payer_id="X", patient_id="P"
    )
    assert found(CHARGE, stored(made, who="")) == {"WRITE-OFF-BY-NOBODY"}
