"""The code book: codes found as one types, one code with its rules, what a release changes, what is loaded.

Words are sent in the body, never in an address: what a person types while a chart is open may name a patient.
"""

from __future__ import annotations

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cleanclaim.codesets.book import open_book
from cleanclaim.codesets.status import SetState, codes_status
from cleanclaim.codesets.store import imported_sets
from cleanclaim.kernel.dates import parse_date
from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.office.encounters.code_uses import code_uses
from cleanclaim.office.people.gate import needs
from cleanclaim.office.people.roles import Permission
from cleanclaim.office.web.code_book_view import DIAGNOSES, changes_page, entry_page, found_page, systems

_LONGEST = 80
_STATE_TITLES = {
    SetState.COMPLETE: "Loaded whole",
    SetState.PARTIAL: "Loaded in part",
    SetState.ABSENT: "Not loaded: these checks are not made",
}


@needs(Permission.SEE_WORK)
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The code book with nothing looked for yet."""
    on, fault = day_of(request.GET.get("on", ""))
    return render(
        request, "codes/page.html", {**_frame(on, _system(request.GET.get("system", ""))), "fault": fault}
    )


@needs(Permission.SEE_WORK)
@require_POST
def find(request: HttpRequest) -> HttpResponse:
    """Codes for what was typed; the whole page where the browser runs no script."""
    on, fault = day_of(request.POST.get("on", ""))
    system = _system(request.POST.get("system", ""))
    words = request.POST.get("words", "").strip()[:_LONGEST]
    found = found_page(system, words, on, code_uses(request.tenant, system))
    context = {**_frame(on, system), **found, "words": words, "fault": fault}
    return render(request, "codes/found.html" if request.htmx else "codes/page.html", context)


@needs(Permission.SEE_WORK)
@require_GET
def entry(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """One code on a day."""
    on, fault = day_of(request.GET.get("on", ""))
    shown = entry_page(system, code[:20], on) if system in systems() else None
    if shown is None:
        raise Http404
    context = {**_frame(on, system), **shown, "fault": fault}
    return render(request, "codes/entry.html" if request.htmx else "codes/page.html", context)


@needs(Permission.SEE_WORK)
@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """What the release that begins on a day, or the next after it, or else the last one, changes."""
    on, fault = day_of(request.GET.get("on", ""))
    days = open_book().change_days(DIAGNOSES)
    day = next((one for one in days if one >= on), days[-1] if days else None)
    shown = changes_page(day) if day is not None else {"rows": [], "counts": {}, "day": None}
    return render(request, "codes/changes.html", {**shown, "days": days[-6:], "on": on, "fault": fault})


@needs(Permission.SEE_WORK)
@require_GET
def loaded(request: HttpRequest) -> HttpResponse:
    """Every code set: what is loaded, for which days, under which licence, and what is not checked without it."""
    today = today_here()
    rows = codes_status(open_book(), imported_sets(), today)
    parts = [
        {"state": state.value, "title": title, "rows": [row for row in rows if row.state is state]}
        for state, title in _STATE_TITLES.items()
    ]
    context = {
        "parts": parts,
        "today": today,
        "due": [row for row in rows if row.warning],
        "counts": {state.value: sum(row.state is state for row in rows) for state in SetState},
    }
    return render(request, "codes/loaded.html", context)


def today_here() -> dt.date:
    """The day it is."""
    return dt.datetime.now(dt.UTC).date()


def day_of(text: str) -> tuple[dt.date, str]:
    """The day asked for, else today; and what is wrong with what was given."""
    today = today_here()
    if not text:
        return today, ""
    try:
        return parse_date(text), ""
    except CleanClaimError as error:
        return today, f"{error.sentence()} The book is shown as of today."


def _system(name: str) -> str:
    return name if name in systems() else DIAGNOSES


def _frame(on: dt.date, system: str) -> dict[str, object]:
    return {
        "on": on,
        "on_iso": on.isoformat(),
        "book_url": reverse("codes"),
        "system": system,
        "systems": systems(),
    }
