"""Tables that only grow: the database itself refuses to change or delete their rows."""

from __future__ import annotations

from django.db import migrations

_SQLITE = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} only grows: a correction is a new row'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION cleanclaim_only_grows() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN RAISE EXCEPTION '% only grows: a correction is a new row', TG_TABLE_NAME; END $body$
"""
_POSTGRES = """
CREATE TRIGGER {table}_no_{verb_lower} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION cleanclaim_only_grows()
"""
_VERBS = ("UPDATE", "DELETE")


def append_only(*tables: str) -> migrations.RunPython:
    """A migration step that puts the guards on the tables."""

    def guard(apps, schema_editor) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        if postgres:
            schema_editor.execute(_POSTGRES_FUNCTION, params=None)
        for table in tables:
            for verb in _VERBS:
                statement = _POSTGRES if postgres else _SQLITE
                schema_editor.execute(
                    statement.format(table=table, verb=verb, verb_lower=verb.lower()), params=None
                )

    def unguard(apps, schema_editor) -> None:
        postgres = schema_editor.connection.vendor == "postgresql"
        for table in tables:
            for verb in _VERBS:
                on_table = f" ON {table}" if postgres else ""
                schema_editor.execute(
                    f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}{on_table}", params=None
                )

    return migrations.RunPython(guard, unguard)


GUARDED = (
    "audit_auditevent",
    "files_storedfile",
    "claims_claimversion",
    "claims_claimevent",
    "encounters_decision",
    "encounters_release",
    "money_ledgertransaction",
    "money_ledgerentry",
    "money_payerpayment",
    "money_remittedclaimrow",
    "money_statementrow",
)
