"""Scrubbing a claim version, and letting it go in spite of a finding by a person's decision."""

from __future__ import annotations

import json
from functools import lru_cache

import yaml
from django.db import transaction

from cleanclaim.claims.lifecycle import ClaimState, EventKind
from cleanclaim.codesets.book import open_book
from cleanclaim.codesets.store import imported_sets
from cleanclaim.edits import ScrubContext, load_payer_profiles, scrub
from cleanclaim.edits.facts import plural
from cleanclaim.edits.imported_tables import tables_from
from cleanclaim.edits.payers import PayerProfile
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.json import canonical_json
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.events import append_event
from cleanclaim.office.claims.models import ClaimRow, ClaimVersion, ScrubRow
from cleanclaim.office.claims.versions import current_version
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold
from cleanclaim.office.registry.models import PayerRow


def payer_profiles() -> tuple[PayerProfile, ...]:
    """The tenant's payers as the scrubber needs them."""
    texts = PayerRow.objects.exclude(profile="").order_by("payer_id").values_list("profile", flat=True)
    return _profiles(tuple(texts))


@lru_cache(maxsize=64)
def _profiles(texts: tuple[str, ...]) -> tuple[PayerProfile, ...]:
    return load_payer_profiles({"payers": [yaml.safe_load(text) for text in texts]})


def scrub_context(claim: ClaimRow, actor: Actor) -> ScrubContext:
    """What the scrubber rests on for one claim: today, the code book, the payers, the patient's other claims."""
    others = (
        ClaimVersion.objects.filter(claim__patient=claim.patient).exclude(claim=claim).select_related("claim")
    )
    history = tuple(item.read() for item in others if item.version == item.claim.version)
    return ScrubContext(
        asof=actor.today,
        book=open_book(),
        tables=tables_from(imported_sets()),
        payers=payer_profiles(),
        history=history,
    )


@transaction.atomic
def scrub_claim(tenant: Tenant, claim: ClaimRow, *, actor: Actor) -> ScrubRow:
    """Scrub the current version, keep what was said, and move the claim to ready or held."""
    hold(tenant)
    version = current_version(claim)
    report = scrub([version.read()], scrub_context(claim, actor))
    outcome = report.claims[0]
    row = ScrubRow.objects.create(
        tenant=tenant,
        version=version,
        asof=actor.today,
        verdict=outcome.verdict.value,
        findings=canonical_json(outcome.findings),
        not_checked=canonical_json(report.not_checked),
        at=actor.now,
    )
    held = outcome.verdict.value == "hold"
    append_event(
        claim,
        EventKind.SCRUBBED_HELD if held else EventKind.SCRUBBED_CLEAN,
        actor=actor,
        why=f"{plural(len(outcome.findings), 'finding')}, {plural(len(report.not_checked), 'check')} not made",
        data={"edits": [finding.edit for finding in outcome.findings]},
    )
    return row


@transaction.atomic
def override_hold(tenant: Tenant, claim: ClaimRow, reason: str, *, actor: Actor) -> None:
    """Let a held claim go although an edit rejects it; the reason stays with the claim.

    Raises:
        Refused: the claim is not held, or no reason is given.
    """
    hold(tenant)
    claim = ClaimRow.objects.get(pk=claim.pk)
    if claim.state != ClaimState.HELD.value:
        raise Refused(
            "only a held claim can be let go", where=f"claim {claim.claim_id}", why=f"it is {claim.state}"
        )
    if len(reason.strip()) < 5:
        raise Refused(
            "an override needs a reason", where=f"claim {claim.claim_id}", fix="say why in a few words"
        )
    last = current_version(claim).scrubs.last()
    edits = sorted({item["edit"] for item in json.loads(last.findings) if item["severity"] == "reject"})
    append_event(claim, EventKind.OVERRIDDEN, actor=actor, why=reason.strip(), data={"edits": edits})
    record(actor, "override edits", "claim", claim.claim_id, tenant=tenant, reason=reason.strip())
