"""Appending to a claim's history: the only way its state changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Subquery

from cleanclaim.claims.lifecycle import ClaimState, EventKind, next_state
from cleanclaim.kernel.json import canonical_json
from cleanclaim.office.claims.models import ClaimEvent, ClaimRow
from cleanclaim.office.in_parts import in_parts
from cleanclaim.office.people.actor import Actor

_OF_A_SENT_VERSION = {
    EventKind.SENT,
    EventKind.FILE_ACCEPTED,
    EventKind.FILE_REJECTED,
    EventKind.CLAIM_ACCEPTED,
    EventKind.CLAIM_REJECTED,
}


class EventLog:
    """Events of many claims, gathered and then written together. The caller holds the tenant."""

    def __init__(self, claims: Iterable[ClaimRow]) -> None:
        self._claims = {claim.pk: claim for claim in claims}
        self._last: dict[int, tuple[int, str]] = {}
        self._states: dict[int, str] = {}
        self._new: list[ClaimEvent] = []
        newest = (
            ClaimEvent.objects.filter(claim=OuterRef("claim")).order_by("-sequence").values("sequence")[:1]
        )
        for part in in_parts(self._claims):
            last = ClaimEvent.objects.filter(claim__in=part, sequence=Subquery(newest))
            for claim_id, sequence, state, kept in last.values_list(
                "claim_id", "sequence", "state_after", "claim__state"
            ):
                self._last[claim_id] = (sequence, state)
                self._states[claim_id] = kept

    def append(
        self,
        claim: ClaimRow,
        kind: EventKind,
        *,
        actor: Actor,
        why: str = "",
        data: dict[str, Any] | None = None,
        version: int | None = None,
    ) -> ClaimEvent:
        """Add an event and move the claim to the state it leads to.

        What becomes known of an older version, such as a late acknowledgement, is kept and moves nothing.
        """
        sequence, current = self._last.get(claim.pk, (0, None))
        version = claim.version if version is None else version
        state = next_state(ClaimState(current) if current else None, kind)
        if current and kind in _OF_A_SENT_VERSION and version != claim.version:
            state = ClaimState(current)
        event = ClaimEvent(
            tenant_id=claim.tenant_id,
            claim=claim,
            sequence=sequence + 1,
            kind=kind.value,
            version=version,
            who=actor.name,
            at=actor.now,
            why=why,
            data=canonical_json(data or {}),
            state_after=state.value,
        )
        event.seal_now()
        self._new.append(event)
        self._last[claim.pk] = (event.sequence, state.value)
        claim.state = state.value
        return event

    def write(self) -> None:
        """Write what was gathered."""
        ClaimEvent.objects.bulk_create(self._new)
        moved: dict[str, list[int]] = {}
        for claim_id in dict.fromkeys(event.claim_id for event in self._new):
            state = self._last[claim_id][1]
            if self._states.get(claim_id) != state:
                moved.setdefault(state, []).append(claim_id)
                self._states[claim_id] = state
        for state, claim_ids in moved.items():
            for part in in_parts(claim_ids):
                ClaimRow.objects.filter(pk__in=part).update(state=state)
        self._new = []


def append_event(
    claim: ClaimRow,
    kind: EventKind,
    *,
    actor: Actor,
    why: str = "",
    data: dict[str, Any] | None = None,
    version: int | None = None,
) -> ClaimEvent:
    """Append one event to one claim; see `EventLog`. The caller holds the tenant."""
    log = EventLog([claim])
    event = log.append(claim, kind, actor=actor, why=why, data=data, version=version)
    log.write()
    return event
