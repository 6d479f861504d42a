"""The coding page: the note at left with its evidence, the codes at right, decided by key."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from cleanclaim.codesets.book import open_book
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.office.encounters.coding import DIAGNOSIS, chosen_codes, decide, suggest_codes
from cleanclaim.office.encounters.models import DocumentRow, EncounterRow, SuggestionRow
from cleanclaim.office.encounters.release import release_encounter
from cleanclaim.office.people.gate import actor_of, needs
from cleanclaim.office.people.roles import Permission
from cleanclaim.office.web.note_view import MarkedSpan, cut

REASONS = (
    "not supported by the note",
    "said of the past or of the family",
    "ruled out or not confirmed",
    "part of another code",
    "not treated or evaluated at this visit",
    "another code is more specific",
)
_LETTERS = "ABCDEFGHIJKL"


@needs(Permission.READ_CHART, reads="encounter")
@require_GET
def page(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """The whole page."""
    encounter = _encounter(encounter_id)
    if encounter.state != "released":
        suggest_codes(request.tenant, encounter, actor=actor_of(request))
    return render(request, "coding/page.html", _context(encounter))


@needs(Permission.CODE)
@require_POST
def decide_code(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Accept, reject, add or change one code; answers with the panel of codes."""
    encounter = _encounter(encounter_id)
    fault = ""
    try:
        system, code = request.POST["system"], request.POST["code"].strip().upper()
        details = _details(request, encounter, system, code)
        decide(
            request.tenant,
            encounter,
            request.POST["action"],
            system,
            code,
            actor=actor_of(request),
            details=details,
            reason=request.POST.get("reason", ""),
        )
    except (CleanClaimError, KeyError, ValueError) as error:
        fault = error.sentence() if isinstance(error, CleanClaimError) else "The form lacks a field."
    return render(request, "coding/codes.html", {**_context(encounter), "fault": fault})


@needs(Permission.CODE)
@require_GET
def search(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Codes for words, as the coder types."""
    encounter = _encounter(encounter_id)
    words = request.GET.get("q", "").strip()[:80]
    found = (
        open_book().search(words, system=DIAGNOSIS, on=encounter.last_date, limit=12)
        if len(words) > 1
        else []
    )
    service = (
        words.upper()
        if len(words) == 5 and words.isalnum() and any(letter.isdigit() for letter in words)
        else ""
    )
    return render(request, "coding/found.html", {"found": found, "service": service, "encounter": encounter})


@needs(Permission.CODE)
@require_POST
def release(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Let the visit go to billing."""
    encounter = _encounter(encounter_id)
    try:
        claim = release_encounter(request.tenant, encounter, actor=actor_of(request))
    except CleanClaimError as error:
        messages.error(request, error.sentence())
        return redirect("coding", encounter_id=encounter_id)
    if claim is None:
        messages.success(request, f"{encounter_id} is released; the patient is billed.")
        return redirect("patient", patient_id=encounter.patient.patient_id)
    messages.success(request, f"{encounter_id} is released; its claim is {claim.state}.")
    return redirect("claim", claim_id=claim.claim_id)


def _encounter(encounter_id: str) -> EncounterRow:
    return get_object_or_404(
        EncounterRow.objects.select_related("patient", "tenant"), encounter_id=encounter_id
    )


def _details(request: HttpRequest, encounter: EncounterRow, system: str, code: str) -> dict[str, Any]:
    body = {}
    row = encounter.suggestions.filter(system=system, code=code).first()
    if row is not None:
        suggested = json.loads(row.body)
        body = (
            {"modifiers": suggested["modifiers"], "units": suggested["units"]} if system != DIAGNOSIS else {}
        )
    standing = next(
        (item for item in chosen_codes(encounter) if (item.system, item.code) == (system, code)), None
    )
    if standing is not None:
        body = dict(standing.details)
    for name in ("units", "poa"):
        if request.POST.get(name):
            body[name] = request.POST[name].strip()
    if "modifiers" in request.POST:
        body["modifiers"] = request.POST["modifiers"].upper().replace(",", " ").split()
    if "pointers" in request.POST:
        letters = request.POST["pointers"].upper().replace(",", " ").replace(" ", "")
        body["pointers"] = [_LETTERS.index(letter) + 1 for letter in letters]
    if request.POST.get("place"):
        body["place"] = int(request.POST["place"])
    return body


def _context(encounter: EncounterRow) -> dict[str, Any]:
    chosen = chosen_codes(encounter)
    suggestions = [_suggestion(row) for row in encounter.suggestions.all()]
    decided = {(item.system, item.code): item.action for item in encounter.decisions.all()}
    standing = {(item.system, item.code) for item in chosen}
    diagnoses = [item for item in chosen if item.system == DIAGNOSIS]
    return {
        "encounter": encounter,
        "patient": encounter.patient.patient(),
        "documents": [
            {"row": row, "pieces": _pieces(row, suggestions, standing)}
            for row in encounter.documents.order_by("document_id")
        ],
        "open": [
            item for item in suggestions if item["row"].status == "suggested" and _key(item) not in decided
        ],
        "rejected": [
            item for item in suggestions if decided.get(_key(item)) == "reject" and _key(item) not in standing
        ],
        "suppressed": [
            item for item in suggestions if item["row"].status == "suppressed" and _key(item) not in decided
        ],
        "diagnoses": [_chosen(item, place, suggestions) for place, item in enumerate(diagnoses)],
        "services": [_chosen(item, 0, suggestions) for item in chosen if item.system != DIAGNOSIS],
        "level": json.loads(encounter.em),
        "reasons": REASONS,
        "released": encounter.state == "released",
        "claim": encounter.claims.first(),
        "today": dt.datetime.now(dt.UTC).date(),
    }


def _key(item: dict[str, Any]) -> tuple[str, str]:
    return item["row"].system, item["row"].code


def _suggestion(row: SuggestionRow) -> dict[str, Any]:
    body = json.loads(row.body)
    return {"row": row, "percent": row.confidence_per_mille // 10, **body}


def _chosen(item: Any, place: int, suggestions: list[dict[str, Any]]) -> dict[str, Any]:
    source = next((one for one in suggestions if _key(one) == (item.system, item.code)), None)
    pointers = "".join(_LETTERS[pointer - 1] for pointer in item.details.get("pointers") or ())
    return {
        "code": item.code,
        "system": item.system,
        "letter": _LETTERS[place] if place < len(_LETTERS) else "?",
        "place": place + 1,
        "who": item.who,
        "reason": item.reason,
        "details": item.details,
        "modifiers": " ".join(str(one) for one in item.details.get("modifiers") or ()),
        "pointers": pointers,
        "units": item.details.get("units", 1),
        "number": source["row"].number if source else None,
        "description": source["row"].description if source else _title(item),
        "because": source["because"] if source else [],
    }


def _title(item: Any) -> str:
    entry = open_book().find(item.system, item.code, dt.datetime.now(dt.UTC).date())
    return entry.title if entry else ""


def _pieces(
    document: DocumentRow, suggestions: list[dict[str, Any]], standing: set[tuple[str, str]]
) -> list[Any]:
    spans = [
        MarkedSpan(
            number=item["row"].number,
            start=span["start"],
            end=span["end"],
            kind="chosen" if _key(item) in standing else item["row"].status,
        )
        for item in suggestions
        if item["row"].document_id == document.pk
        for span in item["evidence"]
    ]
    return cut(document.text, spans)
