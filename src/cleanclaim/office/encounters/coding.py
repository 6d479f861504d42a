"""What the engine suggests for a visit and what the coder decides; decisions are appended, the last one counts."""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen
from django.db import transaction

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import open_book
from cleanclaim.coding.confidence import STEPS
from cleanclaim.coding.records import CodingResult, Conflict, Suggestion, SuggestionStatus
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Span
from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.kernel.json import canonical_json
from cleanclaim.office.audit.services import record
from cleanclaim.office.encounters.models import Decision, DocumentRow, EncounterRow, SuggestionRow
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.tenancy import hold

DIAGNOSIS = "ICD-10-CM"
HOSPITAL_PROCEDURE = "ICD-10-PCS"
SYSTEMS = frozenset({DIAGNOSIS, HOSPITAL_PROCEDURE, "CPT", "HCPCS", "REVENUE"})
ACTIONS = frozenset({"accept", "reject", "add"})


@frozen
class ChosenCode:
    """A code that stands on the visit now, with its details (POA, units, modifiers, pointers, ...)."""

    system: str
    code: str
    details: dict[str, Any]
    who: str
    reason: str


def suggest_codes(tenant: Tenant, encounter: EncounterRow, *, actor: Actor) -> list[SuggestionRow]:
    """Ask the engine once per visit and keep what it said, with the evidence.

    A visit that already has suggestions keeps them: what a coder saw must stay what it was.
    """
    kept = list(encounter.suggestions.all())
    if kept:
        return kept
    rows, em = _suggested(tenant, encounter)  # takes its time: nobody waits for the database meanwhile
    with transaction.atomic():
        hold(tenant)
        kept = list(encounter.suggestions.all())
        if kept:
            return kept
        if em is not None:
            current = EncounterRow.objects.get(pk=encounter.pk)
            current.em = encounter.em = canonical_json(em)
            current.save(update_fields=["em"])
        return SuggestionRow.objects.bulk_create(rows)


def suggest_more(tenant: Tenant, encounter: EncounterRow, document: DocumentRow) -> list[SuggestionRow]:
    """What a document that arrived later adds; what is suggested already stays what the coder saw."""
    from cleanclaim.office.encounters.learning import learned_in_use

    kept = list(encounter.suggestions.all())
    suggested = {(row.system, row.code) for row in kept if row.status == "suggested"}
    known = suggested | {(row.system, row.code) for row in kept}
    first = max((row.number for row in kept), default=0) + 1
    rows, em = _of_document(tenant, encounter, document, learned_in_use(tenant), first)
    new = [
        row
        for row in rows
        if (row.system, row.code) not in (suggested if row.status == "suggested" else known)
    ]
    with transaction.atomic():
        hold(tenant)
        if em is not None and encounter.em == "null":
            encounter.em = canonical_json(em)
            encounter.save(update_fields=["em"])
        return SuggestionRow.objects.bulk_create(new)


def _suggested(tenant: Tenant, encounter: EncounterRow) -> tuple[list[SuggestionRow], Any]:
    from cleanclaim.office.encounters.learning import learned_in_use

    learned = learned_in_use(tenant)
    rows: list[SuggestionRow] = []
    em = None
    for document in encounter.documents.order_by("document_id"):
        more, level = _of_document(tenant, encounter, document, learned, len(rows) + 1)
        rows += more
        em = em if level is None else level
    return rows, em


def _of_document(
    tenant: Tenant, encounter: EncounterRow, document: DocumentRow, learned: Any, first: int
) -> tuple[list[SuggestionRow], Any]:
    from cleanclaim.coding.suggest import suggest  # the lexicon is large: only who codes loads it

    result = suggest(
        document.text,
        setting=Setting(encounter.setting),
        on=encounter.last_date,
        book=open_book(),
        learned=learned,
    )
    denied = {one.code: one.evidence for one in result.conflicting}
    rows = [
        SuggestionRow(
            tenant=tenant,
            encounter=encounter,
            document=document,
            number=number,
            system=item.system,
            code=item.code,
            description=item.description[:300],
            status=item.status,
            confidence_per_mille=round(item.confidence * 1000),
            assertion=str(item.assertion),
            body=canonical_json(_suggestion_body(item, learned, denied.get(item.code, ()))),
        )
        for number, item in enumerate(result.suggestions, first)
    ]
    return rows, result.em


