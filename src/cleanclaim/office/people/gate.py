"""The one place that decides whether a request may reach a view: nothing passes that did not say what it needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_scopes import scope

from cleanclaim.office.audit.services import record
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Membership, Tenant
from cleanclaim.office.people.roles import Permission, Role, allowed

PUBLIC = "public"
SIGNED_IN = "signed-in"
_LAST_SEEN = "last-seen"
_BEGUN = "begun"
_TENANT = "tenant"


def public(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view as open to anyone, such as the sign-in page."""
    view.gate = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view as open to anyone who is signed in and belongs to a tenant."""
    view.gate = SIGNED_IN  # type: ignore[attr-defined]
    return view


def needs(permission: Permission, *, reads: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a view with the permission it needs; ``reads`` names the kind of record whose reading is audited.

    The record's id is the view's first keyword argument.
    """

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        view.gate = permission  # type: ignore[attr-defined]
        view.reads = reads  # type: ignore[attr-defined]
        return view

    return mark


class GateMiddleware:
    """Checks session age, tenant and permission of every request, sets the tenant's scope, audits reads.

    A view without a mark is refused, so that a forgotten check closes a door instead of opening it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.tenant = None
        request.roles = frozenset()
        if request.user.is_authenticated:
            self._expire(request)
        if request.user.is_authenticated:
            self._enter(request)
        with scope(tenant=request.tenant):
            response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        gate = getattr(view, "gate", None)
        if gate == PUBLIC:
            return None
        if not request.user.is_authenticated:
            return redirect(f"{settings.LOGIN_URL}?next={request.path}")
        if gate is None or request.tenant is None:
            raise PermissionDenied("this page is not open to anyone")
        if gate == SIGNED_IN:
            return None
        if not allowed(request.roles, gate):
            self._audit(request, view, kwargs, "refused")
            raise PermissionDenied(f"your roles do not include {gate.value}")
        if view.reads and request.method in {"GET", "HEAD"}:
            self._audit(request, view, kwargs, "done")
        return None

    def _expire(self, request: HttpRequest) -> None:
        now = dt.datetime.now(dt.UTC).timestamp()
        last_seen = request.session.get(_LAST_SEEN, now)
        begun = request.session.setdefault(_BEGUN, now)
        if now - last_seen > settings.SESSION_IDLE_SECONDS or now - begun > settings.SESSION_COOKIE_AGE:
            logout(request)
            return
        request.session[_LAST_SEEN] = now

    def _enter(self, request: HttpRequest) -> None:
        memberships = list(
            Membership.objects.filter(user=request.user).select_related("tenant").order_by("tenant__slug")
        )
        if not memberships:
            return
        chosen = request.session.get(_TENANT)
        tenants = {membership.tenant_id: membership.tenant for membership in memberships}
        tenant = tenants.get(chosen) or memberships[0].tenant
        request.tenant = tenant
        request.tenants = list(tenants.values())
        request.roles = frozenset(Role(item.role) for item in memberships if item.tenant_id == tenant.pk)

    def _audit(self, request: HttpRequest, view: Any, kwargs: dict[str, Any], outcome: str) -> None:
        object_id = str(next(iter(kwargs.values()), ""))
        kind = getattr(view, "reads", "") or "page"
        record(
            actor_of(request), f"read {kind}", kind, object_id[:120], tenant=request.tenant, outcome=outcome
        )


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person, acting now through the web."""
    return Actor(name=request.user.email, channel="web", now=dt.datetime.now(dt.UTC), user_id=request.user.pk)


def switch_tenant(request: HttpRequest, tenant: Tenant) -> None:
    """Work in another of one's own tenants from now on."""
    if tenant not in request.tenants:
        raise PermissionDenied("you do not belong to that tenant")
    request.session[_TENANT] = tenant.pk
