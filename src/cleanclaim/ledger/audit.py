"""The proof of a ledger: what is wrong in transactions as they are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from attrs import frozen

from cleanclaim.kernel.money import format_cents
from cleanclaim.ledger.accounts import Account
from cleanclaim.ledger.balances import balances_by, claim_balances
from cleanclaim.ledger.transaction import Entry, StoredTransaction, TransactionKind


@frozen
class LedgerFault:
    """One fault: a stable code, the transaction (or claim, or patient) it is in, and a sentence."""

    code: str
    key: str
    message: str


def audit(transactions: Iterable[StoredTransaction]) -> tuple[LedgerFault, ...]:
    """Every fault of a ledger, in the order of its transactions, then of its balances.

    Codes: EMPTY, NOT-CENTS, ZERO-ENTRY, UNBALANCED, CLAIM-UNBALANCED, DUPLICATE-KEY, WRITE-OFF-BY-NOBODY,
    REVERSAL-UNKNOWN, REVERSAL-OF-REVERSAL, REVERSAL-NOT-MIRROR, REVERSED-TWICE, CLAIM-EQUATION,
    NEGATIVE-PATIENT-DUE, NEGATIVE-CREDIT, NEGATIVE-REFUND.
    """
    kept = tuple(transactions)
    faults: list[LedgerFault] = []
    for transaction in kept:
        faults += _entry_faults(transaction)
    faults += _key_faults(kept)
    faults += _reversal_faults(kept)
    if not any(fault.code == "NOT-CENTS" for fault in faults):
        faults += _balance_faults(kept)
    return tuple(faults)


def _entry_faults(transaction: StoredTransaction) -> list[LedgerFault]:
    key = transaction.key
    if not transaction.entries:
        return [LedgerFault("EMPTY", key, "The transaction has no entry.")]
    if any(type(entry.cents) is not int for entry in transaction.entries):
        return [LedgerFault("NOT-CENTS", key, "An amount is not an integer of cents.")]
    faults = []
    if any(entry.cents == 0 for entry in transaction.entries):
        faults.append(LedgerFault("ZERO-ENTRY", key, "An entry is zero."))
    total = sum(entry.cents for entry in transaction.entries)
    if total:
        faults.append(LedgerFault("UNBALANCED", key, f"Debits and credits differ by {format_cents(total)}."))
    for claim_id, cents in transaction.cents_by_claim().items():
        if cents and claim_id:
            message = f"The entries of claim {claim_id} differ by {format_cents(cents)}."
            faults.append(LedgerFault("CLAIM-UNBALANCED", key, message))
    if transaction.kind is TransactionKind.WRITE_OFF and not transaction.who:
        faults.append(LedgerFault("WRITE-OFF-BY-NOBODY", key, "A write-off names no person."))
    return faults


def _key_faults(kept: Sequence[StoredTransaction]) -> list[LedgerFault]:
    counts = Counter(transaction.key for transaction in kept)
    return [
        LedgerFault("DUPLICATE-KEY", key, f"The key stands {count} times: the event was posted again.")
        for key, count in counts.items()
        if count > 1
    ]


def _reversal_faults(kept: Sequence[StoredTransaction]) -> list[LedgerFault]:
    by_key = {transaction.key: transaction for transaction in kept}
    faults = []
    seen: set[str] = set()
    for transaction in kept:
        if transaction.reverses is None:
            continue
        original = by_key.get(transaction.reverses)
        if original is None:
            message = "It reverses a transaction that is not there."
            faults.append(LedgerFault("REVERSAL-UNKNOWN", transaction.key, message))
            continue
        if original.reverses is not None:
            faults.append(LedgerFault("REVERSAL-OF-REVERSAL", transaction.key, "It reverses a reversal."))
        if Counter(map(_mirrored, transaction.entries)) != Counter(original.entries):
            message = "Its entries are not those of the original with the other sign."
            faults.append(LedgerFault("REVERSAL-NOT-MIRROR", transaction.key, message))
        if transaction.reverses in seen:
            message = f"{transaction.reverses} was reversed before."
            faults.append(LedgerFault("REVERSED-TWICE", transaction.key, message))
        seen.add(transaction.reverses)
    return faults


def _balance_faults(kept: Sequence[StoredTransaction]) -> list[LedgerFault]:
    faults = []
    for claim_id, balance in claim_balances(kept).items():
        if balance.difference_cents():
            message = f"Charge and its parts differ by {format_cents(balance.difference_cents())}."
            faults.append(LedgerFault("CLAIM-EQUATION", claim_id, message))
        if balance.patient_cents < 0:
            message = f"The patient would owe {format_cents(balance.patient_cents)}: hold it as credit."
            faults.append(LedgerFault("NEGATIVE-PATIENT-DUE", claim_id, message))
    for account, code in (
        (Account.PATIENT_UNAPPLIED, "NEGATIVE-CREDIT"),
        (Account.REFUNDS_PAYABLE, "NEGATIVE-REFUND"),
    ):
        for patient_id, cents in balances_by(kept, account, "patient_id").items():
            if cents > 0:
                message = f"More was taken from {account} than was there, by {format_cents(cents)}."
                faults.append(LedgerFault(code, patient_id, message))
    return faults


def _mirrored(entry: Entry) -> Entry:
    return Entry(entry.account, -entry.cents, entry.claim_id, entry.line, entry.payer_id, entry.patient_id)
