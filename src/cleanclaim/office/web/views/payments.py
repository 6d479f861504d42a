"""Payers' payments: what each brought and what became of it; taking in a file a payer sent."""

from __future__ import annotations

import json

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from cleanclaim.claims.reasons import reason_table
from cleanclaim.kernel.errors import CleanClaimError, InputError
from cleanclaim.office.claims.acknowledgements import take_in_acknowledgements
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.money.models import PayerPayment
from cleanclaim.office.money.posting import post_remittance
from cleanclaim.office.people.gate import actor_of, needs
from cleanclaim.office.people.roles import Permission, allowed
from cleanclaim.x12 import sniff

LARGEST_BYTES = 16 * 1024 * 1024
_ANSWERS = {"TA1", "999", "277CA"}


@needs(Permission.READ_MONEY, reads="payment")
@require_GET
def page(request: HttpRequest, payment_id: int) -> HttpResponse:
    """One payment: the equation, then claim by claim."""
    row = get_object_or_404(PayerPayment.objects.select_related("file"), pk=payment_id)
    report = json.loads(row.report)
    ours = set(
        ClaimRow.objects.filter(claim_id__in=[item["claim"] for item in report["claims"]]).values_list(
            "claim_id", flat=True
        )
    )
    for item in report["claims"]:
        item["ours"] = item["claim"] in ours
        for reason in item["reasons"]:
            known = reason_table().find(reason["reason"], row.effective_on)
            reason["label"] = known.label if known else ""
    balances = row.bpr_cents == row.posted_cents + row.suspended_cents - row.provider_adjustment_cents
    return render(request, "payments/page.html", {"payment": row, "report": report, "balances": balances})


@needs(Permission.SEE_WORK)
@require_http_methods(["GET", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in an 835, TA1, 999 or 277CA; who may post money may take in any, a biller only the answers."""
    may_post = allowed(request.roles, Permission.POST_PAYMENT)
    may_answer = may_post or allowed(request.roles, Permission.BILL)
    if not may_answer:
        raise PermissionDenied(f"your roles do not include {Permission.POST_PAYMENT.value}")
    context = {"may_post": may_post, "largest_megabytes": LARGEST_BYTES // (1024 * 1024)}
    if request.method == "POST":
        try:
            context.update(_taken(request, may_post))
        except CleanClaimError as error:
            return render(
                request, "payments/take_in.html", {**context, "fault": error.sentence()}, status=422
            )
    return render(request, "payments/take_in.html", context)


def _taken(request: HttpRequest, may_post: bool) -> dict:
    upload = request.FILES.get("file")
    if upload is None:
        raise InputError("no file was given", fix="choose a file")
    if upload.size > LARGEST_BYTES:
        raise InputError(
            "the file is too large", why="more than 16 MB", fix="split it, or use cleanclaim take-in"
        )
    data = upload.read()
    kinds = sniff(data)
    if set(kinds) == {"835"}:
        if not may_post:
            raise PermissionDenied(f"your roles do not include {Permission.POST_PAYMENT.value}")
        report = post_remittance(request.tenant, data, upload.name, actor=actor_of(request))
        traces = [payment["trace"] for payment in report["payments"]]
        payments = PayerPayment.objects.filter(file__sha256=report["sha256"], trace__in=traces)
        return {"posted": report, "payments": payments}
    if kinds and set(kinds) <= _ANSWERS:
        return {
            "answered": take_in_acknowledgements(request.tenant, data, upload.name, actor=actor_of(request))
        }
    raise InputError(
        f"{', '.join(kinds) or 'this file'} cannot be taken in here",
        why="a TA1, 999, 277CA or 835 can",
        fix="import claims of another system with cleanclaim import",
    )
