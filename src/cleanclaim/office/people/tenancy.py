"""A row belongs to one tenant, and no query without a tenant answers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models
from django_scopes import ScopedManager, get_scope, scope

from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.office.people.models import HomeSetting, Tenant

CURRENT = "current-tenant"


class TenantRow(models.Model):
    """Base of every row of a practice: an unscoped query raises instead of mixing tenants."""

    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    objects = ScopedManager(tenant="tenant")

    class Meta:
        abstract = True


@contextmanager
def within(tenant: Tenant) -> Iterator[Tenant]:
    """Work inside one tenant."""
    with scope(tenant=tenant):
        yield tenant


def hold(tenant: Tenant) -> None:
    """Let the writers of a practice queue: the tenant is held until the transaction ends.

    Every service that writes begins with it, so that what it reads is still true when it writes. SQLite has
    one writer anyway; PostgreSQL locks the tenant's row. Rows that only point at the tenant do not wait.

    Raises:
        Refused: the work is being done inside another tenant.
    """
    if get_scope().get("tenant") != tenant:
        raise Refused(
            f"this is not the tenant that is worked in: {tenant.slug}", fix="enter the tenant first"
        )
    Tenant.objects.select_for_update(no_key=True).get(pk=tenant.pk)


def find_tenant(slug: str) -> Tenant:
    """The tenant of that name.

    Raises:
        InputError: there is none; the message names those there are.
    """
    tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        known = ", ".join(Tenant.objects.order_by("slug").values_list("slug", flat=True))
        raise InputError(
            f"there is no tenant {slug!r}", why=f"this home has {known}", fix="name one of these"
        )
    return tenant


def current_tenant() -> Tenant:
    """The tenant that commands work on when none is named: `practice` until another is chosen."""
    chosen = HomeSetting.objects.filter(name=CURRENT).first()
    return find_tenant(chosen.value if chosen else "practice")


def choose_tenant(tenant: Tenant) -> None:
    """Make a tenant the one that commands work on."""
    HomeSetting.objects.update_or_create(name=CURRENT, defaults={"value": tenant.slug})
