"""What may not enter the ledger."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.ledger import (
    Account,
    EmptyTransaction,
    Entry,
    NotCents,
    Transaction,
    TransactionKind,
    Unbalanced,
    ZeroEntry,
)

ON = dt.date(2026, 11, 9)


def made(*entries, key="k"):
    return Transaction(key=key, kind=TransactionKind.CHARGE, effective_on=ON, entries=tuple(entries))


def test_no_entry_is_refused():
    with pytest.raises(EmptyTransaction):
        made()


def test_no_key_is_refused():
    with pytest.raises(EmptyTransaction):
        made(Entry(Account.CHARGES, -1), Entry(Account.BANK, 1), key="")


@pytest.mark.parametrize("cents", [1.0, "1", True, Decimal(1), None])
def test_what_is_no_integer_of_cents_is_refused(cents):
    with pytest.raises(NotCents):
        made(Entry(Account.CHARGES, cents), Entry(Account.BANK, -1))


def test_a_zero_entry_is_refused():
    with pytest.raises(ZeroEntry):
        made(Entry(Account.CHARGES, 0), Entry(Account.BANK, 0))


@given(debit=st.integers(1, 10**9), credit=st.integers(1, 10**9))
def test_unequal_sides_are_refused(debit, credit):
    entries = (Entry(Account.INSURANCE_RECEIVABLE, debit), Entry(Account.CHARGES, -credit))
    if debit == credit:
        assert made(*entries).account_cents(Account.CHARGES) == -credit
        return
    with pytest.raises(Unbalanced):
        made(*entries)


def test_money_does_not_wander_between_claims():
    with pytest.raises(Unbalanced, match="claim V01"):
        made(Entry(Account.INSURANCE_RECEIVABLE, 5, "V01"), Entry(Account.CHARGES, -5, "V02"))


def test_every_refusal_is_an_error_for_a_person():
    with pytest.raises(CleanClaimError) as caught:
        made(Entry(Account.BANK, 5), key="charge-1")
    assert "charge-1" in caught.value.sentence()
