"""The proof that nothing was changed behind the office's back: ledger, seals, files, audit chain, keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen
from django.db import connection
from django.db.models import Sum
from django_scopes import scopes_disabled

from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.kernel.money import format_cents
from cleanclaim.ledger import audit
from cleanclaim.office.audit.append_only import GUARDED
from cleanclaim.office.audit.models import AuditEvent, AuditHead
from cleanclaim.office.audit.seal import SealedRow
from cleanclaim.office.audit.services import FIRST_HASH, event_hash
from cleanclaim.office.claims.models import BatchedVersion, ClaimEvent, ClaimRow, ClaimVersion
from cleanclaim.office.denials.models import DenialCaseRow
from cleanclaim.office.encounters.models import Release
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.files.services import read_file
from cleanclaim.office.money.ledger import stored_transactions
from cleanclaim.office.money.models import (
    LedgerEntry,
    LedgerTransaction,
    PayerPayment,
    RemittedClaimRow,
    StatementRow,
)
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import within
from cleanclaim.office.registry.models import ChargePriceRow

SEALED: tuple[type[SealedRow], ...] = (
    Release,
    ClaimVersion,
    ClaimEvent,
    LedgerTransaction,
    PayerPayment,
    RemittedClaimRow,
    StatementRow,
    DenialCaseRow,
    ChargePriceRow,
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
        ]
        checks += [_check(f"seals of {model._meta.verbose_name}", _seal_faults(model)) for model in SEALED]
    for tenant in Tenant.objects.order_by("slug"):
        with within(tenant):
            checks.append(_check(f"ledger of {tenant.slug}", _ledger_faults))
            checks.append(_check(f"payments of {tenant.slug}", _payment_faults))
            checks.append(_check(f"claim states of {tenant.slug}", _state_faults))
    return checks


def _check(name: str, find: Callable[[], Iterable[str] | tuple[int, list[str]]]) -> Check:
    seen, faults = find()
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
    wanted = {f"{table}_no_{verb}" for table in GUARDED for verb in ("update", "delete")}
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        there = {row[0] for row in cursor.fetchall()}
    return len(wanted), [f"{name} was taken away" for name in sorted(wanted - there)]


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
    if (head.sequence, head.row_hash) != (expected, previous) if head else expected:
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
    return len(transactions), faults


def _payment_faults() -> tuple[int, list[str]]:
    faults, seen = [], 0
    for row in PayerPayment.objects.all():
        seen += 1
        placed = row.posted_cents + row.suspended_cents - row.provider_adjustment_cents
        if placed != row.bpr_cents:
            faults.append(f"payment {row.trace} is off by {format_cents(row.bpr_cents - placed)}")
    return seen, faults


def _state_faults() -> tuple[int, list[str]]:
    faults, seen = [], 0
    for claim in ClaimRow.objects.all():
        seen += 1
        last = claim.events.order_by("-sequence").first()
        if last is None or last.state_after != claim.state:
            faults.append(f"claim {claim.claim_id} is {claim.state}, its events say otherwise")
    doubles = BatchedVersion.objects.count() - BatchedVersion.objects.values("version").distinct().count()
    if doubles:
        faults.append(f"{doubles} claim versions left twice")
    return seen, faults
