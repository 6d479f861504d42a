"""Answers to our files: TA1, 999 and 277CA move claims, each in its own way and never backwards."""

from __future__ import annotations

from typing import Any

from attrs import frozen
from django.db import transaction

from cleanclaim.claims.acknowledgement import Acknowledgement, AcknowledgementKind, ClaimStatus, Verdict
from cleanclaim.claims.lifecycle import EventKind
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.events import EventLog
from cleanclaim.office.claims.models import Batch, BatchedVersion, ClaimRow
from cleanclaim.office.files.models import StoredFile
from cleanclaim.office.files.services import sha256_of, store_file
from cleanclaim.office.in_parts import in_parts
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold
from cleanclaim.office.registry.addressed import envelope_notices
from cleanclaim.x12 import read_acknowledgements


@frozen
class TakenIn:
    """What a file of acknowledgements did: claims moved, and answers that fit nothing we sent.

    ``notices`` are what its envelope says against its being meant for us.
    """

    sha256: str
    new: bool
    kinds: tuple[str, ...]
    claims_moved: int
    unmatched: tuple[str, ...]
    notices: tuple[str, ...] = ()


@transaction.atomic
def take_in_acknowledgements(tenant: Tenant, data: bytes, name: str, *, actor: Actor) -> TakenIn:
    """Store a TA1, 999 or 277CA file and let it act on the claims it speaks of; a second time it does nothing.

    Raises:
        X12Error: the bytes are no such file; they are not stored then.
        InputError: it is a test file and the practice works in production.
    """
    answers = read_acknowledgements(data)
    notices = envelope_notices(data)
    hold(tenant)
    kinds = tuple(dict.fromkeys(answer.kind.value for answer in answers))
    known = StoredFile.objects.filter(sha256=sha256_of(data), direction="in").exists()
    stored, _ = store_file(tenant, data, direction="in", kind="+".join(kinds), name=name, actor=actor)
    if known:
        return TakenIn(stored.sha256, False, kinds, 0, (), notices)
    moved, unmatched = 0, []
    for answer in answers:
        done, missing = _act(answer, actor)
        moved += done
        unmatched += missing
    record(actor, "take in acknowledgement", "file", stored.sha256, tenant=tenant)
    return TakenIn(stored.sha256, True, kinds, moved, tuple(unmatched), notices)


def _act(answer: Acknowledgement, actor: Actor) -> tuple[int, list[str]]:
    if answer.kind is AcknowledgementKind.CLAIM:
        return _act_on_claims(answer, actor)
    if answer.kind is AcknowledgementKind.TA1:
        batches = Batch.objects.filter(interchange_control_number=answer.interchange_control_number.zfill(9))
        return _act_on_members(batches.first(), answer, None, answer.verdict, actor)
    batch = Batch.objects.filter(group_control_number=answer.group_control_number.lstrip("0")).first()
    if not answer.transactions:  # a verdict on the group alone is one on every claim in it
        return _act_on_members(batch, answer, None, answer.verdict, actor)
    moved, missing = 0, []
    for verdict in answer.transactions:
        done, lost = _act_on_members(batch, answer, verdict.control_number, verdict.verdict, actor)
        moved, missing = moved + done, missing + lost
    return moved, missing


def _act_on_members(
    batch: Batch | None, answer: Acknowledgement, control_number: str | None, verdict: Verdict, actor: Actor
) -> tuple[int, list[str]]:
    reference = answer.interchange_control_number or answer.group_control_number
    if batch is None:
        return 0, [f"{answer.kind.value} for {reference}: no batch of ours"]
    members = BatchedVersion.objects.filter(batch=batch).select_related("version__claim").order_by("pk")
    if control_number is not None:
        members = [item for item in members if _same_number(item.transaction_control_number, control_number)]
        if not members:
            return 0, [f"{answer.kind.value} for {reference}: no set {control_number} of ours"]
    rejected = verdict is Verdict.REJECTED
    if answer.kind is AcknowledgementKind.TA1 and not rejected:
        kind = EventKind.NOTE
    else:
        kind = EventKind.FILE_REJECTED if rejected else EventKind.FILE_ACCEPTED
    words = f"{answer.kind.value}: the file was {'rejected' if rejected else 'accepted'}"
    log = EventLog(member.version.claim for member in members)
    for member in members:
        log.append(member.version.claim, kind, actor=actor, why=words, version=member.version.version)
    log.write()
    return len(members), []


def _same_number(ours: str, theirs: str) -> bool:
    return ours.lstrip("0") == theirs.strip().lstrip("0")


def _act_on_claims(answer: Acknowledgement, actor: Actor) -> tuple[int, list[str]]:
    missing = []
    claims: dict[str, ClaimRow] = {}
    for part in in_parts(status.claim_id for status in answer.claims):
        claims.update({row.claim_id: row for row in ClaimRow.objects.filter(claim_id__in=part)})
    sent = _versions_sent(answer.batch_reference)
    log = EventLog(claims.values())
    for status in answer.claims:
        claim = claims.get(status.claim_id)
        if claim is None:
            missing.append(f"277CA for claim {status.claim_id}: no claim of ours")
            continue
        kind = EventKind.CLAIM_REJECTED if status.verdict is Verdict.REJECTED else EventKind.CLAIM_ACCEPTED
        log.append(
            claim,
            kind,
            actor=actor,
            why=f"277CA: {_words(status)}",
            data=_facts(status),
            version=sent.get(claim.pk),
        )
    log.write()
    return len(answer.claims) - len(missing), missing


def _versions_sent(reference: str) -> dict[int, int]:
    """Which version of each claim was in the batch that a 277CA answers; nothing where it names none of ours.

    The reference is that of our file (BHT03): nine digits of the interchange, then the transaction set.
    """
    members = BatchedVersion.objects.filter(batch__interchange_control_number=reference[:9])
    return dict(members.values_list("version__claim_id", "version__version")) if reference else {}


def _words(status: ClaimStatus) -> str:
    return status.message or f"category {status.category}, status {status.status}"


def _facts(status: ClaimStatus) -> dict[str, Any]:
    return {
        "category": status.category,
        "status": status.status,
        "entity": status.entity,
        "payer_claim_number": status.payer_claim_number,
    }
