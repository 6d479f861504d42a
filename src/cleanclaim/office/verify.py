"""The proof that nothing was changed behind the office's back: ledger, seals, files, audit chain, keys."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from attrs import frozen
from django.apps import apps
from django.db import connection
from django.db.models import F, Sum
from django_scopes import scopes_disabled

from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.kernel.money import format_cents
from cleanclaim.ledger import Account, TransactionKind, audit, claim_balances
from cleanclaim.office.audit.append_only import guards_of
from cleanclaim.office.audit.models import AuditEvent, AuditHead
from cleanclaim.office.audit.seal import SealedRow
from cleanclaim.office.audit.services import FIRST_HASH, event_hash
from cleanclaim.office.claims.models import BatchedVersion, ClaimEvent, ClaimRow, ClaimVersion
from cleanclaim.office.denials.models import DenialCaseRow
from cleanclaim.office.encounters.models import (
    Decision,
    DocumentRow,
    DocumentWaiver,
    EncounterRow,
    LearnedInUse,
    Release,
)
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.files.services import read_file
from cleanclaim.office.money.balances import balances_of_claims
from cleanclaim.office.money.ledger import next_digest, stored_transactions
from cleanclaim.office.money.models import (
    LedgerEntry,
    LedgerHead,
    LedgerTransaction,
    PayerPayment,
    PostedKey,
    RemittedClaimRow,
    StatementRow,
)
from cleanclaim.office.people import row_security
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import TenantRow, within
from cleanclaim.office.registry.models import ChargePriceRow, ContractRow, CoverageRow

SEALED: tuple[type[SealedRow], ...] = (
    EncounterRow,
    DocumentRow,
    Decision,
    Release,
    DocumentWaiver,
    LearnedInUse,
    ClaimVersion,
    ClaimEvent,
    LedgerTransaction,
    PayerPayment,
    RemittedClaimRow,
    StatementRow,
    DenialCaseRow,
    ChargePriceRow,
    ContractRow,
    CoverageRow,
)
_SHOWN = 3


@frozen
class Check:
    """One thing that was proven, or the first places where it does not hold."""

    check: str
    ok: bool
    detail: str


def verify_home() -> list[Check]:
    """Every check over every tenant; the home is sound when all are ok."""
    with scopes_disabled():
        checks = [
            _check("database", _database_faults),
            _check("foreign keys", _foreign_key_faults),
            _check("append-only guards", _guard_faults),
            _check("audit chain", _audit_faults),
            _check("files", _file_faults),
            _check("tenants apart", _tenancy_faults),
            _row_security(),
        ]
        checks += [_check(f"seals of {model._meta.verbose_name}", _seal_faults(model)) for model in SEALED]
    for tenant in Tenant.objects.order_by("slug"):
        with within(tenant):
            checks.append(_check(f"ledger of {tenant.slug}", _ledger_faults))
            checks.append(_check(f"payments of {tenant.slug}", _payment_faults))
            checks.append(_check(f"claims of {tenant.slug}", _claim_faults))
    return checks


def _check(name: str, find: Callable[[], tuple[int, list[str]]]) -> Check:
    try:
        seen, faults = find()
    except Exception as error:  # what was damaged may break the check itself: that too is a finding
        return Check(
            name, False, f"the check could not be made, its rows cannot be read ({type(error).__name__})"
        )
    if not faults:
        return Check(name, True, f"{seen} sound")
    more = f" and {len(faults) - _SHOWN} more" if len(faults) > _SHOWN else ""
    return Check(name, False, "; ".join(faults[:_SHOWN]) + more)


def _database_faults() -> tuple[int, list[str]]:
    if connection.vendor != "sqlite":
        return 1, []
    with connection.cursor() as cursor:
        answers = [row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall()]
    return 1, [answer for answer in answers if answer != "ok"]


def _foreign_key_faults() -> tuple[int, list[str]]:
    if connection.vendor != "sqlite":
        return 1, []
    with connection.cursor() as cursor:
        rows = cursor.execute("PRAGMA foreign_key_check").fetchall()
    return 1, [f"{row[0]} row {row[1]} points at a {row[2]} that is not there" for row in rows]


def _guard_faults() -> tuple[int, list[str]]:
    wanted = guards_of(connection.vendor)
    catalogue = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        there = dict(cursor.fetchall())
        raises = connection.vendor == "sqlite" or _postgres_guard_raises(cursor)
    faults = [
        f"{name} was taken away" for name, words in sorted(wanted.items()) if words not in there.get(name, "")
    ]
    return len(wanted), faults if raises else [*faults, "the guards no longer refuse"]


def _postgres_guard_raises(cursor) -> bool:
    cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'cleanclaim_only_grows'")
    return all("BEGIN RAISE EXCEPTION" in source for (source,) in cursor.fetchall())


def _row_security() -> Check:
    """Whether PostgreSQL itself keeps tenants apart; SQLite has no such means, the scopes are all there is."""
    name = "row security"
    if connection.vendor != "postgresql":
        return Check(name, True, "not made: SQLite has none, the office's scopes keep tenants apart")
    if row_security.is_above():
        why = "the office connects as a role that is above row policies"
        return Check(name, True, f"not in force: {why}; the office's scopes keep tenants apart")
    return _check(name, lambda: (len(row_security.tenant_tables()), list(row_security.faults())))


def _tenancy_faults() -> tuple[int, list[str]]:
    """Rows that point at a row of another tenant."""
    faults, seen = [], 0
    for model in apps.get_models():
        if not issubclass(model, TenantRow):
            continue
        for field in model._meta.concrete_fields:
            if field.is_relation and issubclass(field.related_model, TenantRow):
                seen += 1
                strangers = model.objects.filter(**{f"{field.name}__isnull": False}).exclude(
                    tenant=F(f"{field.name}__tenant")
                )
                faults += [
                    f"{model._meta.verbose_name} {pk} points at another tenant's {field.name}"
                    for pk in strangers.values_list("pk", flat=True)
                ]
    return seen, faults


def _audit_faults() -> tuple[int, list[str]]:
    previous, expected = FIRST_HASH, 0
    for event in AuditEvent.objects.order_by("sequence").iterator():
        expected += 1
        if (
            event.sequence != expected
            or event.previous_hash != previous
            or event.row_hash != event_hash(event)
        ):
            return expected, [f"the audit trail is broken at row {expected}"]
        previous = event.row_hash
    head = AuditHead.objects.first()
    if head is None:
        worked = expected or LedgerTransaction.objects.exists() or StoredFile.objects.exists()
        return expected, ["the audit trail was taken away"] if worked else []
    if not head.seal_fits() or (head.sequence, head.row_hash) != (expected, previous):
        return expected, ["the end of the audit trail was cut off"]
    return expected, []


def _file_faults() -> tuple[int, list[str]]:
    faults, seen = [], 0
    for row in StoredFile.objects.iterator():
        seen += 1
        try:
            if len(read_file(row)) != row.size_bytes:
                faults.append(f"file {row.sha256[:12]} has another size")
        except CleanClaimError as error:
            faults.append(error.sentence())
    return seen, faults


def _seal_faults(model: type[SealedRow]) -> Callable[[], tuple[int, list[str]]]:
    def find() -> tuple[int, list[str]]:
        rows = model.objects.all()
        if model is LedgerTransaction:
            rows = rows.prefetch_related("entries")
        faults, seen = [], 0
        for row in rows.iterator(chunk_size=2000):
            seen += 1
            if not row.seal_fits():
                faults.append(f"{model._meta.verbose_name} {row.pk} was changed after it was written")
        return seen, faults

    return find


def _ledger_faults() -> tuple[int, list[str]]:
    transactions = stored_transactions()
    faults = [fault.message for fault in audit(transactions)]
    stray = LedgerEntry.objects.aggregate(total=Sum("cents"))["total"] or 0
    if stray:
        faults.append(f"the trial balance is off by {format_cents(stray)}")
    if claim_balances(transactions) != balances_of_claims():
        faults.append("the balances of claims differ by how they are computed")
    return len(transactions), [*faults, *_head_faults()]


def _head_faults() -> Iterator[str]:
    count, digest = 0, ""
    for seal in LedgerTransaction.objects.order_by("id").values_list("seal", flat=True).iterator():
        count, digest = count + 1, next_digest(digest, seal)
    head = LedgerHead.objects.first() or LedgerHead()
    if (head.count, head.digest) != (count, digest):
        yield f"the ledger has {count} transactions, {head.count} were written, or they are not those written"


def _payment_faults() -> tuple[int, list[str]]:
    faults, brought, seen = [], {}, 0
    for row in PayerPayment.objects.all():
        seen += 1
        placed = row.posted_cents + row.suspended_cents - row.provider_adjustment_cents
        if placed != row.bpr_cents:
            faults.append(f"payment {row.trace} is off by {format_cents(row.bpr_cents - placed)}")
        report = json.loads(row.report)
        if len(report["claims"]) != row.claims.count():
            faults.append(f"payment {row.trace} has lost an answer to a claim")
        is_debit = any(item["code"] == "DEBIT-PAYMENT" for item in report["exceptions"])
        brought[row.key] = 0 if is_debit else row.bpr_cents
    clearing = LedgerEntry.objects.filter(account=Account.PAYER_CLEARING.value)
    received = clearing.exclude(transaction__kind=TransactionKind.DEPOSIT.value)
    cash = received.aggregate(total=Sum("cents"))["total"] or 0
    if cash != sum(brought.values()):
        off = format_cents(sum(brought.values()) - cash)
        faults.append(f"payments and the money posted from them differ by {off}")
    return seen, [*faults, *_key_faults(set(brought))]


def _key_faults(payments: set[str]) -> Iterator[str]:
    """Everything posted has its key kept: without it the same file would be posted again."""
    kept = set(PostedKey.objects.values_list("key", flat=True))
    answers = RemittedClaimRow.objects.filter(outcome="posted").values_list("key", flat=True)
    for key in sorted((payments | set(answers)) - kept):
        yield f"the key {key[:16]} of something posted was taken away"


def _claim_faults() -> tuple[int, list[str]]:
    faults, seen = [], 0
    last: dict[int, tuple[int, str]] = {}
    for claim_id, sequence, state in ClaimEvent.objects.order_by("claim", "sequence").values_list(
        "claim", "sequence", "state_after"
    ):
        if sequence != last.get(claim_id, (0, ""))[0] + 1:
            faults.append(f"an event of claim row {claim_id} is missing before number {sequence}")
        last[claim_id] = (sequence, state)
    versions: dict[int, int] = {}
    for claim_id, version in ClaimVersion.objects.order_by("claim", "version").values_list(
        "claim", "version"
    ):
        if version != versions.get(claim_id, 0) + 1:
            faults.append(f"a version of claim row {claim_id} is missing before number {version}")
        versions[claim_id] = version
    for claim in ClaimRow.objects.all():
        seen += 1
        if last.get(claim.pk, (0, ""))[1] != claim.state:
            faults.append(f"claim {claim.claim_id} is {claim.state}, its events say otherwise")
        if versions.get(claim.pk, 0) != claim.version:
            faults.append(f"claim {claim.claim_id} stands at a version that is not its last")
    doubles = BatchedVersion.objects.count() - BatchedVersion.objects.values("version").distinct().count()
    if doubles:
        faults.append(f"{doubles} claim versions left twice")
    return seen, faults
