"""A view without a mark at the gate."""

from __future__ import annotations

import pytest
from django.urls import get_resolver

from cleanclaim.office.people.gate import PUBLIC, SIGNED_IN
from cleanclaim.office.people.roles import Permission
from cleanclaim.office.web import urls

MARKS = {PUBLIC, SIGNED_IN, *Permission}
OPEN_TO_ALL = {
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "first",
    "health",
}


def views():
    return [(pattern.name, pattern.callback) for pattern in get_resolver().url_patterns]


@pytest.mark.parametrize(("name", "view"), views(), ids=[name for name, _ in views()])
def test_every_view_says_what_it_needs(name, view):
    assert getattr(view, "gate", None) in MARKS


def test_only_the_doors_are_public():
    assert {name for name, view in views() if view.gate == PUBLIC} == OPEN_TO_ALL


def test_a_forgotten_mark_closes_the_door(owner, monkeypatch):
    from django.http import HttpResponse
    from django.urls import clear_url_caches, path

    monkeypatch.setattr(
        urls, "urlpatterns", [*urls.urlpatterns, path("forgotten/", lambda request: HttpResponse("open"))]
    )
    clear_url_caches()
    try:
        assert owner.get("/forgotten/").status_code == 403
    finally:
        clear_url_caches()


@pytest.mark.parametrize(
    "path", ["/", "/work/coding/", "/visits/V01/", "/claims/V01/", "/patients/P-01/", "/files/"]
)
def test_who_is_not_signed_in_is_sent_to_the_door(client, db, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"] == f"/sign-in/?next={path}"
