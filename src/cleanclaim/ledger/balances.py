"""The read side: balances computed from transactions, never kept."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import frozen

from cleanclaim.kernel.money import Cents
from cleanclaim.ledger.accounts import ADJUSTMENT_ACCOUNTS, Account
from cleanclaim.ledger.transaction import StoredTransaction


@frozen
class ClaimBalance:
    """One claim in cents: charge = paid + adjusted + insurance + patient.

    ``paid_cents`` is money applied to the claim, of payers and of the patient; money that a patient gave
    for it and that is not applied yet stands in ``unapplied_cents`` and is no part of the equation.
    """

    claim_id: str
    charge_cents: Cents = 0
    paid_cents: Cents = 0
    adjusted_cents: Cents = 0
    insurance_cents: Cents = 0
    patient_cents: Cents = 0
    unapplied_cents: Cents = 0

    def is_closed(self) -> bool:
        """Whether nobody owes anything on it."""
        return self.insurance_cents == 0 and self.patient_cents == 0

    def difference_cents(self) -> Cents:
        """Zero when the equation holds."""
        return (
            self.charge_cents
            - self.paid_cents
            - self.adjusted_cents
            - self.insurance_cents
            - self.patient_cents
        )


def trial_balance(
    transactions: Iterable[StoredTransaction], as_of: dt.date | None = None
) -> dict[Account, Cents]:
    """Cents on every account of the chart, up to and including a day; the sum is zero.

    An account that was never touched stands with zero, so that two trial balances compare.
    """
    sums: dict[Account, Cents] = dict.fromkeys(Account, 0)
    for transaction in transactions:
        if as_of is None or transaction.effective_on <= as_of:
            for entry in transaction.entries:
                sums[entry.account] += entry.cents
    return sums


def claim_balances(
    transactions: Iterable[StoredTransaction], as_of: dt.date | None = None
) -> dict[str, ClaimBalance]:
    """The balance of every claim, by claim id in order; entries that belong to no claim are left out."""
    sums: dict[str, dict[Account, Cents]] = {}
    for transaction in transactions:
        if as_of is None or transaction.effective_on <= as_of:
            for entry in transaction.entries:
                if entry.claim_id:
                    accounts = sums.setdefault(entry.claim_id, defaultdict(int))
                    accounts[entry.account] += entry.cents
    return {claim_id: claim_balance(claim_id, sums[claim_id]) for claim_id in sorted(sums)}


def claim_balance(claim_id: str, accounts: Mapping[Account, Cents]) -> ClaimBalance:
    """The balance that the sums of a claim's entries by account amount to."""
    named = {Account.CHARGES, Account.INSURANCE_RECEIVABLE, Account.PATIENT_RECEIVABLE} | ADJUSTMENT_ACCOUNTS
    return ClaimBalance(
        claim_id=claim_id,
        charge_cents=-accounts.get(Account.CHARGES, 0),
        paid_cents=sum(cents for account, cents in accounts.items() if account not in named),
        adjusted_cents=sum(accounts.get(account, 0) for account in ADJUSTMENT_ACCOUNTS),
        insurance_cents=accounts.get(Account.INSURANCE_RECEIVABLE, 0),
        patient_cents=accounts.get(Account.PATIENT_RECEIVABLE, 0),
        unapplied_cents=-accounts.get(Account.PATIENT_UNAPPLIED, 0),
    )


def balances_by(
    transactions: Iterable[StoredTransaction],
    account: Account,
    by: Literal["payer_id", "patient_id", "claim_id"],
) -> dict[str, Cents]:
    """One account split by payer, patient or claim; what is zero is left out."""
    sums: dict[str, Cents] = defaultdict(int)
    for transaction in transactions:
        for entry in transaction.entries:
            if entry.account is account:
                sums[getattr(entry, by)] += entry.cents
    return {name: cents for name, cents in sorted(sums.items()) if cents}
