"""Ready claims leave in a file: numbered, stored as sent, each version once."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cleanclaim.claims.lifecycle import ClaimState, EventKind
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.control_numbers import next_number
from cleanclaim.office.claims.events import append_event
from cleanclaim.office.claims.models import Batch, BatchedVersion, ClaimRow
from cleanclaim.office.claims.versions import current_version
from cleanclaim.office.files.services import store_file
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.x12 import Envelope, write_837
from cleanclaim.x12.write_837 import CLAIMS_PER_SET, refuse

SET_OF = {"professional": "837P", "institutional": "837I"}


@transaction.atomic
def make_batches(tenant: Tenant, trading: dict[str, Any], *, actor: Actor) -> list[Batch]:
    """Put every ready claim into a file, one file per kind of claim.

    A claim that its guide cannot carry stays behind, held, with the reason as an event; the others go.
    ``trading`` says who submits to whom (`practice.yaml`: submitter, receiver, usage).
    """
    batches = []
    for kind in ("professional", "institutional"):
        ready = list(
            ClaimRow.objects.select_for_update()
            .filter(state=ClaimState.READY.value, kind=kind)
            .order_by("claim_id")
        )
        fit = [claim for claim in ready if _can_be_written(claim, actor)]
        if fit:
            batches.append(_batch(tenant, kind, fit, trading, actor))
    return batches


@transaction.atomic
def mark_sent(batch: Batch, *, actor: Actor) -> None:
    """Say that a batch has left."""
    if batch.sent_at is not None:
        return
    batch.sent_at = actor.now
    batch.save(update_fields=["sent_at"])
    for member in batch.members.select_related("version__claim"):
        append_event(
            member.version.claim,
            EventKind.SENT,
            actor=actor,
            why=f"sent in batch {batch.number}",
            version=member.version.version,
        )
    record(actor, "send batch", "batch", str(batch.number), tenant=batch.tenant)


def _can_be_written(claim: ClaimRow, actor: Actor) -> bool:
    try:
        refuse(current_version(claim).read())
    except CleanClaimError as error:
        append_event(claim, EventKind.SCRUBBED_HELD, actor=actor, why=error.sentence())
        return False
    return True


def _batch(tenant: Tenant, kind: str, claims: list[ClaimRow], trading: dict[str, Any], actor: Actor) -> Batch:
    versions = [current_version(claim) for claim in claims]
    set_code = SET_OF[kind]
    envelope = envelope_for(trading, actor)
    data = write_837([version.read() for version in versions], envelope)
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
    for place, (claim, version) in enumerate(zip(claims, versions, strict=True)):
        control_number = envelope.transaction_control_number(place // CLAIMS_PER_SET)
        BatchedVersion.objects.create(
            tenant=tenant, batch=batch, version=version, transaction_control_number=control_number
        )
        append_event(claim, EventKind.BATCHED, actor=actor, why=f"batch {number}", data={"batch": number})
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
