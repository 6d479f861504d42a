"""A visit arrives: registration's facts and the signed documents, kept as they came."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from attrs import frozen
from django.db import transaction

from cleanclaim.claims.encounter import Document
from cleanclaim.claims.setting import Setting
from cleanclaim.documents.needed import needed_table
from cleanclaim.documents.reading import read_note
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.kernel.json import canonical_json
from cleanclaim.office.audit.services import record
from cleanclaim.office.encounters.jobs import suggest_for_visit
from cleanclaim.office.encounters.models import DocumentRow, EncounterRow
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold
from cleanclaim.office.registry.models import PatientRow

NOT_FACTS = frozenset({"decision", "document", "expected_end", "correction", "id", "title", "patient"})


@frozen
class Arrival:
    """A visit as registration hands it over; ``facts`` are parties, place, admission and the like."""

    encounter_id: str
    patient_id: str
    title: str
    facts: dict[str, Any]
    documents: tuple[Document, ...]


def arrival_from(raw: dict[str, Any], note: str) -> Arrival:
    """A visit from the YAML of an encounter folder and its note.

    Raises:
        InputError: a field is missing.
    """
    try:
        document = Document(f"{raw['id']}-1", raw["document"]["kind"], note, raw["document"]["written_on"])
        facts = {key: value for key, value in raw.items() if key not in NOT_FACTS}
        return Arrival(raw["id"], raw["patient"], raw["title"], facts, (document,))
    except (KeyError, TypeError) as error:
        raise InputError(
            "the encounter lacks a field", where=str(raw.get("id", "encounter")), why=str(error)
        ) from error


@transaction.atomic
def receive_encounter(tenant: Tenant, arrival: Arrival, *, actor: Actor) -> tuple[EncounterRow, bool]:
    """Keep a visit and its documents; the same visit again changes nothing.

    Returns the row and whether it is new.

    Raises:
        InputError: the patient is unknown, the setting is none we know, or a date is missing.
        Refused: a visit with this number is here and says something else; nothing is written over.
    """
    hold(tenant)
    known = EncounterRow.objects.filter(encounter_id=arrival.encounter_id).first()
    if known is not None:
        _refuse_another(known, arrival)
        return known, False
    patient = PatientRow.objects.filter(patient_id=arrival.patient_id).first()
    if patient is None:
        raise InputError(
            "the patient is not registered",
            where=f"encounter {arrival.encounter_id}",
            fix="register the patient first",
        )
    encounter = _encounter_row(tenant, arrival, patient, actor)
    encounter.save(force_insert=True)
    for document in arrival.documents:
        _document_row(tenant, encounter, document)
    record(actor, "receive visit", "encounter", arrival.encounter_id, tenant=tenant)
    transaction.on_commit(lambda: suggest_for_visit.enqueue(tenant.slug, arrival.encounter_id))
    return encounter, True


@transaction.atomic
def add_document(
    tenant: Tenant, encounter: EncounterRow, kind: str, text: str, written_on: dt.date, *, actor: Actor
) -> DocumentRow:
    """Keep a document that arrives after its visit.

    Raises:
        Refused: the visit is released, or the very same text is there already.
        InputError: the text is no note, or is written after today.
    """
    hold(tenant)
    encounter = EncounterRow.objects.get(pk=encounter.pk)
    where = f"encounter {encounter.encounter_id}"
    if encounter.state == "released":
        raise Refused("the visit is released", where=where, fix="correct the claim instead")
    read_note(text)
    if written_on > actor.now.date():
        raise InputError(
            "a document cannot be written in the future", where=where, fix="give the day it was written"
        )
    number = encounter.documents.count() + 1
    document = Document(
        f"{encounter.encounter_id}-{number}", kind.strip()[:60] or "document", text, written_on
    )
    if encounter.documents.filter(sha256=_hash(document)).exists():
        raise Refused("this very document is there already", where=where)
    record(
        actor, "add document", "encounter", encounter.encounter_id, tenant=tenant, reason=document.document_id
    )
    return _document_row(tenant, encounter, document)


def _document_row(tenant: Tenant, encounter: EncounterRow, document: Document) -> DocumentRow:
    return DocumentRow.objects.create(
        tenant=tenant,
        encounter=encounter,
        document_id=document.document_id,
        kind=document.kind,
        written_on=document.written_on,
        text=document.text,
        sha256=_hash(document),
    )


def _encounter_row(tenant: Tenant, arrival: Arrival, patient: PatientRow, actor: Actor) -> EncounterRow:
    facts = arrival.facts
    _refuse_unknown_documents(facts.get("documents_expected") or ())
    try:
        period = DatePeriod(facts["period"]["from"], facts["period"]["to"])
        if period.last is None:
            raise ValueError("the last day is missing")
        return EncounterRow(
            tenant=tenant,
            encounter_id=arrival.encounter_id,
            patient=patient,
            title=arrival.title,
            kind=facts["kind"],
            setting=Setting(facts["setting"]).value,
            first_date=period.first,
            last_date=period.last,
            facts=canonical_json(facts),
            received_at=actor.now,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            "the visit lacks a field or holds a wrong value",
            where=f"encounter {arrival.encounter_id}",
            why=str(error),
        ) from error


def _refuse_unknown_documents(expected: Sequence[str]) -> None:
    unknown = [str(key) for key in expected if key not in needed_table()]
    if unknown:
        raise InputError(
            f"{unknown[0][:40]!r} is no document that a visit can wait for",
            where="documents_expected",
            fix=f"use {', '.join(needed_table())}",
        )


def _refuse_another(known: EncounterRow, arrival: Arrival) -> None:
    documents = {(document.document_id, _hash(document)) for document in arrival.documents}
    same = (
        known.patient.patient_id == arrival.patient_id
        and known.facts == canonical_json(arrival.facts)
        # More may have been supplied since.
        and documents <= set(known.documents.values_list("document_id", "sha256"))
    )
    if not same:
        raise Refused(
            "a visit with this number is here and says something else",
            where=f"encounter {arrival.encounter_id}",
            fix="give the visit a number of its own",
        )


def _hash(document: Document) -> str:
    return hashlib.sha256(document.text.encode()).hexdigest()
