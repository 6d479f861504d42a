"""What the practice's own coders taught, and which version of it the next visits are coded with."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.office.encounters.learning import learn_from_coders, use_version
from cleanclaim.office.people.gate import actor_of, needs
from cleanclaim.office.people.roles import Permission
from cleanclaim.office.web.learned_view import learned_page

_NEWEST = "newest"


@needs(Permission.READ_CHART, reads="learned")
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The whole page; it quotes words of notes, so it takes the right to read them."""
    return render(request, "codes/learned.html", learned_page(request.tenant))


@needs(Permission.CODE)
@require_POST
def use(request: HttpRequest) -> HttpResponse:
    """Put a version in use, with a reason."""
    given = request.POST.get("version", "")
    if given != _NEWEST and not (given.isascii() and given.isdigit() and len(given) < 6):
        messages.error(request, "Choose one of the versions listed.")
        return redirect("learned")
    version = None if given == _NEWEST else int(given)
    try:
        use_version(request.tenant, version, request.POST.get("reason", ""), actor=actor_of(request))
    except CleanClaimError as error:
        messages.error(request, error.sentence())
        return redirect("learned")
    if version is None:
        told = "The newest version is in use, and every one that follows."
    elif version == 0:
        told = "Nothing that was learned is in use: visits are coded as the engine came."
    else:
        told = f"Version {version} is in use until somebody chooses another."
    messages.success(request, f"{told} Visits that already have suggestions keep them.")
    return redirect("learned")


@needs(Permission.CODE)
@require_POST
def learn_now(request: HttpRequest) -> HttpResponse:
    """Learn from what was released since the last version, without waiting for ten more visits."""
    learned = learn_from_coders(request.tenant, actor=actor_of(request))
    if learned.missing:
        told = f"{learned.missing} more finished notes are needed before anything is changed."
    else:
        told = f"Version {learned.version} holds everything the coders decided so far."
    messages.success(request, told)
    return redirect("learned")
