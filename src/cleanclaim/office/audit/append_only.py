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
_POSTGRES_TRUNCATE = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION cleanclaim_only_grows()
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


def no_truncate(*tables: str) -> migrations.RunPython:
    """A migration step that also refuses to empty the tables at once; SQLite knows no such statement."""

    def guard(apps, schema_editor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for table in tables:
                schema_editor.execute(_POSTGRES_TRUNCATE.format(table=table), params=None)

    def unguard(apps, schema_editor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            for table in tables:
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}", params=None)

    return migrations.RunPython(guard, unguard)


def guards_of(vendor: str) -> dict[str, str]:
    """The guards that must be there, by name, each with the words its definition must hold."""
    verbs = ("update", "delete", "truncate") if vendor == "postgresql" else ("update", "delete")
    words = "EXECUTE FUNCTION cleanclaim_only_grows()" if vendor == "postgresql" else "RAISE(ABORT"
    return {f"{table}_no_{verb}": words for table in GUARDED for verb in verbs}


GUARDED = (
    "audit_auditevent",
    "files_storedfile",
    "claims_claimversion",
    "claims_claimevent",
    "claims_batchedversion",
    "claims_scrubrow",
    "encounters_decision",
    "encounters_documentrow",
    "encounters_release",
    "money_ledgertransaction",
    "money_ledgerentry",
    "money_payerpayment",
    "money_postedkey",
    "money_remittedclaimrow",
    "money_statementrow",
)
