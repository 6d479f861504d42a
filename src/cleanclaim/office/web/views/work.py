"""The worklists."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cleanclaim.office.people.gate import needs
from cleanclaim.office.people.roles import Permission, allowed
from cleanclaim.office.web.queues import QUEUES


@needs(Permission.SEE_WORK)
def home(request: HttpRequest) -> HttpResponse:
    """The first worklist that the person may work."""
    for item in QUEUES:
        if allowed(request.roles, item.permission):
            return redirect("work", queue=item.slug)
    return render(request, "work/none.html")


@needs(Permission.SEE_WORK)
def queue(request: HttpRequest, queue: str) -> HttpResponse:
    """One worklist."""
    chosen = next((item for item in QUEUES if item.slug == queue), None)
    if chosen is None:
        raise Http404
    if not allowed(request.roles, chosen.permission):
        raise PermissionDenied(f"your roles do not include {chosen.permission.value}")
    rows = chosen.rows()
    return render(
        request,
        "work/queue.html",
        {
            "queue": chosen,
            "rows": rows,
            "total_cents": sum(row.cents or 0 for row in rows),
            "today": dt.datetime.now(dt.UTC).date(),
            "ready": sum(row.state == "ready" for row in rows),
        },
    )
