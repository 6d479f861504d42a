"""On PostgreSQL the server itself hides another tenant's rows, also from a query written around the scopes."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, transaction
from django_scopes import scope, scopes_disabled

from cleanclaim.office.people import row_security
from cleanclaim.office.people.tenancy import find_tenant, within
from cleanclaim.office.registry.models import PatientRow
from cleanclaim.office.verify import verify_home

BORN = dt.date(1980, 1, 1)
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row policies")
pytestmark = pytest.mark.django_db


def seen() -> set[str]:
    """The patients of this file that a query around the scopes finds."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT patient_id FROM {PatientRow._meta.db_table}")
        return {patient_id for (patient_id,) in cursor.fetchall()} & {"P-practice", "P-example"}


@pytest.fixture
def patients(desk):
    for slug in ("practice", "example"):
        tenant = find_tenant(slug)
        with within(tenant):
            PatientRow.objects.create(tenant=tenant, patient_id=f"P-{slug}", birth_date=BORN, record="{}")


@on_postgres
def test_a_query_around_the_scopes_sees_only_its_own_tenant(patients):
    with within(find_tenant("practice")):
        assert seen() == {"P-practice"}
    with within(find_tenant("example")):
        assert seen() == {"P-example"}
    with scopes_disabled():
        assert seen() == {"P-practice", "P-example"}


@on_postgres
def test_a_connection_that_works_in_no_tenant_sees_nothing(patients):
    with scope(tenant=None):
        assert seen() == set()


@on_postgres
def test_a_row_cannot_be_written_for_another_tenant(patients):
    with (
        within(find_tenant("practice")),
        pytest.raises(Exception, match="row-level security"),
        transaction.atomic(),
    ):
        PatientRow.objects.create(
            tenant=find_tenant("example"), patient_id="P-strange", birth_date=BORN, record="{}"
        )


@on_postgres
def test_a_rollback_does_not_leave_the_tenant_of_before(patients):
    with within(find_tenant("practice")):
        assert seen() == {"P-practice"}
    with pytest.raises(RuntimeError), transaction.atomic(), within(find_tenant("example")):
        assert seen() == {"P-example"}
        raise RuntimeError
    with scope(tenant=None):
        assert seen() == set()
    with within(find_tenant("practice")):
        assert PatientRow.objects.filter(patient_id="P-practice").exists()


@on_postgres
def test_every_table_of_tenants_is_covered():
    with connection.cursor() as cursor:
        assert row_security.covered(cursor) == set(row_security.tenant_tables())


@on_postgres
def test_verify_sees_a_policy_that_was_taken_away(desk):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {PatientRow._meta.db_table} NO FORCE ROW LEVEL SECURITY")
    check = next(check for check in verify_home() if check.check == "row security")
    assert not check.ok and PatientRow._meta.db_table in check.detail


def test_verify_says_when_the_database_does_not_keep_tenants_apart(desk):
    check = next(check for check in verify_home() if check.check == "row security")
    assert check.ok
    assert ("not made" in check.detail) == (connection.vendor == "sqlite")
