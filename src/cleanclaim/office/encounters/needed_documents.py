"""A visit waits until the documents that its bill stands on are there, or somebody lets it go without one."""

from __future__ import annotations

import json
from collections.abc import Sequence

from attrs import frozen
from django.core.cache import cache
from django.db import transaction

from cleanclaim.claims.setting import Setting
from cleanclaim.documents.completeness import missing_to_bill
from cleanclaim.documents.kind import kind_words
from cleanclaim.documents.needed import (
    GIVEN,
    DocumentFacts,
    NeededDocument,
    document_facts,
    missing_documents,
)
from cleanclaim.documents.reading import read_note
from cleanclaim.documents.transcription import transcription
from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.office.audit.services import record
from cleanclaim.office.encounters.coding import DIAGNOSIS, HOSPITAL_PROCEDURE, ChosenCode, chosen_codes
from cleanclaim.office.encounters.models import DocumentRow, DocumentWaiver, EncounterRow
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold

_KEPT_SECONDS = 3_600
_WAITS_FOR = "waits for: "


@frozen
class DocumentReading:
    """What a document was read as: its facts, its kind in words, what it lacks, whether it was dictated."""

    facts: DocumentFacts
    words: str
    lacks: tuple[str, ...]
    dictated: bool

    @property
    def gives_drugs(self) -> bool:
        """Whether it says that a drug was given."""
        return GIVEN in self.facts.sections


def read_document(document: DocumentRow) -> DocumentReading:
    """The reading of a document, kept for an hour by its content; one that cannot be read serves for nothing."""
    key = f"document-reading:{document.sha256}"
    found = cache.get(key)
    if found is None:
        found = _read(document.text)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def documents_missing(encounter: EncounterRow) -> tuple[NeededDocument, ...]:
    """What the bill of a visit still waits for, by the codes that stand now; what was let go is left out."""
    facts = json.loads(encounter.facts)
    found = missing_documents(
        [read_document(row).facts for row in encounter.documents.all()],
        _billed(chosen_codes(encounter)),
        setting=Setting(encounter.setting),
        institutional=encounter.kind == "institutional",
        expected=facts.get("documents_expected") or (),
    )
    waived = set(encounter.waivers.values_list("needed", flat=True))
    return tuple(one for one in found if one.key not in waived)


def refuse_without_documents(encounter: EncounterRow) -> None:
    """Raises Refused where a document is missing that nobody let the visit go without."""
    missing = documents_missing(encounter)
    if missing:
        raise Refused(
            f"a document is missing: {', '.join(one.words for one in missing)}",
            where=f"encounter {encounter.encounter_id}",
            why="; ".join(one.because.text for one in missing),
            fix="add the document, or let the visit go without it and say why",
        )


@transaction.atomic
def waive_document(
    tenant: Tenant, encounter: EncounterRow, needed: str, reason: str, *, actor: Actor
) -> DocumentWaiver:
    """Let a visit go without a document, with a reason that is kept.

    Raises:
        Refused: the visit does not wait for it, is released, or no reason is given.
    """
    hold(tenant)
    encounter = EncounterRow.objects.get(pk=encounter.pk)
    where = f"encounter {encounter.encounter_id}"
    if encounter.state == "released":
        raise Refused("the visit is released", where=where)
    if needed not in {one.key for one in documents_missing(encounter)}:
        raise Refused("the visit does not wait for this document", where=where)
    if not reason.strip():
        raise Refused("to go without a document needs a reason", where=where, fix="say why in a few words")
    row = DocumentWaiver(
        tenant=tenant,
        encounter=encounter,
        needed=needed,
        reason=reason.strip()[:300],
        who=actor.name,
        at=actor.now,
    )
    row.save(force_insert=True)
    record(actor, "go without document", "encounter", encounter.encounter_id, tenant=tenant, reason=needed)
    return row


@transaction.atomic
def settle_hold(tenant: Tenant, encounter: EncounterRow) -> str:
    """Put a visit on hold while it waits for a document, and take it off again; answers with the reason or ""."""
    hold(tenant)
    current = EncounterRow.objects.get(pk=encounter.pk)
    if current.state == "released" or (
        current.state == "on-hold" and not current.hold_reason.startswith(_WAITS_FOR)
    ):
        return current.hold_reason
    missing = documents_missing(current)
    reason = f"{_WAITS_FOR}{', '.join(one.words for one in missing)}"[:200] if missing else ""
    if reason != current.hold_reason:
        current.hold_reason = encounter.hold_reason = reason
        current.state = encounter.state = "on-hold" if reason else "to-code"
        current.save(update_fields=["state", "hold_reason"])
    return reason


def _read(text: str) -> DocumentReading:
    try:
        note = read_note(text)
    except InputError:
        return DocumentReading(DocumentFacts("", frozenset()), "", ("text that can be read",), dictated=False)
    lacks = tuple(one.what for one in missing_to_bill(note))
    return DocumentReading(
        document_facts(note), kind_words().get(note.kind, note.kind), lacks, transcription(note) is not None
    )


def _billed(chosen: Sequence[ChosenCode]) -> list[tuple[str, tuple[str, ...]]]:
    """The services that stand, each line with its modifiers."""
    services = (item for item in chosen if item.system not in {DIAGNOSIS, HOSPITAL_PROCEDURE, "REVENUE"})
    return [
        (item.code, tuple(str(one) for one in line.get("modifiers") or ()))
        for item in services
        for line in item.details.get("lines") or [item.details]
    ]
