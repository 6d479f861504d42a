"""The second line between tenants: on PostgreSQL the server itself hides the rows of every other tenant.

Scopes (`tenancy.py`) are the first line. Should a query ever be written around them, the policies here leave it
only the rows of the tenant that its connection works in (`office/postgres/base.py`), and none where it works in
none. A superuser and a role with BYPASSRLS are above every policy: the office should connect as neither.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from cleanclaim.office.people.tenancy import TenantRow

_POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS cleanclaim_tenant ON {table};
CREATE POLICY cleanclaim_tenant ON {table} USING (
    tenant_id::text = (SELECT current_setting('cleanclaim.tenant', true))
    OR (SELECT current_setting('cleanclaim.tenant', true)) = 'all'
)
"""
_COVERED = """
SELECT relation.relname FROM pg_policy policy JOIN pg_class relation ON relation.oid = policy.polrelid
WHERE policy.polname = 'cleanclaim_tenant' AND relation.relrowsecurity AND relation.relforcerowsecurity
"""
_ABOVE = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


def tenant_tables() -> list[str]:
    """The tables whose every row belongs to one tenant."""
    models = [model for model in apps.get_models() if issubclass(model, TenantRow)]
    return sorted(model._meta.db_table for model in models)


def install(**_: object) -> None:
    """Put the policy on every table that lacks it; after each migration, so that a new table is covered too."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for table in sorted(there.intersection(tenant_tables()) - covered(cursor)):
            cursor.execute(_POLICY.format(table=table))


def covered(cursor) -> set[str]:
    """The tables on which the policy is in force."""
    cursor.execute(_COVERED)
    return {table for (table,) in cursor.fetchall()}


def faults() -> Iterator[str]:
    """Tables of tenants whose policy was taken away."""
    with connection.cursor() as cursor:
        missing = set(tenant_tables()) - covered(cursor)
    for table in sorted(missing):
        yield f"the rows of {table} are no longer hidden from other tenants by the database"


def is_above() -> bool:
    """Whether the office's own role is above the policies, so that they hide nothing from it."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE)
        return bool(cursor.fetchone()[0])
