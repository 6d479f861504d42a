"""The coding page: the note at left with its evidence, the codes at right, decided by key."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.office.claims.versions import current_version
from cleanclaim.office.encounters.coding import chosen_codes, suggest_codes
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.encounters.needed_documents import settle_hold
from cleanclaim.office.encounters.release import release_encounter
from cleanclaim.office.people.gate import actor_of, needs
from cleanclaim.office.people.roles import Permission
from cleanclaim.office.web.claim_view import expected_of
from cleanclaim.office.web.code_acts import choose, move, undo, without_marks
from cleanclaim.office.web.coding_view import coding_page, details_from, found_codes

_SYSTEMS = {"ICD-10-CM", "ICD-10-PCS", "CPT", "HCPCS", "REVENUE"}
_ACTIONS = {"accept", "add", "reject"}


@needs(Permission.READ_CHART, reads="encounter")
@require_GET
def page(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """The whole page."""
    encounter = _encounter(encounter_id)
    fault = _suggest(request, encounter) if encounter.state != "released" else ""
    context = {**coding_page(encounter), "today": dt.datetime.now(dt.UTC).date(), "fault": fault}
    return render(request, "coding/page.html", context)


@needs(Permission.CODE)
@require_POST
def decide_code(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Accept, reject, add or change one code; answers with the panel of codes."""
    encounter = _encounter(encounter_id)
    fault = ""
    try:
        key, action = _key(request), request.POST["action"]
        if action not in _ACTIONS:
            raise ValueError(action)
        standing = next((item for item in chosen_codes(encounter) if (item.system, item.code) == key), None)
        on_file = without_marks(standing.details) if standing else None
        details = (
            {} if action == "reject" else details_from(encounter, *key, request.POST.dict(), on_file=on_file)
        )
        choose(
            request.tenant,
            encounter,
            action,
            key,
            details,
            actor=actor_of(request),
            reason=request.POST.get("reason", ""),
        )
    except CleanClaimError as error:
        fault = error.sentence()
    except (KeyError, ValueError):
        fault = (
            "That was not understood: pointers are the letters of diagnoses, units a number, days YYYY-MM-DD."
        )
    return _panel(request, encounter, fault)


@needs(Permission.CODE)
@require_POST
def move_code(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Put a diagnosis one place higher or lower; answers with the panel of codes."""
    encounter = _encounter(encounter_id)
    steps = -1 if request.POST.get("way") == "up" else 1
    fault = ""
    try:
        move(request.tenant, encounter, request.POST.get("code", ""), steps, actor=actor_of(request))
    except CleanClaimError as error:
        fault = error.sentence()
    return _panel(request, encounter, fault)


@needs(Permission.CODE)
@require_POST
def undo_act(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Take the last act back; answers with the panel of codes."""
    encounter = _encounter(encounter_id)
    fault, key = "", ("", "")
    try:
        key = undo(request.tenant, encounter, actor=actor_of(request))
    except CleanClaimError as error:
        fault = error.sentence()
    return _panel(request, encounter, fault, focus=key[1])


@needs(Permission.CODE)
@require_GET
def search(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Codes for words, as the coder types."""
    encounter = _encounter(encounter_id)
    words = request.GET.get("q", "").strip()[:80]
    context = {"found": found_codes(encounter, words), "words": words, "encounter": encounter}
    return render(request, "coding/found.html", context)


class _Undone(Exception):
    """Rolls a trial release back."""


@needs(Permission.CODE)
@require_GET
def check(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """What the edits and the contract would say if the visit were released now; nothing is kept."""
    encounter = _encounter(encounter_id)
    context: dict[str, Any] = {"encounter": encounter}
    try:
        with transaction.atomic():
            claim = release_encounter(request.tenant, encounter, actor=actor_of(request))
            if claim is not None:
                version = current_version(claim)
                scrub = version.scrubs.last()
                context["findings"] = json.loads(scrub.findings)
                context["not_checked"] = json.loads(scrub.not_checked)
                context["expected"] = expected_of(version)
                context["verdict"] = scrub.verdict
            else:
                context["self_pay"] = True
            raise _Undone
    except _Undone:
        pass
    except CleanClaimError as error:
        context["missing"] = error.what
    return render(request, "coding/check.html", context)


@needs(Permission.CODE)
@require_POST
def release(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Let the visit go to billing."""
    encounter = _encounter(encounter_id)
    try:
        claim = release_encounter(request.tenant, encounter, actor=actor_of(request))
    except CleanClaimError as error:
        settle_hold(request.tenant, encounter)
        messages.error(request, error.sentence())
        return redirect("coding", encounter_id=encounter_id)
    if claim is None:
        messages.success(request, f"{encounter_id} is released; there is no payer, so the patient is billed.")
        return redirect("coding", encounter_id=encounter_id)
    messages.success(request, f"{encounter_id} is released. Its claim is {claim.state}.")
    return redirect("claim", claim_id=claim.claim_id)


def _encounter(encounter_id: str) -> EncounterRow:
    return get_object_or_404(
        EncounterRow.objects.select_related("patient", "tenant"), encounter_id=encounter_id
    )


def _suggest(request: HttpRequest, encounter: EncounterRow) -> str:
    """Have suggestions made; answers with the fault of a note that cannot be read, which is coded by hand then."""
    try:
        suggest_codes(request.tenant, encounter, actor=actor_of(request))
    except CleanClaimError as error:
        return error.sentence()
    encounter.refresh_from_db()
    return ""


def _key(request: HttpRequest) -> tuple[str, str]:
    system, code = request.POST["system"], request.POST["code"].strip().upper()
    if system not in _SYSTEMS or not 0 < len(code) <= 20:
        raise ValueError(system)
    return system, code


def _panel(request: HttpRequest, encounter: EncounterRow, fault: str, *, focus: str = "") -> HttpResponse:
    return render(request, "coding/codes.html", {**coding_page(encounter), "fault": fault, "focus": focus})
