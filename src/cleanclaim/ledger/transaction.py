"""One transaction: entries that sum to zero, with its key, its day, its source and its reason."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from enum import StrEnum

from attrs import frozen

from cleanclaim.kernel.because import Because
from cleanclaim.kernel.money import Cents, format_cents
from cleanclaim.ledger.accounts import Account
from cleanclaim.ledger.errors import EmptyTransaction, NotCents, Unbalanced, ZeroEntry


class TransactionKind(StrEnum):
    """What happened."""

    CHARGE = "charge"
    REMITTANCE = "remittance"
    SUSPENSE = "suspense"
    PROVIDER_ADJUSTMENT = "provider-adjustment"
    PATIENT_PAYMENT = "patient-payment"
    CREDIT = "credit"
    TRANSFER = "transfer"
    WRITE_OFF = "write-off"
    DEPOSIT = "deposit"
    REFUND = "refund"
    REVERSAL = "reversal"


@frozen
class SourceRef:
    """Where a transaction comes from: the stored file and the segment in it, or a document by its name.

    ``file_sha256`` is the hash of the bytes as received, ``segment_ordinal`` counts segments of the file
    from 1 and is 0 where there is none.
    """

    file_sha256: str = ""
    segment_ordinal: int = 0
    document: str = ""


@frozen
class Entry:
    """Cents on one account: debit positive, credit negative, never zero.

    ``line`` is the number of the claim's line, or None for the claim as a whole.
    """

    account: Account
    cents: Cents
    claim_id: str = ""
    line: int | None = None
    payer_id: str = ""
    patient_id: str = ""


@frozen(kw_only=True)
class StoredTransaction:
    """A transaction as read back from where it is kept, not yet believed; `audit` tells what is wrong.

    ``key`` makes it happen once: the same key twice is the same event. ``reverses`` is the key of the
    transaction that this one takes back. ``who`` is the person, empty where the machine posted.
    """

    key: str
    kind: TransactionKind
    effective_on: dt.date
    entries: tuple[Entry, ...]
    because: tuple[Because, ...] = ()
    source: SourceRef = SourceRef()
    reverses: str | None = None
    who: str = ""

    def cents_by_claim(self) -> dict[str, Cents]:
        """The sum of the entries of each claim; entries of no claim stand under the empty text."""
        sums: dict[str, Cents] = defaultdict(int)
        for entry in self.entries:
            sums[entry.claim_id] += entry.cents
        return dict(sums)

    def account_cents(self, account: Account) -> Cents:
        """What this transaction does to one account."""
        return sum(entry.cents for entry in self.entries if entry.account is account)


@frozen(kw_only=True)
class Transaction(StoredTransaction):
    """A transaction that has been checked: it balances in whole and for every claim in it.

    Raises:
        EmptyTransaction: no entry or no key.
        NotCents: an amount that is not an int.
        ZeroEntry: an entry of no cents.
        Unbalanced: the entries of the whole, or of one claim, do not sum to zero.
    """

    def __attrs_post_init__(self) -> None:
        where = f"transaction {self.key}"
        if not self.entries or not self.key:
            raise EmptyTransaction("there is nothing to post", where=where, why="no entry or no key is given")
        for entry in self.entries:
            if type(entry.cents) is not int:
                raise NotCents(
                    f"{type(entry.cents).__name__} is not cents", where=where, fix="use whole cents"
                )
            if entry.cents == 0:
                raise ZeroEntry(f"the entry on {entry.account} is zero", where=where, fix="leave it out")
        for claim_id, cents in self.cents_by_claim().items():
            if cents != 0:
                raise Unbalanced(
                    f"the entries differ by {format_cents(cents)}",
                    where=f"{where}, claim {claim_id}" if claim_id else where,
                    why="debits and credits of each claim must be equal",
                )
