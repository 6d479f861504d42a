"""Writing the audit trail: in the same transaction as the act it tells of."""

from __future__ import annotations

from django.db import transaction

from cleanclaim.office.audit.models import AuditEvent, AuditHead
from cleanclaim.office.audit.seal import keyed_hash
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant

FIRST_HASH = "0" * 64


@transaction.atomic
def record(
    actor: Actor,
    action: str,
    object_kind: str,
    object_id: str,
    *,
    tenant: Tenant | None,
    outcome: str = "done",
    reason: str = "",
) -> AuditEvent:
    """Append one act to the chain."""
    head = AuditHead.objects.select_for_update().filter(id=1).first()
    if head is None:
        AuditHead.objects.get_or_create(id=1, defaults={"sequence": 0, "row_hash": FIRST_HASH})
        head = AuditHead.objects.select_for_update().get(id=1)
    event = AuditEvent(
        sequence=head.sequence + 1,
        tenant=tenant,
        at=actor.now,
        who=actor.name,
        channel=actor.channel,
        action=action,
        object_kind=object_kind,
        object_id=object_id,
        outcome=outcome,
        reason=reason,
        previous_hash=head.row_hash,
    )
    event.row_hash = event_hash(event)
    event.save(force_insert=True)
    head.sequence, head.row_hash = event.sequence, event.row_hash
    head.save()
    return event


def event_hash(event: AuditEvent) -> str:
    """The keyed hash that binds an event to its content and to the event before it."""
    return keyed_hash(
        {
            "sequence": event.sequence,
            "tenant": event.tenant_id,
            "at": event.at.isoformat(),
            "who": event.who,
            "channel": event.channel,
            "action": event.action,
            "object": [event.object_kind, event.object_id],
            "outcome": event.outcome,
            "reason": event.reason,
            "previous": event.previous_hash,
        }
    )
