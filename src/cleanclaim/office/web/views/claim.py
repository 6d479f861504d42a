"""The claim page: its form, its 837, its findings, its money and its life; sending."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.forms.cms1500 import cms1500_pdf
from cleanclaim.forms.ub04 import ub04_pdf
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.office.claims.batches import make_batches, mark_sent
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.claims.scrubbing import override_hold, scrub_claim
from cleanclaim.office.claims.versions import current_version
from cleanclaim.office.people.gate import actor_of, needs
from cleanclaim.office.people.roles import Permission
from cleanclaim.office.registry.services import trading_partner
from cleanclaim.office.web.claim_view import claim_page
from cleanclaim.office.web.downloads import attachment


@needs(Permission.READ_CLAIM, reads="claim")
@require_GET
def page(request: HttpRequest, claim_id: str) -> HttpResponse:
    """The whole page, of the current version or the one asked for."""
    row = _claim(claim_id)
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else None
    context = claim_page(row, version_number=number)
    ready = ClaimRow.objects.filter(state="ready").count()
    return render(
        request,
        "claim/page.html",
        {**context, "ready": ready, "today": dt.datetime.now(dt.UTC).date()},
    )


@needs(Permission.READ_CLAIM, reads="claim form")
@require_GET
def form_pdf(request: HttpRequest, claim_id: str) -> HttpResponse:
    """The current version on its paper form."""
    claim = current_version(_claim(claim_id)).read()
    try:
        data = ub04_pdf(claim) if isinstance(claim, InstitutionalClaim) else cms1500_pdf(claim)
    except CleanClaimError as error:
        messages.error(request, error.sentence())
        return redirect("claim", claim_id=claim_id)
    return attachment(data, f"{claim_id}-v{claim.version}.pdf", "application/pdf")


@needs(Permission.BILL)
@require_POST
def scrub_again(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Run the edits again over the current version."""
    row = _claim(claim_id)
    scrubbed = scrub_claim(request.tenant, row, actor=actor_of(request))
    messages.info(request, f"Scrubbed again: {'clean' if scrubbed.verdict == 'clean' else 'held'}.")
    return redirect("claim", claim_id=claim_id)


@needs(Permission.OVERRIDE_EDIT)
@require_POST
def override(request: HttpRequest, claim_id: str) -> HttpResponse:
    """Let a held claim go, with a reason that stays with it."""
    try:
        override_hold(
            request.tenant, _claim(claim_id), request.POST.get("reason", ""), actor=actor_of(request)
        )
        messages.success(request, "The claim is let go; the reason stays with it.")
    except CleanClaimError as error:
        messages.error(request, error.sentence())
    return redirect("claim", claim_id=claim_id)


@needs(Permission.BILL)
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Put every ready claim of the tenant into files and mark them sent."""
    actor = actor_of(request)
    try:
        with transaction.atomic():
            batches = make_batches(request.tenant, trading_partner(), actor=actor)
            for batch in batches:
                mark_sent(batch, actor=actor)
    except CleanClaimError as error:
        messages.error(request, error.sentence())
        return _back(request)
    if not batches:
        messages.info(request, "No claim is ready: nothing was sent.")
    for batch in batches:
        count = batch.members.count()
        claims = "1 claim" if count == 1 else f"{count} claims"
        messages.success(
            request,
            f"File {batch.file.name} holds {claims} and is marked sent. There is no line to a clearinghouse yet: "
            "download the file under Files and hand it over.",
        )
    return _back(request)


def _claim(claim_id: str) -> ClaimRow:
    return get_object_or_404(
        ClaimRow.objects.select_related("patient", "encounter", "tenant"), claim_id=claim_id
    )


def _back(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    here = {request.get_host()}
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(
        wanted, here, require_https=request.is_secure()
    ):
        return redirect(wanted)
    return redirect("work", queue="billing")
