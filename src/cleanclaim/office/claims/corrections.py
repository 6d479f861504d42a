"""A new version of a claim: after a rejection, for a correction, or for the next payer."""

from __future__ import annotations

import attrs
from django.db import transaction

from cleanclaim.claims.claim import AnyClaim, Frequency
from cleanclaim.claims.coverage import Coverage
from cleanclaim.claims.lifecycle import ClaimState, EventKind
from cleanclaim.kernel.errors import Refused
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.events import append_event
from cleanclaim.office.claims.models import ClaimRow, ClaimVersion
from cleanclaim.office.claims.scrubbing import scrub_claim
from cleanclaim.office.claims.versions import add_version, current_version, kind_of
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold

_NEVER_ADJUDICATED = {
    ClaimState.DRAFT.value,
    ClaimState.HELD.value,
    ClaimState.READY.value,
    ClaimState.REJECTED.value,
}


@transaction.atomic
def correct_claim(
    tenant: Tenant, claim: ClaimRow, corrected: AnyClaim, reason: str, *, actor: Actor
) -> ClaimVersion:
    """Keep a corrected version and scrub it.

    A claim the payer never took up goes out again as an original; one that was adjudicated goes as a
    replacement and needs the payer's own claim number.

    Raises:
        Refused: no reason, another charge than the ledger holds, or a replacement without the payer's number.
    """
    hold(tenant)
    claim = ClaimRow.objects.get(pk=claim.pk)
    where = f"claim {claim.claim_id}"
    if not reason.strip():
        raise Refused("a correction needs a reason", where=where)
    before = current_version(claim).read()
    if (corrected.claim_id, kind_of(corrected)) != (before.claim_id, kind_of(before)):
        raise Refused(
            "a correction is of the same claim", where=where, fix="start from the claim as it stands"
        )
    if _charges(corrected) != _charges(before):
        raise Refused(
            "the charges of a claim cannot be changed here",
            where=where,
            why="the ledger holds the charge of the first version",
            fix="reverse the charge and bill the visit anew",
        )
    original = claim.state in _NEVER_ADJUDICATED
    if not original and not corrected.payer_claim_number:
        raise Refused(
            "a replacement needs the payer's claim number", where=where, fix="enter it from the remittance"
        )
    record_now = attrs.evolve(
        corrected,
        version=claim.version + 1,
        frequency=Frequency.ORIGINAL if original else Frequency.REPLACEMENT,
    )
    version = add_version(tenant, claim, record_now, reason.strip(), actor=actor)
    append_event(claim, EventKind.CORRECTED, actor=actor, why=reason.strip())
    scrub_claim(tenant, claim, actor=actor)
    record(actor, "correct claim", "claim", claim.claim_id, tenant=tenant, reason=reason.strip())
    return version


def _charges(claim: AnyClaim) -> dict[int, int]:
    return {line.number: line.charge_cents for line in claim.lines if line.charge_cents}


def with_coverage(claim: AnyClaim, coverage: Coverage) -> AnyClaim:
    """The claim addressed by the coverage as it now stands, such as after a mistyped member id was put right."""
    return attrs.evolve(claim, coverage=attrs.evolve(coverage, payer=claim.coverage.payer))


@transaction.atomic
def send_to_next_payer(tenant: Tenant, claim: ClaimRow, secondary: AnyClaim, *, actor: Actor) -> ClaimVersion:
    """Keep the version for the next payer, built from what the earlier one answered, and scrub it."""
    hold(tenant)
    record_now = attrs.evolve(secondary, version=claim.version + 1)
    payer = record_now.coverage.payer.name
    version = add_version(tenant, claim, record_now, f"for the next payer, {payer}", actor=actor)
    append_event(claim, EventKind.NEXT_PAYER, actor=actor, why=f"the balance goes to {payer}")
    scrub_claim(tenant, claim, actor=actor)
    return version
