"""From a released visit to its claim: built, charged, scrubbed, in one step."""

from __future__ import annotations

from django.db import transaction

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.lifecycle import ClaimState, EventKind
from cleanclaim.kernel.because import Because
from cleanclaim.kernel.errors import Refused
from cleanclaim.ledger import SourceRef, charge
from cleanclaim.office.claims.events import append_event
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.claims.scrubbing import scrub_claim
from cleanclaim.office.claims.versions import add_version, kind_of
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.money.ledger import save_transactions
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold
from cleanclaim.office.registry.models import PatientRow


@transaction.atomic
def create_claim(
    tenant: Tenant, record: AnyClaim, patient: PatientRow, encounter: EncounterRow | None, *, actor: Actor
) -> ClaimRow:
    """Keep version 1 of a claim, charge its lines to the payer and scrub it."""
    hold(tenant)
    claim = open_claim(tenant, record, patient, encounter, actor=actor)
    append_event(claim, EventKind.CREATED, actor=actor, why="the visit was released")
    scrub_claim(tenant, claim, actor=actor)
    return claim


def open_claim(
    tenant: Tenant, record: AnyClaim, patient: PatientRow, encounter: EncounterRow | None, *, actor: Actor
) -> ClaimRow:
    """Keep a claim and its charges; the caller appends the event that says where it comes from.

    Raises:
        Refused: the number is another claim's, or was charged to a patient already.
    """
    if ClaimRow.objects.filter(claim_id=record.claim_id).exists():
        raise Refused(
            "a claim with this number is here already", where=f"claim {record.claim_id}", fix="number it anew"
        )
    claim = ClaimRow.objects.create(
        tenant=tenant,
        claim_id=record.claim_id,
        encounter=encounter,
        patient=patient,
        kind=kind_of(record),
        state=ClaimState.DRAFT.value,
        payer_id=record.coverage.payer.payer_id,
        first_date=record.first_service_date(),
        created_at=actor.now,
    )
    add_version(tenant, claim, record, "first version", actor=actor)
    save_transactions(tenant, [charge_of(record, patient.patient_id)], actor=actor)
    return claim


def charge_of(record: AnyClaim, patient_id: str):
    """The ledger transaction that charges a claim's lines to its payer."""
    return charge(
        key=f"charge:{record.claim_id}",
        claim_id=record.claim_id,
        line_cents=[(line.number, line.charge_cents) for line in record.lines],
        effective_on=record.first_service_date(),
        payer_id=record.coverage.payer.payer_id,
        patient_id=patient_id,
        source=SourceRef(document=f"claim {record.claim_id} version {record.version}"),
        because=(Because("the services of the released visit"),),
    )
