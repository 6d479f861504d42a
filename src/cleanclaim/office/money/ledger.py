"""The engine's ledger kept in the database: written once, read back for every balance."""

from __future__ import annotations

import json
from collections.abc import Iterable

from cleanclaim.claims.records import record_from_plain
from cleanclaim.kernel.because import Because
from cleanclaim.kernel.json import canonical_json
from cleanclaim.ledger import (
    Account,
    ClaimBalance,
    Entry,
    SourceRef,
    Transaction,
    TransactionKind,
    claim_balances,
)
from cleanclaim.ledger.transaction import StoredTransaction
from cleanclaim.office.audit.seal import keyed_hash
from cleanclaim.office.money.models import LedgerEntry, LedgerTransaction
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant


def save_transactions(tenant: Tenant, transactions: Iterable[Transaction], *, actor: Actor) -> int:
    """Write transactions that are not there yet; a key already written is the same event and is left alone.

    Returns how many were new. The caller holds the database transaction.
    """
    new = 0
    for item in transactions:
        if LedgerTransaction.objects.filter(key=item.key).exists():
            continue
        _save(tenant, item, actor)
        new += 1
    return new


def _save(tenant: Tenant, item: Transaction, actor: Actor) -> None:
    row = LedgerTransaction(
        tenant=tenant,
        key=item.key,
        kind=item.kind.value,
        effective_on=item.effective_on,
        posted_at=actor.now,
        who=item.who or actor.name,
        because=canonical_json(item.because),
        source_sha256=item.source.file_sha256,
        source_ordinal=item.source.segment_ordinal,
        source_document=item.source.document,
        reverses_key=item.reverses,
    )
    entries = [
        LedgerEntry(
            tenant=tenant,
            transaction=row,
            position=position,
            account=entry.account.value,
            cents=entry.cents,
            claim_id=entry.claim_id,
            line=entry.line,
            payer_id=entry.payer_id,
            patient_id=entry.patient_id,
        )
        for position, entry in enumerate(item.entries, 1)
    ]
    row.seal = keyed_hash(row.content_with(entries))
    row.save(force_insert=True)
    LedgerEntry.objects.bulk_create(entries)


def stored_transactions(**wanted: str) -> list[StoredTransaction]:
    """The transactions of the present tenant, oldest first, optionally only those touching one claim or patient."""
    rows = LedgerTransaction.objects.order_by("id").prefetch_related("entries")
    if wanted:
        rows = rows.filter(**{f"entries__{name}": value for name, value in wanted.items()}).distinct()
    return [_stored(row) for row in rows]


def balance_of(claim_id: str) -> ClaimBalance:
    """A claim's balance, computed from its entries."""
    found = claim_balances(stored_transactions(claim_id=claim_id))
    return found.get(claim_id) or ClaimBalance(claim_id=claim_id)


def checked(item: StoredTransaction) -> Transaction:
    """A stored transaction as a checked one, for reversals."""
    return Transaction(
        key=item.key,
        kind=item.kind,
        effective_on=item.effective_on,
        entries=item.entries,
        because=item.because,
        source=item.source,
        reverses=item.reverses,
        who=item.who,
    )


def _stored(row: LedgerTransaction) -> StoredTransaction:
    entries = tuple(
        Entry(
            Account(entry.account), entry.cents, entry.claim_id, entry.line, entry.payer_id, entry.patient_id
        )
        for entry in sorted(row.entries.all(), key=lambda entry: entry.position)
    )
    return StoredTransaction(
        key=row.key,
        kind=TransactionKind(row.kind),
        effective_on=row.effective_on,
        entries=entries,
        because=record_from_plain(tuple[Because, ...], json.loads(row.because)),
        source=SourceRef(row.source_sha256, row.source_ordinal, row.source_document),
        reverses=row.reverses_key,
        who=row.who,
    )
