"""Versions of a claim: made, priced, never edited."""

from __future__ import annotations

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.claims.records import claim_to_json
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.json import canonical_json
from cleanclaim.office.claims.expected import expected_price
from cleanclaim.office.claims.models import ClaimRow, ClaimVersion
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant


def find_claim(claim_id: str) -> ClaimRow:
    """The claim of that number in the present tenant.

    Raises:
        InputError: there is none.
    """
    row = ClaimRow.objects.filter(claim_id=claim_id).first()
    if row is None:
        raise InputError(f"there is no claim {claim_id}", fix="check the number, or the tenant you work in")
    return row


def current_version(claim: ClaimRow) -> ClaimVersion:
    """The version the claim stands at."""
    return claim.versions.get(version=claim.version)


def add_version(tenant: Tenant, claim: ClaimRow, record: AnyClaim, why: str, *, actor: Actor) -> ClaimVersion:
    """Keep a new version with its expected price and make it the current one."""
    priced = expected_price(record)
    version = ClaimVersion(
        tenant=tenant,
        claim=claim,
        version=record.version,
        payer_id=record.coverage.payer.payer_id,
        payer_order=record.coverage.order.value,
        record=claim_to_json(record),
        expected="" if priced is None else canonical_json(priced),
        why=why,
        made_at=actor.now,
    )
    version.save(force_insert=True)
    claim.version = record.version
    claim.payer_id = version.payer_id
    claim.save(update_fields=["version", "payer_id"])
    return version


def kind_of(record: AnyClaim) -> str:
    """`professional` or `institutional`."""
    return "institutional" if isinstance(record, InstitutionalClaim) else "professional"
