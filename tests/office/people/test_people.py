"""Accounts are opened by a link that works once; tenants are apart; an act's moment is one moment everywhere."""

from __future__ import annotations

import datetime as dt

import pytest
from django_scopes.exceptions import ScopeError

from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.office.audit.services import record
from cleanclaim.office.claims.models import ClaimRow
from cleanclaim.office.money.models import LedgerEntry
from cleanclaim.office.people.actor import Actor
from cleanclaim.office.people.models import OneTimeLink, User
from cleanclaim.office.people.roles import Role
from cleanclaim.office.people.services import add_member, first_link, link_is_good, make_link, redeem_link
from cleanclaim.office.people.tenancy import find_tenant, hold, within

GOOD = "a long enough pass phrase"


@pytest.fixture
def user(db, desk):
    return add_member("a@office.invalid", "A", find_tenant("practice"), [Role.CODER], actor=desk.actor())


def later(desk, **delta):
    return desk.actor(now=desk.NOW + dt.timedelta(**delta))


def test_a_link_sets_a_password_once(user, desk):
    token = make_link(user, actor=desk.actor())
    assert link_is_good(token, desk.NOW)
    redeem_link(token, GOOD, actor=desk.actor())
    assert not link_is_good(token, desk.NOW)
    with pytest.raises(Refused, match="no longer good"):
        redeem_link(token, GOOD + "!", actor=desk.actor())
    assert User.objects.get(pk=user.pk).check_password(GOOD)


def test_a_link_ends_after_a_day(user, desk):
    token = make_link(user, actor=desk.actor())
    assert link_is_good(token, desk.NOW + dt.timedelta(hours=23, minutes=59))
    with pytest.raises(Refused):
        redeem_link(token, GOOD, actor=later(desk, hours=24, seconds=1))


def test_a_new_link_ends_the_older_one_and_a_wrong_one_was_never_good(user, desk):
    old = make_link(user, actor=desk.actor())
    new = make_link(user, actor=desk.actor())
    for token in (old, new[:-1] + ("A" if new[-1] != "A" else "B"), ""):
        with pytest.raises(Refused):
            redeem_link(token, GOOD, actor=desk.actor())
    redeem_link(new, GOOD, actor=desk.actor())


def test_a_weak_password_keeps_the_link_good(user, desk):
    token = make_link(user, actor=desk.actor())
    with pytest.raises(InputError):
        redeem_link(token, "short", actor=desk.actor())
    assert link_is_good(token, desk.NOW)


def test_a_link_of_someone_who_left_opens_nothing(user, desk):
    token = make_link(user, actor=desk.actor())
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(Refused):
        redeem_link(token, GOOD, actor=desk.actor())


def test_only_the_hash_of_a_link_is_kept(user, desk):
    token = make_link(user, actor=desk.actor())
    assert token not in str(list(OneTimeLink.objects.values()))


def test_the_first_link_is_given_until_someone_has_a_password(db, desk):
    token = first_link(actor=desk.actor())
    assert first_link(actor=desk.actor()) not in {None, token}
    redeem_link(first_link(actor=desk.actor()), GOOD, actor=desk.actor())
    assert first_link(actor=desk.actor()) is None


def test_a_question_without_a_tenant_is_no_question(db):
    for model in (ClaimRow, LedgerEntry):
        with pytest.raises(ScopeError):
            model.objects.count()
        with within(find_tenant("practice")):
            model.objects.count()


def test_a_tenant_is_held_only_from_within(db):
    with pytest.raises(Refused), within(find_tenant("practice")):
        hold(find_tenant("example"))


def test_an_unknown_tenant_is_told_with_those_there_are(db):
    with pytest.raises(InputError, match="example, practice"):
        find_tenant("nobody")


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(InputError, match="time zone"):
        Actor("a", "test", dt.datetime(2026, 11, 1))


def test_a_moment_of_another_zone_leaves_the_chain_sound(practice, sound, desk):
    east = dt.timezone(dt.timedelta(hours=13))
    actor = desk.actor(now=dt.datetime(2026, 11, 11, 1, 30, 0, 123_456, tzinfo=east))
    record(actor, "try", "page", "1", tenant=practice.tenant)
    practice.actor = actor
    practice.open(desk.claim("C1"))
    assert actor.today == dt.date(2026, 11, 10)
    assert sound() == {}