def kept_result(encounter: EncounterRow, document: DocumentRow) -> CodingResult:
    """What the engine said of a document, as it was kept: suggestions and conflicts; its questions were not."""
    rows = [row for row in encounter.suggestions.all() if row.document_id == document.pk]
    conflicts = tuple(
        Conflict(row.code, Assertion.NEGATED, _spans(denied))
        for row in rows
        if (denied := json.loads(row.body).get("denied"))
    )
    return CodingResult(tuple(_kept_suggestion(row) for row in rows), None, conflicting=conflicts)


def _kept_suggestion(row: SuggestionRow) -> Suggestion:
    body = json.loads(row.body)
    confidence = row.confidence_per_mille / 1000
    step = body.get("step") or next((one for one in STEPS if confidence >= one), STEPS[-1])
    return Suggestion(
        row.system,
        row.code,
        row.description,
        SuggestionStatus(row.status),
        confidence,
        Assertion(row.assertion),
        _spans(body["evidence"]),
        (),
        step=float(step),
    )


def _spans(kept: list[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(item["start"], item["end"], item["text"]) for item in kept)


def _suggestion_body(item: Suggestion, learned: Any, denied: tuple[Span, ...]) -> dict[str, Any]:
    return {
        "evidence": item.evidence,
        "because": item.because,
        "modifiers": item.modifiers,
        "units": str(item.units or 1),
        "step": str(item.step),
        **({"learned": learned.version} if learned is not None else {}),
        **({"denied": denied} if denied else {}),
    }


@transaction.atomic
def decide(
    tenant: Tenant,
    encounter: EncounterRow,
    action: str,
    system: str,
    code: str,
    *,
    actor: Actor,
    details: dict[str, Any] | None = None,
    reason: str = "",
) -> Decision:
    """Append a coder's decision on one code.

    Raises:
        Refused: the visit is released already, or a code is rejected without a reason.
        InputError: the action, the code system or the code is none.
    """
    hold(tenant)
    encounter = EncounterRow.objects.get(pk=encounter.pk)
    where = f"encounter {encounter.encounter_id}"
    if action not in ACTIONS or system not in SYSTEMS or not 0 < len(code.strip()) <= 20:
        raise InputError(f"{action} {system} {code[:20]!r} is no decision on a code", where=where)
    if encounter.state == "released":
        raise Refused("the visit is released", where=where, fix="correct the claim instead")
    if action == "reject" and not reason.strip():
        raise Refused("a rejection needs a reason", where=where, fix="say why in a few words")
    last = encounter.decisions.order_by("-sequence").first()
    decision = Decision.objects.create(
        tenant=tenant,
        encounter=encounter,
        sequence=(last.sequence if last else 0) + 1,
        action=action,
        system=system,
        code=code,
        body=canonical_json(details or {}),
        reason=reason.strip()[:300],
        who=actor.name,
        at=actor.now,
    )
    place = f"decision {decision.sequence}"
    record(actor, f"{action} code", "encounter", encounter.encounter_id, tenant=tenant, reason=place)
    return decision


def chosen_codes(encounter: EncounterRow) -> list[ChosenCode]:
    """The codes that stand on the visit: of each, the last decision counts; in the order they were chosen.

    Accepting a code again moves nothing; a ``place`` among the details puts it where the coder wants it.
    """
    standing: dict[tuple[str, str], ChosenCode] = {}
    for decision in encounter.decisions.all():
        key = (decision.system, decision.code)
        details = json.loads(decision.body)
        if decision.action == "reject":
            standing.pop(key, None)
        else:
            standing[key] = ChosenCode(decision.system, decision.code, details, decision.who, decision.reason)
    ordered = list(standing.values())
    return sorted(
        ordered, key=lambda item: (item.details.get("place", len(ordered) + 1), ordered.index(item))
    )


def open_suggestions(encounter: EncounterRow) -> list[SuggestionRow]:
    """Suggestions that nobody has decided on yet."""
    decided = {(decision.system, decision.code) for decision in encounter.decisions.all()}
    return [
        row
        for row in encounter.suggestions.all()
        if row.status == "suggested" and (row.system, row.code) not in decided
    ]
