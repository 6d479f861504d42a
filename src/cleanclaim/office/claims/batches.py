"""Ready claims leave in a file: numbered, stored as sent, each version once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.lifecycle import ClaimState, EventKind
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.control_numbers import next_number
from cleanclaim.office.claims.events import EventLog
from cleanclaim.office.claims.models import Batch, BatchedVersion, ClaimRow, ClaimVersion
from cleanclaim.office.files.services import store_file
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold
from cleanclaim.x12 import Envelope, write_837
from cleanclaim.x12.claims_837.write_837 import CLAIMS_PER_SET, refuse

SET_OF = {"professional": "837P", "institutional": "837I"}


@transaction.atomic
def make_batches(tenant: Tenant, trading: dict[str, Any], *, actor: Actor) -> list[Batch]:
    """Put every ready claim into a file, one file per kind of claim.

    A claim that its guide cannot carry stays behind, held, with the reason as an event; the others go.
    ``trading`` says who submits to whom (`practice.yaml`: submitter, receiver, usage).
    """
    hold(tenant)
    batches = []
    for kind in ("professional", "institutional"):
        versions = (
            ClaimVersion.objects.filter(
                claim__state=ClaimState.READY.value, claim__kind=kind, version=F("claim__version")
            )
            .select_related("claim")
            .order_by("claim__claim_id")
        )
        log = EventLog(version.claim for version in versions)
        read = [(version, version.read()) for version in versions]
        fit = [
            (version, claim) for version, claim in read if _can_be_written(version.claim, claim, log, actor)
        ]
        if fit:
            batches.append(_batch(tenant, kind, fit, trading, log, actor))
        log.write()
    return batches


@transaction.atomic
def mark_sent(batch: Batch, *, actor: Actor) -> None:
    """Say that a batch has left; said again, it changes nothing."""
    hold(batch.tenant)
    batch.refresh_from_db()
    if batch.sent_at is not None:
        return
    batch.sent_at = actor.now
    batch.save(update_fields=["sent_at"])
    versions = [member.version for member in batch.members.select_related("version__claim").order_by("pk")]
    log = EventLog(version.claim for version in versions)
    for version in versions:
        why = f"sent in batch {batch.number}"
        log.append(version.claim, EventKind.SENT, actor=actor, why=why, version=version.version)
    log.write()
    record(actor, "send batch", "batch", str(batch.number), tenant=batch.tenant)


def _can_be_written(row: ClaimRow, claim: AnyClaim, log: EventLog, actor: Actor) -> bool:
    try:
        refuse(claim)
    except CleanClaimError as error:
        log.append(row, EventKind.SCRUBBED_HELD, actor=actor, why=error.sentence())
        return False
    return True


def _batch(
    tenant: Tenant,
    kind: str,
    members: list[tuple[ClaimVersion, AnyClaim]],
    trading: dict[str, Any],
    log: EventLog,
    actor: Actor,
) -> Batch:
    set_code = SET_OF[kind]
    envelope = envelope_for(trading, actor)
    data = write_837([claim for _, claim in members], envelope)
    number = next_number(f"batch:{tenant.slug}")
    name = f"{number:04d}-{set_code}.x12"
    stored, _ = store_file(tenant, data, direction="out", kind=set_code, name=name, actor=actor)
    batch = Batch.objects.create(
        tenant=tenant,
        number=number,
        kind=set_code,
        interchange_control_number=f"{envelope.interchange_control_number:09d}",
        group_control_number=str(envelope.group_control_number),
        file=stored,
        made_at=actor.now,
    )
    BatchedVersion.objects.bulk_create(
        BatchedVersion(
            tenant=tenant,
            batch=batch,
            version=version,
            transaction_control_number=envelope.transaction_control_number(place // CLAIMS_PER_SET),
        )
        for place, (version, _) in enumerate(members)
    )
    for version, _ in members:
        log.append(
            version.claim, EventKind.BATCHED, actor=actor, why=f"batch {number}", data={"batch": number}
        )
    record(actor, "make batch", "batch", str(number), tenant=tenant)
    return batch


def envelope_for(trading: dict[str, Any], actor: Actor) -> Envelope:
    """A fresh envelope from us to the clearinghouse, with numbers that no file had before."""
    submitter, receiver = trading["submitter"], trading["receiver"]
    interchange = next_number("interchange")
    return Envelope(
        sender_qualifier=submitter["id_qualifier"],
        sender_id=submitter["id"],
        submitter_name=submitter["name"],
        contact_name=submitter["contact"],
        contact_phone=submitter["phone"],
        receiver_qualifier=receiver["id_qualifier"],
        receiver_id=receiver["id"],
        receiver_name=receiver["name"],
        created_at=actor.now.replace(tzinfo=None),
        interchange_control_number=interchange,
        group_control_number=interchange,
        first_transaction_control_number=1,
        test=trading["usage"] == "T",
    )
