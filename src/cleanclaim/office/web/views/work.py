"""The worklists, the next item of one, and finding anything by number or name."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from cleanclaim.office.money.models import PayerPayment
from cleanclaim.office.people.gate import needs
from cleanclaim.office.people.roles import Permission, allowed
from cleanclaim.office.web.finding import find
from cleanclaim.office.web.queues import QUEUES, Queue

_LATEST = 30


@needs(Permission.SEE_WORK)
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first worklist that the person may work."""
    for item in QUEUES:
        if allowed(request.roles, item.permission):
            return redirect("work", queue=item.slug)
    return render(request, "work/none.html")


@needs(Permission.SEE_WORK, reads="worklist")
@require_GET
def queue(request: HttpRequest, queue: str) -> HttpResponse:
    """One worklist, narrowed by the words after ``q``."""
    chosen = _queue(request, queue)
    rows = chosen.rows()
    words = request.GET.get("q", "").strip()[:80]
    shown = [row for row in rows if _fits(row, words)]
    ready = [row for row in rows if row.state == "ready"]
    return render(
        request,
        "work/queue.html",
        {
            "queue": chosen,
            "rows": shown,
            "of": len(rows),
            "words": words,
            "total_cents": sum(row.cents or 0 for row in shown),
            "has_cents": any(row.cents is not None for row in rows),
            "has_due": any(row.due is not None for row in rows),
            "today": dt.datetime.now(dt.UTC).date(),
            "ready": len(ready),
            "ready_cents": sum(row.cents or 0 for row in ready),
            "payments": _latest_payments() if chosen.slug == "payments" else [],
        },
    )


@needs(Permission.SEE_WORK)
@require_GET
def following(request: HttpRequest, queue: str) -> HttpResponse:
    """The item after the one named by ``after``, or the first; the list itself where none is left."""
    chosen = _queue(request, queue)
    rows = chosen.rows()
    names = [row.name for row in rows]
    after = request.GET.get("after", "")
    place = names.index(after) + 1 if after in names else 0
    rest = [row for row in rows[place:] + rows[:place] if row.name != after]
    return redirect(rest[0].url) if rest else redirect("work", queue=queue)


@needs(Permission.SEE_WORK, reads="search")
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Claims, visits and patients by number or name, of the kinds the person may read."""
    words = request.GET.get("q", "").strip()[:80]
    found = find(words, request.roles)
    if len(found) == 1 and found[0].exact:
        return redirect(found[0].url)
    return render(request, "work/find.html", {"words": words, "found": found})


def _queue(request: HttpRequest, slug: str) -> Queue:
    chosen = next((item for item in QUEUES if item.slug == slug), None)
    if chosen is None:
        raise Http404
    if not allowed(request.roles, chosen.permission):
        raise PermissionDenied(f"your roles do not include {chosen.permission.value}")
    return chosen


def _fits(row, words: str) -> bool:
    text = f"{row.name} {row.who} {row.what} {row.why} {row.state}".casefold()
    return all(word in text for word in words.casefold().split())


def _latest_payments() -> list[PayerPayment]:
    return list(PayerPayment.objects.select_related("file").order_by("-effective_on", "-id")[:_LATEST])
