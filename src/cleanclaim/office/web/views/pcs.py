"""The PCS builder: a procedure code put together axis by axis, only valid values offered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cleanclaim.office.people.gate import needs
from cleanclaim.office.people.roles import Permission
from cleanclaim.office.web.pcs_view import builder_page
from cleanclaim.office.web.views.codes import day_of

_LONGEST = 7


@needs(Permission.SEE_WORK)
@require_GET
def builder(request: HttpRequest) -> HttpResponse:
    """The builder at the beginning of a code; the part that changes where htmx asks."""
    on, fault = day_of(request.GET.get("on", ""))
    begun = "".join(c for c in request.GET.get("code", "") if c.isascii() and c.isalnum())[:_LONGEST]
    context = {**builder_page(begun, on), "on": on, "fault": fault}
    return render(request, "codes/pcs_steps.html" if request.htmx else "codes/pcs.html", context)
