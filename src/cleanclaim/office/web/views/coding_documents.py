"""Documents of a visit on its coding page: one that was missing arrives, or the visit goes without it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from cleanclaim.kernel.dates import parse_date
from cleanclaim.kernel.errors import CleanClaimError, InputError
from cleanclaim.office.encounters.coding import suggest_more
from cleanclaim.office.encounters.intake import add_document
from cleanclaim.office.encounters.models import EncounterRow
from cleanclaim.office.encounters.needed_documents import settle_hold, waive_document
from cleanclaim.office.people.gate import actor_of, needs
from cleanclaim.office.people.roles import Permission


@needs(Permission.CODE)
@require_POST
def add(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Keep a document that was typed, pasted or chosen as a file, and suggest from it."""
    encounter = get_object_or_404(EncounterRow, encounter_id=encounter_id)
    try:
        row = add_document(
            request.tenant,
            encounter,
            request.POST.get("kind", ""),
            _text(request),
            parse_date(request.POST.get("written_on", "")),
            actor=actor_of(request),
        )
        found = suggest_more(request.tenant, encounter, row)
        waits = settle_hold(request.tenant, encounter)
    except CleanClaimError as error:
        messages.error(request, error.sentence())
        return redirect("coding", encounter_id=encounter_id)
    count = sum(one.status == "suggested" for one in found)
    more = f"{count} more suggestion{'' if count == 1 else 's'}" if count else "It suggests nothing more"
    told = f"{row.document_id} is there. {more}."
    messages.success(request, f"{told} The visit still {waits}." if waits else told)
    return redirect("coding", encounter_id=encounter_id)


@needs(Permission.CODE)
@require_POST
def go_without(request: HttpRequest, encounter_id: str) -> HttpResponse:
    """Let the visit go without a document, with a reason."""
    encounter = get_object_or_404(EncounterRow, encounter_id=encounter_id)
    given = request.POST.get("needed", ""), request.POST.get("reason", "")
    try:
        waive_document(request.tenant, encounter, *given, actor=actor_of(request))
        settle_hold(request.tenant, encounter)
    except CleanClaimError as error:
        messages.error(request, error.sentence())
    else:
        messages.success(request, f"{encounter_id} goes without that document; the reason is kept.")
    return redirect("coding", encounter_id=encounter_id)


def _text(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("text", "").replace("\r\n", "\n")
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError("the file is no text", fix="save it as plain text in UTF-8") from None
