"""Double entry in integer cents: what was charged, paid, adjusted and is owed, append-only.

A transaction balances in whole and for every claim in it, or it is refused. Nothing is edited: a
correction is a reversal and a new transaction. Balances are computed from transactions and never kept.
"""

from cleanclaim.ledger.accounts import ADJUSTMENT_ACCOUNTS, CASH_ACCOUNTS, Account
from cleanclaim.ledger.audit import LedgerFault, audit
from cleanclaim.ledger.balances import ClaimBalance, balances_by, claim_balance, claim_balances, trial_balance
from cleanclaim.ledger.errors import (
    EmptyTransaction,
    LedgerError,
    NotCents,
    ReversalRefused,
    Unbalanced,
    WriteOffRefused,
    ZeroEntry,
)
from cleanclaim.ledger.makers import (
    apply_credit,
    charge,
    deposit,
    move_to_credit,
    patient_payment,
    refund_due,
    refund_paid,
    reversal_key,
    reverse,
    transfer_to_insurance,
    transfer_to_patient,
    write_off,
)
from cleanclaim.ledger.transaction import Entry, SourceRef, StoredTransaction, Transaction, TransactionKind

__all__ = [
    "ADJUSTMENT_ACCOUNTS",
    "CASH_ACCOUNTS",
    "Account",
    "ClaimBalance",
    "EmptyTransaction",
    "Entry",
    "LedgerError",
    "LedgerFault",
    "NotCents",
    "ReversalRefused",
    "SourceRef",
    "StoredTransaction",
    "Transaction",
    "TransactionKind",
    "Unbalanced",
    "WriteOffRefused",
    "ZeroEntry",
    "apply_credit",
    "audit",
    "balances_by",
    "charge",
    "claim_balance",
    "claim_balances",
    "deposit",
    "move_to_credit",
    "patient_payment",
    "refund_due",
    "refund_paid",
    "reversal_key",
    "reverse",
    "transfer_to_insurance",
    "transfer_to_patient",
    "trial_balance",
    "write_off",
]
