"""What the engine suggests for a visit and what the coder decides; decisions are appended, the last one counts."""

from __future__ import annotations

import json
from typing import Any

from attrs import frozen
from django.db import transaction

from cleanclaim.claims.encounter import Setting
from cleanclaim.codesets.book import open_book
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.json import canonical_json
from cleanclaim.office.audit.services import record
from cleanclaim.office.encounters.models import Decision, EncounterRow, SuggestionRow
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Tenant

DIAGNOSIS = "ICD-10-CM"
HOSPITAL_PROCEDURE = "ICD-10-PCS"


@frozen
class ChosenCode:
    """A code that stands on the visit now, with its details (POA, units, modifiers, pointers, ...)."""

    system: str
    code: str
    details: dict[str, Any]
    who: str
    reason: str


@transaction.atomic
def suggest_codes(tenant: Tenant, encounter: EncounterRow, *, actor: Actor) -> list[SuggestionRow]:
    """Ask the engine once per visit and keep what it said, with the evidence.

    A visit that already has suggestions keeps them: what a coder saw must stay what it was.
    """
    from cleanclaim.coding.suggest import suggest  # the lexicon is large: only who codes loads it

    kept = list(encounter.suggestions.all())
    if kept:
        return kept
    rows = []
    for document in encounter.documents.order_by("document_id"):
        result = suggest(
            document.text, setting=Setting(encounter.setting), on=encounter.last_date, book=open_book()
        )
        for item in result.suggestions:
            rows.append(
                SuggestionRow(
                    tenant=tenant,
                    encounter=encounter,
                    document=document,
                    number=len(rows) + 1,
                    system=item.system,
                    code=item.code,
                    description=item.description[:300],
                    status=item.status,
                    confidence_per_mille=round(item.confidence * 1000),
                    assertion=str(item.assertion),
                    body=canonical_json(_suggestion_body(item)),
                )
            )
        _keep_level(encounter, result.em)
    return SuggestionRow.objects.bulk_create(rows)


def _suggestion_body(item: Any) -> dict[str, Any]:
    return {
        "evidence": item.evidence,
        "because": item.because,
        "modifiers": getattr(item, "modifiers", ()),
        "units": str(getattr(item, "units", 1) or 1),
    }


def _keep_level(encounter: EncounterRow, em: Any) -> None:
    if em is not None:
        encounter.em = canonical_json(em)
        encounter.save(update_fields=["em"])


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
        Refused: the visit is released already, or a code is added or rejected without a reason.
    """
    encounter = EncounterRow.objects.select_for_update().get(pk=encounter.pk)
    where = f"encounter {encounter.encounter_id}"
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
    record(actor, f"{action} code", "encounter", encounter.encounter_id, tenant=tenant, reason=code)
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
