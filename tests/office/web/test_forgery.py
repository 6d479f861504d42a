"""A request that changes something, sent by another site in a signed-in person's name."""

from __future__ import annotations

import pytest

from cleanclaim.office.people.roles import Role

CHANGES = [
    "/visits/V01/decide/",
    "/visits/V01/move/",
    "/visits/V01/undo/",
    "/visits/V01/release/",
    "/claims/V01/scrub/",
    "/claims/V01/override/",
    "/send/",
    "/patients/P-01/pay/",
    "/payments/take-in/",
    "/tenant/",
    "/sign-out/",
]


@pytest.mark.parametrize("address", CHANGES)
def test_without_the_sessions_mark_it_is_refused(person, worked_example, address):
    client = person(worked_example, *Role, checks_csrf=True)
    answer = client.post(address, {"amount": "5", "receipt": "R1", "on": "2026-11-20"})
    assert answer.status_code == 403
    assert b"That form has expired" in answer.content


@pytest.mark.parametrize(
    "address", [address for address in CHANGES if address not in {"/payments/take-in/", "/sign-out/"}]
)
def test_reading_it_changes_nothing(owner, address):
    assert owner.get(address).status_code == 405


def test_sign_in_without_the_mark_is_refused(db):
    from django.test import Client

    assert (
        Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "a@b.c", "password": "x"}).status_code
        == 403
    )
