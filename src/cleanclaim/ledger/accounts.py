"""The chart of accounts: fixed, in a biller's words."""

from __future__ import annotations

from enum import StrEnum


class Account(StrEnum):
    """Every place a cent can be.

    Receivables and cash grow by debit (positive cents), charges and credits held grow by credit
    (negative cents). Payments of payers stand in ``payer_clearing`` until the bank shows them.
    """

    INSURANCE_RECEIVABLE = "insurance_receivable"
    PATIENT_RECEIVABLE = "patient_receivable"
    CHARGES = "charges"
    CONTRACTUAL_ADJUSTMENT = "contractual_adjustment"
    SEQUESTRATION = "sequestration"
    OTHER_ADJUSTMENT = "other_adjustment"
    DENIED_WRITE_OFF = "denied_write_off"
    BAD_DEBT = "bad_debt"
    SMALL_BALANCE = "small_balance"
    PAYER_CLEARING = "payer_clearing"
    PATIENT_CASH = "patient_cash"
    BANK = "bank"
    PAYER_SUSPENSE = "payer_suspense"
    RECOUPMENT = "recoupment"
    FORWARDING_BALANCE = "forwarding_balance"
    INTEREST = "interest"
    PAYER_REFUND = "payer_refund"
    PROVIDER_ADJUSTMENT = "provider_adjustment"
    PATIENT_UNAPPLIED = "patient_unapplied"
    REFUNDS_PAYABLE = "refunds_payable"


ADJUSTMENT_ACCOUNTS = frozenset(
    {
        Account.CONTRACTUAL_ADJUSTMENT,
        Account.SEQUESTRATION,
        Account.OTHER_ADJUSTMENT,
        Account.DENIED_WRITE_OFF,
        Account.BAD_DEBT,
        Account.SMALL_BALANCE,
        Account.INTEREST,
    }
)
"""What lowers a charge without money (interest inside a claim raises the payment and lowers it back)."""

WRITE_OFF_ACCOUNTS = frozenset(
    {
        Account.CONTRACTUAL_ADJUSTMENT,
        Account.OTHER_ADJUSTMENT,
        Account.DENIED_WRITE_OFF,
        Account.BAD_DEBT,
        Account.SMALL_BALANCE,
    }
)
"""Where a person may write an open balance off to."""

CASH_ACCOUNTS = frozenset({Account.PAYER_CLEARING, Account.PATIENT_CASH, Account.BANK})
"""Money received."""
