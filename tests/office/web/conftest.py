"""People at the office's pages: signed in with the roles a test gives them."""

from __future__ import annotations

import pytest

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def person(db, desk):
    """``person(tenant, *roles)`` signs somebody in and gives the client."""
    from django.test import Client

    from cleanclaim.office.people.services import add_member

    made = []

    def sign_in(tenant, *roles, checks_csrf=False):
        made.append(roles)
        user = add_member(f"p{len(made)}@office.invalid", "Person", tenant, list(roles), actor=desk.actor())
        client = Client(enforce_csrf_checks=checks_csrf)
        client.force_login(user, backend=BACKEND)
        return client

    return sign_in


@pytest.fixture
def owner(person, worked_example):
    """Somebody with every role in the example practice."""
    from cleanclaim.office.people.roles import Role

    return person(worked_example, *Role)


@pytest.fixture
def visit(practice):
    """The example's first visit, arrived and uncoded, in another practice of the same home."""
    from cleanclaim.kernel.resources import examples_folder
    from cleanclaim.office.encounters.coding import suggest_codes
    from cleanclaim.office.encounters.intake import arrival_from, receive_encounter
    from cleanclaim.office.registry.practice_files import read_yaml
    from cleanclaim.office.registry.services import load_practice

    load_practice(practice.tenant, examples_folder(), actor=practice.actor)
    folder = examples_folder() / "encounters" / "01-office-diabetes"
    note = (folder / "note.txt").read_text(encoding="utf-8")
    arrival = arrival_from(read_yaml(folder / "encounter.yaml"), note)
    encounter, _ = receive_encounter(practice.tenant, arrival, actor=practice.actor)
    suggest_codes(practice.tenant, encounter, actor=practice.actor)
    encounter.refresh_from_db()
    return encounter


@pytest.fixture
def coder(person, practice):
    """A coder of the practice that `visit` is in."""
    from cleanclaim.office.people.roles import Role

    return person(practice.tenant, Role.CODER)
