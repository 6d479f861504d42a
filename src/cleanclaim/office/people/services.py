"""Making users and opening their accounts."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.office.audit.services import record
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import Membership, OneTimeLink, Tenant, User
from cleanclaim.office.people.roles import Role

LINK_HOURS = 24


@transaction.atomic
def add_member(email: str, name: str, tenant: Tenant, roles: list[Role], *, actor: Actor) -> User:
    """Give a person roles in a tenant; the person is made if new, without a password."""
    user = User.objects.filter(email=email.lower()).first() or User.objects.create_user(email, name)
    for role in roles:
        Membership.objects.get_or_create(user=user, tenant=tenant, role=role.value)
    roles_given = ", ".join(role.value for role in roles)
    record(actor, "give roles", "user", str(user.pk), tenant=tenant, reason=roles_given)
    return user


@transaction.atomic
def make_link(user: User, *, actor: Actor) -> str:
    """A token that lets its holder set this user's password once, within a day. Older links end."""
    OneTimeLink.objects.filter(user=user, used_at=None).delete()
    token = secrets.token_urlsafe(32)
    OneTimeLink.objects.create(
        token_hash=_hash(token), user=user, expires_at=actor.now + dt.timedelta(hours=LINK_HOURS)
    )
    record(actor, "make one-time link", "user", str(user.pk), tenant=None)
    return token


@transaction.atomic
def redeem_link(token: str, password: str, *, actor: Actor) -> User:
    """Set the password that the link allows.

    Raises:
        Refused: the link is unknown, used or too old.
        InputError: the password is too short or too common.
    """
    link = (
        OneTimeLink.objects.select_for_update().filter(token_hash=_hash(token)).select_related("user").first()
    )
    if link is None or link.used_at is not None or link.expires_at < actor.now or not link.user.is_active:
        raise Refused("this link is no longer good", fix="start the office again to print a new one")
    try:
        validate_password(password, link.user)
    except ValidationError as error:
        raise InputError("the password is not accepted", why=" ".join(error.messages)) from error
    link.user.set_password(password)
    link.user.save()
    link.used_at = actor.now
    link.save()
    record(actor, "set password", "user", str(link.user.pk), tenant=None)
    return link.user


def link_is_good(token: str, now: dt.datetime) -> bool:
    """Whether a link can still be redeemed."""
    return OneTimeLink.objects.filter(token_hash=_hash(token), used_at=None, expires_at__gt=now).exists()


def first_link(*, actor: Actor) -> str | None:
    """A link for the first person of a new home, or None once anyone has set a password.

    The first person gets every role in every tenant: in a small practice one person does it all.
    """
    if any(user.has_usable_password() for user in User.objects.all()):
        return None
    user = User.objects.order_by("pk").first()
    for tenant in Tenant.objects.all():
        user = add_member("owner@office.invalid", "Owner", tenant, list(Role), actor=actor)
    if user is None:
        raise Refused("the home has no tenant", fix="run the migrations")
    return make_link(user, actor=actor)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
