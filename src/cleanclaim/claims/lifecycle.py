"""The life of a claim: which state an event leads to; states follow from events, in any order of arrival."""

from __future__ import annotations

from enum import StrEnum


class ClaimState(StrEnum):
    """Where a claim stands, in the order of its way; rejected, denied and underpaid are different facts."""

    DRAFT = "draft"
    HELD = "held"
    READY = "ready"
    BATCHED = "batched"
    SENT = "sent"
    FILE_ACCEPTED = "file-accepted"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PAID = "paid"
    PARTLY_DENIED = "partly-denied"
    DENIED = "denied"
    REVERSED = "reversed"
    PATIENT = "patient"
    CLOSED = "closed"
    VOIDED = "voided"


class EventKind(StrEnum):
    """What can happen to a claim. Every one is appended, also those that change no state."""

    CREATED = "created"
    CORRECTED = "corrected"
    SCRUBBED_CLEAN = "scrubbed-clean"
    SCRUBBED_HELD = "scrubbed-held"
    OVERRIDDEN = "overridden"
    PRICED = "priced"
    BATCHED = "batched"
    SENT = "sent"
    FILE_ACCEPTED = "file-accepted"
    FILE_REJECTED = "file-rejected"
    CLAIM_ACCEPTED = "claim-accepted"
    CLAIM_REJECTED = "claim-rejected"
    PAID = "paid"
    PARTLY_DENIED = "partly-denied"
    DENIED = "denied"
    REVERSED = "reversed"
    SUSPENDED = "suspended"
    UNDERPAID = "underpaid"
    NEXT_PAYER = "next-payer"
    TO_PATIENT = "to-patient"
    PATIENT_PAID = "patient-paid"
    STATEMENT = "statement"
    CLOSED = "closed"
    VOIDED = "voided"
    IMPORTED = "imported"
    NOTE = "note"


_LEADS_TO: dict[EventKind, ClaimState] = {
    EventKind.CREATED: ClaimState.DRAFT,
    EventKind.CORRECTED: ClaimState.DRAFT,
    EventKind.NEXT_PAYER: ClaimState.DRAFT,
    EventKind.SCRUBBED_CLEAN: ClaimState.READY,
    EventKind.SCRUBBED_HELD: ClaimState.HELD,
    EventKind.OVERRIDDEN: ClaimState.READY,
    EventKind.BATCHED: ClaimState.BATCHED,
    EventKind.SENT: ClaimState.SENT,
    EventKind.IMPORTED: ClaimState.SENT,
    EventKind.FILE_ACCEPTED: ClaimState.FILE_ACCEPTED,
    EventKind.FILE_REJECTED: ClaimState.REJECTED,
    EventKind.CLAIM_ACCEPTED: ClaimState.ACCEPTED,
    EventKind.CLAIM_REJECTED: ClaimState.REJECTED,
    EventKind.PAID: ClaimState.PAID,
    EventKind.PARTLY_DENIED: ClaimState.PARTLY_DENIED,
    EventKind.DENIED: ClaimState.DENIED,
    EventKind.REVERSED: ClaimState.REVERSED,
    EventKind.TO_PATIENT: ClaimState.PATIENT,
    EventKind.CLOSED: ClaimState.CLOSED,
    EventKind.VOIDED: ClaimState.VOIDED,
}

_ACKNOWLEDGEMENTS = {
    EventKind.FILE_ACCEPTED,
    EventKind.FILE_REJECTED,
    EventKind.CLAIM_ACCEPTED,
    EventKind.CLAIM_REJECTED,
}
_ON_ITS_WAY = (
    ClaimState.BATCHED,
    ClaimState.SENT,
    ClaimState.FILE_ACCEPTED,
    ClaimState.ACCEPTED,
    ClaimState.REJECTED,
)
_BEFORE_SENDING = {ClaimState.DRAFT, ClaimState.HELD, ClaimState.READY}
_ONLY_FROM: dict[EventKind, set[ClaimState]] = {
    EventKind.CREATED: {ClaimState.DRAFT},
    EventKind.IMPORTED: {ClaimState.DRAFT},
    EventKind.SCRUBBED_CLEAN: _BEFORE_SENDING,
    EventKind.SCRUBBED_HELD: _BEFORE_SENDING,
    EventKind.OVERRIDDEN: {ClaimState.HELD},
    EventKind.BATCHED: {ClaimState.READY},
    EventKind.SENT: {ClaimState.BATCHED},
}


def next_state(current: ClaimState | None, event: EventKind) -> ClaimState:
    """The state after an event; the first event of a claim is given with ``current`` None.

    A claim never goes backwards by an answer: a 999 after a payment is kept as an event and changes
    nothing, and the answers to one sending lead to the same state in any order of arrival. Of them a
    rejection counts most, also one by the payer after the clearinghouse accepted. Only a correction or the
    next payer begins the way anew; scrubbing, letting go, batching and sending move a claim only from where
    they belong.
    """
    target = _LEADS_TO.get(event)
    if current is None:
        return target or ClaimState.DRAFT
    if target is None or current not in _ONLY_FROM.get(event, {current}):
        return current
    if event in _ACKNOWLEDGEMENTS:
        return max(current, target, key=_ON_ITS_WAY.index) if current in _ON_ITS_WAY else current
    return target
