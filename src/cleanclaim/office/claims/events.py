"""Appending to a claim's history: the only way its state changes."""

from __future__ import annotations

from typing import Any

from cleanclaim.claims.lifecycle import ClaimState, EventKind, next_state
from cleanclaim.kernel.json import canonical_json
from cleanclaim.office.claims.models import ClaimEvent, ClaimRow
from cleanclaim.office.people.actor import Actor


def append_event(
    claim: ClaimRow,
    kind: EventKind,
    *,
    actor: Actor,
    why: str = "",
    data: dict[str, Any] | None = None,
    version: int | None = None,
) -> ClaimEvent:
    """Append an event and move the claim to the state it leads to. The caller holds the transaction."""
    last = claim.events.order_by("-sequence").first()
    current = ClaimState(last.state_after) if last else None
    state = next_state(current, kind)
    event = ClaimEvent(
        tenant=claim.tenant,
        claim=claim,
        sequence=(last.sequence if last else 0) + 1,
        kind=kind.value,
        version=claim.version if version is None else version,
        who=actor.name,
        at=actor.now,
        why=why,
        data=canonical_json(data or {}),
        state_after=state.value,
    )
    event.seal_now()
    event.save(force_insert=True)
    if claim.state != state.value:
        claim.state = state.value
        claim.save(update_fields=["state"])
    return event
