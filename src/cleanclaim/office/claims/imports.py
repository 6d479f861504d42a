"""Claims that another system sent become open claims of this office, so that their money can be posted here."""

from __future__ import annotations

import hashlib

import attrs
from attrs import frozen
from django.db import transaction

from cleanclaim.claims.claim import AnyClaim, Frequency
from cleanclaim.claims.lifecycle import EventKind
from cleanclaim.kernel.errors import CleanClaimError, InputError
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.create import open_claim
from cleanclaim.office.claims.events import append_event
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.files.services import store_file
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold
from cleanclaim.office.registry.models import PatientRow
from cleanclaim.office.registry.services import save_patient
from cleanclaim.x12 import ClaimInFile, Unread, read_each_837, sniff


@frozen
class ImportedClaim:
    """What became of one claim of an imported file: `opened`, `already-there` or `refused`, with the reason."""

    claim: str
    outcome: str
    charge_cents: int
    reason: str = ""


@transaction.atomic
def import_claims(tenant: Tenant, data: bytes, name: str, *, actor: Actor) -> list[ImportedClaim]:
    """Open the claims of an 837 that are not known here yet; one that cannot be read is refused with the reason.

    Raises:
        InputError: the file is no 837, or nothing in it can be read.
    """
    kinds = sniff(data)
    if not any(kind.startswith("837") for kind in kinds):
        found = ", ".join(kinds) or "no transaction"
        raise InputError(
            "this is no file of claims", where=name, why=f"it holds {found}", fix="give an 837P or 837I"
        )
    claims = read_each_837(data)
    hold(tenant)
    stored, _ = store_file(tenant, data, direction="in", kind="837", name=name, actor=actor)
    outcomes = [_outcome(tenant, item, actor) for item in claims]
    record(actor, "import claims", "file", stored.sha256, tenant=tenant)
    return outcomes


def _outcome(tenant: Tenant, item: ClaimInFile | Unread, actor: Actor) -> ImportedClaim:
    if isinstance(item, Unread):
        return ImportedClaim(item.claim_id, "refused", 0, item.sentence())
    return _import_or_refuse(tenant, item.claim, actor)


def _import_or_refuse(tenant: Tenant, claim: AnyClaim, actor: Actor) -> ImportedClaim:
    """One claim that cannot be opened does not keep the others out."""
    try:
        with transaction.atomic():
            return _import_one(tenant, claim, actor)
    except CleanClaimError as error:
        return ImportedClaim(claim.claim_id, "refused", claim.charge_cents(), error.sentence())


def _import_one(tenant: Tenant, claim: AnyClaim, actor: Actor) -> ImportedClaim:
    known = ClaimRow.objects.filter(claim_id=claim.claim_id).first()
    if known is not None:
        same = known.versions.get(version=known.version).read().charge_cents() == claim.charge_cents()
        reason = "" if same else "a claim with this number and another charge is here"
        outcome = "already-there" if same else "refused"
        return ImportedClaim(claim.claim_id, outcome, claim.charge_cents(), reason)
    if claim.frequency is Frequency.VOID:
        reason = "it takes a claim back that is not here: there is nothing to open"
        return ImportedClaim(claim.claim_id, "refused", claim.charge_cents(), reason)
    patient = _patient_row(tenant, claim)
    claim = attrs.evolve(claim, patient=attrs.evolve(claim.patient, patient_id=patient.patient_id))
    row = open_claim(tenant, claim, patient, None, actor=actor)
    append_event(row, EventKind.IMPORTED, actor=actor, why="sent by another system")
    return ImportedClaim(claim.claim_id, "opened", claim.charge_cents())


def _patient_row(tenant: Tenant, claim: AnyClaim) -> PatientRow:
    """The patient with this name, birth date and member number; a name and a birth date alone are not enough."""
    patient = claim.patient
    member_id = claim.coverage.subscriber.member_id
    found = PatientRow.objects.filter(
        last_name=patient.name.last,
        first_name=patient.name.first,
        birth_date=patient.birth_date,
        coverages__member_id=member_id,
    ).first()
    if found is not None:
        return found
    facts = f"{patient.name.last}|{patient.name.first}|{patient.birth_date}|{member_id}"
    number = "I-" + hashlib.sha256(facts.encode()).hexdigest()[:12].upper()
    known = PatientRow.objects.filter(patient_id=number).first()
    return known or save_patient(tenant, attrs.evolve(patient, patient_id=number))
