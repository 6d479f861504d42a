"""The engine's ledger kept in the database: written once, read back for every balance."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from cleanclaim.claims.records import record_from_plain
from cleanclaim.kernel.because import Because
from cleanclaim.kernel.errors import Refused
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
from cleanclaim.office.in_parts import in_parts
from cleanclaim.office.money.models import LedgerEntry, LedgerHead, LedgerTransaction
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant


def save_transactions(tenant: Tenant, transactions: Iterable[Transaction], *, actor: Actor) -> int:
    """Write transactions that are not there yet; a key already written is the same event and is left alone.

    Returns how many were new. The caller holds the tenant (`hold`).

    Raises:
        Refused: a key stands for another event already; nothing is written over or left out unsaid.
    """
    drafts = list(transactions)
    there = {item.key: item for item in transactions_of(item.key for item in drafts)}
    new = []
    for item in drafts:
        known = there.setdefault(item.key, item)
        if known is item:
            new.append(item)
        elif not _same_event(known, item):
            raise Refused(
                "another event is posted under this name",
                where=f"transaction {item.key}",
                fix="give the visit, claim or receipt a number of its own",
            )
    if new:
        _save(tenant, new, actor)
    return len(new)


def _same_event(kept: StoredTransaction, item: StoredTransaction) -> bool:
    return (kept.kind, kept.effective_on, kept.entries, kept.reverses) == (
        item.kind,
        item.effective_on,
        item.entries,
        item.reverses,
    )


def _save(tenant: Tenant, new: Sequence[Transaction], actor: Actor) -> None:
    rows, entries = [], []
    for item in new:
        row = _row(tenant, item, actor)
        own = _entries(tenant, row, item)
        row.seal = keyed_hash(row.content_with(own))
        rows.append(row)
        entries += own
    LedgerTransaction.objects.bulk_create(rows)
    for entry in entries:
        entry.transaction_id = entry.transaction.pk
    LedgerEntry.objects.bulk_create(entries)
    head = LedgerHead.objects.select_for_update().filter(tenant=tenant).first() or LedgerHead(tenant=tenant)
    for row in rows:
        head.count += 1
        head.digest = next_digest(head.digest, row.seal)
    head.save()


def _row(tenant: Tenant, item: Transaction, actor: Actor) -> LedgerTransaction:
    return LedgerTransaction(
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


def _entries(tenant: Tenant, row: LedgerTransaction, item: Transaction) -> list[LedgerEntry]:
    return [
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


def next_digest(digest: str, seal: str) -> str:
    """The digest of a ledger after one more transaction."""
    return keyed_hash([digest, seal])


def stored_transactions(**wanted: str) -> list[StoredTransaction]:
    """The transactions of the present tenant, oldest first, optionally only those touching one claim or patient."""
    rows = LedgerTransaction.objects.order_by("id").prefetch_related("entries")
    if wanted:
        rows = rows.filter(pk__in=LedgerEntry.objects.filter(**wanted).values("transaction_id"))
    return [_stored(row) for row in rows]


def transactions_of(keys: Iterable[str]) -> list[StoredTransaction]:
    """The transactions with these keys that there are, oldest first."""
    found: list[LedgerTransaction] = []
    for part in in_parts(keys):
        found += LedgerTransaction.objects.filter(key__in=part).prefetch_related("entries")
    return [_stored(row) for row in sorted(found, key=lambda row: row.pk)]


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
