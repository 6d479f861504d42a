"""Opening and closing denial cases."""

from __future__ import annotations

from django.db import transaction

from cleanclaim.claims.parties import Payer
from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.denials import DenialCase, open_cases
from cleanclaim.kernel.errors import Refused
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.denials.models import DenialCaseRow
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold
from cleanclaim.office.registry.models import PayerRow
from cleanclaim.remittances import ClaimPosting

OUTCOMES = ("paid", "upheld", "written-off", "patient")


def open_denials(
    tenant: Tenant,
    claim: ClaimRow,
    posting: ClaimPosting,
    remitted: RemittedClaim,
    payment: Payment,
    *,
    actor: Actor,
) -> list[DenialCaseRow]:
    """Open the cases of a claim payment, one per refusing reason; a case that is there stays as it is."""
    payer, profile = _payer(claim, payment)
    cases = open_cases(
        remitted,
        payer,
        payment.effective_on,
        line_numbers=[match.line_number for match in posting.line_matches],
        takes_replacements=profile.get("corrections") != "new-claim",
        appeal_days=profile.get("appeal_days"),
    )
    rows = [_keep(tenant, claim, posting, case) for case in cases]
    for row in rows:
        record(actor, "open denial", "claim", claim.claim_id, tenant=tenant, reason=row.reasons)
    return rows


@transaction.atomic
def close_denial(tenant: Tenant, row: DenialCaseRow, outcome: str, reason: str, *, actor: Actor) -> None:
    """Bring a case to its end; the money moves by its own services, never from here.

    Raises:
        Refused: the outcome is none of ours, no reason is given, or the case is closed.
    """
    hold(tenant)
    row.refresh_from_db()
    where = f"claim {row.claim.claim_id}"
    if outcome not in OUTCOMES or not reason.strip():
        raise Refused("closing a denial needs an outcome and a reason", where=where, why=", ".join(OUTCOMES))
    if row.state != "open":
        raise Refused("the case is closed already", where=where)
    row.state, row.outcome, row.outcome_reason = "closed", outcome, reason.strip()
    row.save()
    record(actor, "close denial", "claim", row.claim.claim_id, tenant=tenant, reason=reason.strip())


def _payer(claim: ClaimRow, payment: Payment) -> tuple[Payer, dict]:
    row = PayerRow.objects.filter(payer_id=payment.payer_id).first()
    if row is not None:
        return row.payer(), dict(row.profile_fields())
    version = claim.versions.get(version=claim.version).read()
    return version.coverage.payer, {}


def _keep(tenant: Tenant, claim: ClaimRow, posting: ClaimPosting, case: DenialCase) -> DenialCaseRow:
    key = f"{posting.key}:{case.group}-{case.reason}"
    there = DenialCaseRow.objects.filter(key=key).first()
    if there is not None:
        return there
    row = DenialCaseRow(
        tenant=tenant,
        claim=claim,
        key=key,
        payer_id=case.payer_id,
        category=case.category,
        reasons=" ".join((f"{case.group}-{case.reason}", *case.remarks)),
        denied_cents=case.cents_at_stake,
        who_fixes=case.who_fixes,
        next_action=case.next_action.value,
        advice=case.verdict.advice,
        opened_on=case.opened_on,
        deadline=case.deadline.due_on if case.deadline else None,
        deadline_because="; ".join(reason.text for reason in case.because),
    )
    row.save(force_insert=True)
    return row
