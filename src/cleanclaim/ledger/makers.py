"""The transactions a practice makes: each one a function, each one balanced by construction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cleanclaim.kernel.because import Because
from cleanclaim.kernel.money import Cents
from cleanclaim.ledger.accounts import WRITE_OFF_ACCOUNTS, Account
from cleanclaim.ledger.errors import LedgerError, ReversalRefused, WriteOffRefused
from cleanclaim.ledger.transaction import Entry, SourceRef, StoredTransaction, Transaction, TransactionKind

_RECEIVABLES = frozenset({Account.INSURANCE_RECEIVABLE, Account.PATIENT_RECEIVABLE})
_NO_SOURCE = SourceRef()


def charge(
    *,
    key: str,
    claim_id: str,
    line_cents: Sequence[tuple[int, Cents]],
    effective_on: dt.date,
    payer_id: str = "",
    patient_id: str = "",
    source: SourceRef = _NO_SOURCE,
    because: tuple[Because, ...] = (),
) -> Transaction:
    """Charge the lines of a claim: to the payer, or to the patient where ``payer_id`` is empty.

    ``line_cents`` are (line number, cents); a line of no charge makes no entry.
    """
    owed_by = Account.INSURANCE_RECEIVABLE if payer_id else Account.PATIENT_RECEIVABLE
    entries = []
    for line, cents in line_cents:
        if cents:
            entries.append(Entry(owed_by, cents, claim_id, line, payer_id, patient_id))
            entries.append(Entry(Account.CHARGES, -cents, claim_id, line, payer_id, patient_id))
    return Transaction(
        key=key,
        kind=TransactionKind.CHARGE,
        effective_on=effective_on,
        entries=tuple(entries),
        because=because,
        source=source,
    )


def patient_payment(
    *,
    key: str,
    cents: Cents,
    patient_id: str,
    effective_on: dt.date,
    claim_id: str = "",
    due_cents: Cents = 0,
    source: SourceRef = _NO_SOURCE,
    because: tuple[Because, ...] = (),
    who: str = "",
) -> Transaction:
    """Take a patient's money: what is due on the claim is applied, the rest is held as credit.

    ``due_cents`` is what the patient owes on that claim now (`ClaimBalance.patient_cents`). A copay
    taken before the payer answered is held as credit and applied when the patient's share is known.
    """
    _positive(cents, "a payment", key)
    applied = min(cents, max(due_cents, 0))
    entries = [Entry(Account.PATIENT_CASH, cents, claim_id, None, "", patient_id)]
    if applied:
        entries.append(Entry(Account.PATIENT_RECEIVABLE, -applied, claim_id, None, "", patient_id))
    if cents > applied:
        entries.append(Entry(Account.PATIENT_UNAPPLIED, applied - cents, claim_id, None, "", patient_id))
    return Transaction(
        key=key,
        kind=TransactionKind.PATIENT_PAYMENT,
        effective_on=effective_on,
        entries=tuple(entries),
        because=because,
        source=source,
        who=who,
    )


def apply_credit(
    *,
    key: str,
    cents: Cents,
    patient_id: str,
    claim_id: str,
    effective_on: dt.date,
    from_claim_id: str | None = None,
    source: SourceRef = _NO_SOURCE,
    because: tuple[Because, ...] = (),
    who: str = "",
) -> Transaction:
    """Use a patient's credit for what the patient owes on a claim.

    ``from_claim_id`` is the claim the credit was taken for (empty: none); left out, it is the same
    claim. Between two claims the money goes back through cash, so that each claim stays balanced.
    """
    _positive(cents, "a credit applied", key)
    giver = claim_id if from_claim_id is None else from_claim_id
    entries = [Entry(Account.PATIENT_UNAPPLIED, cents, giver, None, "", patient_id)]
    if giver != claim_id:
        entries.append(Entry(Account.PATIENT_CASH, -cents, giver, None, "", patient_id))
        entries.append(Entry(Account.PATIENT_CASH, cents, claim_id, None, "", patient_id))
    entries.append(Entry(Account.PATIENT_RECEIVABLE, -cents, claim_id, None, "", patient_id))
    return Transaction(
        key=key,
        kind=TransactionKind.CREDIT,
        effective_on=effective_on,
        entries=tuple(entries),
        because=because,
        source=source,
        who=who,
    )


def move_to_credit(
    *,
    key: str,
    cents: Cents,
    patient_id: str,
    claim_id: str,
    effective_on: dt.date,
    source: SourceRef = _NO_SOURCE,
    because: tuple[Because, ...] = (),
) -> Transaction:
    """Hold as credit what a patient paid beyond the share: the share fell after the payment."""
    _positive(cents, "a credit", key)
    entries = (
        Entry(Account.PATIENT_RECEIVABLE, cents, claim_id, None, "", patient_id),
        Entry(Account.PATIENT_UNAPPLIED, -cents, claim_id, None, "", patient_id),
    )
    return Transaction(
        key=key,
        kind=TransactionKind.CREDIT,
        effective_on=effective_on,
        entries=entries,
        because=because,
        source=source,
    )


def transfer_to_patient(
    *,
    key: str,
    claim_id: str,
    cents: Cents,
    effective_on: dt.date,
    payer_id: str = "",
    patient_id: str = "",
    line: int | None = None,
    source: SourceRef = _NO_SOURCE,
    because: tuple[Because, ...] = (),
    who: str = "",
) -> Transaction:
    """Make the patient owe what the insurance was asked for."""
    _positive(cents, "a transfer", key)
    entries = (
        Entry(Account.PATIENT_RECEIVABLE, cents, claim_id, line, "", patient_id),
        Entry(Account.INSURANCE_RECEIVABLE, -cents, claim_id, line, payer_id, patient_id),
    )
    return Transaction(
        key=key,
        kind=TransactionKind.TRANSFER,
        effective_on=effective_on,
        entries=entries,
        because=because,
        source=source,
        who=who,
    )


def transfer_to_insurance(
    *,
    key: str,
    claim_id: str,
    cents: Cents,
    effective_on: dt.date,
    payer_id: str,
    patient_id: str = "",
    line: int | None = None,
    source: SourceRef = _NO_SOURCE,
    because: tuple[Because, ...] = (),
    who: str = "",
) -> Transaction:
    """Ask a payer for what the patient owed: coverage was found after all."""
    _positive(cents, "a transfer", key)
    entries = (
        Entry(Account.INSURANCE_RECEIVABLE, cents, claim_id, line, payer_id, patient_id),
        Entry(Account.PATIENT_RECEIVABLE, -cents, claim_id, line, "", patient_id),
    )
    return Transaction(
        key=key,
        kind=TransactionKind.TRANSFER,
        effective_on=effective_on,
        entries=entries,
        because=because,
        source=source,
        who=who,
    )


def write_off(
    *,
    key: str,
    claim_id: str,
    cents: Cents,
    effective_on: dt.date,
    reason: str,
    who: str,
    account: Account = Account.OTHER_ADJUSTMENT,
    owed_by: Account = Account.INSURANCE_RECEIVABLE,
    payer_id: str = "",
    patient_id: str = "",
    line: int | None = None,
    source: SourceRef = _NO_SOURCE,
) -> Transaction:
    """Give up an open balance: a person's decision, with a reason.

    Raises:
        WriteOffRefused: no person, no reason, or an account that takes no write-off.
    """
    _positive(cents, "a write-off", key)
    where = f"transaction {key}"
    if not who.strip() or not reason.strip():
        raise WriteOffRefused("a write-off needs a person and a reason", where=where)
    if account not in WRITE_OFF_ACCOUNTS or owed_by not in _RECEIVABLES:
        raise WriteOffRefused(f"a balance on {owed_by} is not written off to {account}", where=where)
    entries = (
        Entry(account, cents, claim_id, line, payer_id, patient_id),
        Entry(owed_by, -cents, claim_id, line, payer_id, patient_id),
    )
    return Transaction(
        key=key,
        kind=TransactionKind.WRITE_OFF,
        effective_on=effective_on,
        entries=entries,
        because=(Because(reason.strip()),),
        source=source,
        who=who.strip(),
    )


def deposit(
    *,
    key: str,
    cents: Cents,
    effective_on: dt.date,
    payer_id: str = "",
    from_account: Account = Account.PAYER_CLEARING,
    source: SourceRef = _NO_SOURCE,
    because: tuple[Because, ...] = (),
    who: str = "",
) -> Transaction:
    """The bank shows the money: it leaves clearing (or the patients' cash drawer) for the bank."""
    _positive(cents, "a deposit", key)
    if from_account not in {Account.PAYER_CLEARING, Account.PATIENT_CASH}:
        raise LedgerError(f"{from_account} is not deposited", where=f"transaction {key}")
    entries = (
        Entry(Account.BANK, cents, payer_id=payer_id),
        Entry(from_account, -cents, payer_id=payer_id),
    )
    return Transaction(
        key=key,
        kind=TransactionKind.DEPOSIT,
        effective_on=effective_on,
        entries=entries,
        because=because,
        source=source,
        who=who,
    )


def refund_due(
    *,
    key: str,
    cents: Cents,
    patient_id: str,
    effective_on: dt.date,
    reason: str,
    who: str,
    claim_id: str = "",
) -> Transaction:
    """Decide that a patient's credit goes back: a person's decision, with a reason."""
    _positive(cents, "a refund", key)
    if not who.strip() or not reason.strip():
        raise LedgerError("a refund needs a person and a reason", where=f"transaction {key}")
    entries = (
        Entry(Account.PATIENT_UNAPPLIED, cents, claim_id, None, "", patient_id),
        Entry(Account.REFUNDS_PAYABLE, -cents, claim_id, None, "", patient_id),
    )
    return Transaction(
        key=key,
        kind=TransactionKind.REFUND,
        effective_on=effective_on,
        entries=entries,
        because=(Because(reason.strip()),),
        who=who.strip(),
    )


def refund_paid(
    *,
    key: str,
    cents: Cents,
    patient_id: str,
    effective_on: dt.date,
    who: str,
    claim_id: str = "",
    source: SourceRef = _NO_SOURCE,
) -> Transaction:
    """The refund has left the house."""
    _positive(cents, "a refund", key)
    entries = (
        Entry(Account.REFUNDS_PAYABLE, cents, claim_id, None, "", patient_id),
        Entry(Account.PATIENT_CASH, -cents, claim_id, None, "", patient_id),
    )
    return Transaction(
        key=key,
        kind=TransactionKind.REFUND,
        effective_on=effective_on,
        entries=entries,
        source=source,
        who=who,
    )


def reversal_key(transaction: StoredTransaction) -> str:
    """The one key under which a transaction can be reversed, so that it cannot be twice."""
    return f"{transaction.key}/reversed"


def reverse(
    transaction: StoredTransaction,
    *,
    effective_on: dt.date,
    key: str | None = None,
    source: SourceRef = _NO_SOURCE,
    because: tuple[Because, ...] = (),
    who: str = "",
) -> Transaction:
    """Take a transaction back as a whole: the same entries with the other sign.

    Raises:
        ReversalRefused: it is a reversal itself, or the key given is its own.
    """
    if transaction.reverses is not None:
        raise ReversalRefused(
            "a reversal is not reversed",
            where=f"transaction {transaction.key}",
            fix="post the original again under a new key",
        )
    if key == transaction.key:
        raise ReversalRefused("the reversal needs a key of its own", where=f"transaction {transaction.key}")
    entries = tuple(
        Entry(item.account, -item.cents, item.claim_id, item.line, item.payer_id, item.patient_id)
        for item in transaction.entries
    )
    return Transaction(
        key=key or reversal_key(transaction),
        kind=TransactionKind.REVERSAL,
        effective_on=effective_on,
        entries=entries,
        because=because,
        source=source,
        reverses=transaction.key,
        who=who,
    )


def _positive(cents: Cents, what: str, key: str) -> None:
    if type(cents) is not int or cents <= 0:
        raise LedgerError(
            f"{what} is a positive amount of cents",
            where=f"transaction {key}",
            fix="take the earlier transaction back by a reversal",
        )
