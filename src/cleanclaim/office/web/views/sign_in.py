"""Getting in: sign-in, the one-time link, the choice of tenant."""

from __future__ import annotations

import datetime as dt

from allauth.account.views import LoginView, LogoutView
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from cleanclaim.kernel.errors import CleanClaimError
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.gate import public, signed_in, switch_tenant
from cleanclaim.office.people.models import Tenant
from cleanclaim.office.people.services import link_is_good, redeem_link

sign_in = public(LoginView.as_view(template_name="sign_in.html"))
sign_out = public(LogoutView.as_view(template_name="sign_out.html"))


@public
def no_sign_up(request: HttpRequest) -> HttpResponse:
    """There is no sign-up: an administrator makes accounts."""
    raise Http404


@public
def account_ended(request: HttpRequest) -> HttpResponse:
    """The password was right, but the account was ended."""
    return render(request, "account_ended.html", status=403)


@public
def health(request: HttpRequest) -> HttpResponse:
    """Whether the office answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


@public
def first(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password by a one-time link."""
    now = dt.datetime.now(dt.UTC)
    if not link_is_good(token, now):
        return render(request, "link_ended.html", status=410)
    fault = ""
    if request.method == "POST":
        password = request.POST.get("password", "")
        actor = Actor(name="holder of a one-time link", channel="web", now=now)
        try:
            if password != request.POST.get("again", ""):
                fault = "The two passwords are not the same."
            else:
                user = redeem_link(token, password, actor=actor)
                messages.success(request, "Your password is set. Sign in with it.")
                return redirect(f"/sign-in/?email={user.email}")
        except CleanClaimError as error:
            fault = error.sentence()
    return render(request, "first.html", {"fault": fault, "token": token})


@signed_in
@require_POST
def choose_tenant(request: HttpRequest) -> HttpResponse:
    """Work in another of one's tenants."""
    tenant = Tenant.objects.filter(slug=request.POST.get("tenant", "")).first()
    if tenant is None:
        raise PermissionDenied("there is no such practice")
    switch_tenant(request, tenant)
    return redirect("home")
