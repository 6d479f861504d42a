"""A bare home made at once: the schema that the migrations lead to, kept as SQL and loaded in one go.

Walking seventy migrations takes seconds; loading their outcome takes a blink. A test holds the file to the
migrations; `make schema` writes it anew.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from pathlib import Path

from cleanclaim.kernel.errors import Refused

SCHEMA = Path(__file__).with_name("blank_home.sql")
_STAMP = "2026-01-01 00:00:00"


def create_blank(database: Path) -> None:
    """Write an empty, fully migrated office database, whole or not at all; one that is there is left alone.

    Raises:
        Refused: the folder cannot be written.
    """
    if database.exists():
        return
    script = SCHEMA.read_text(encoding="utf-8")
    try:
        descriptor, name = tempfile.mkstemp(dir=database.parent, prefix=".blank-", suffix=".sqlite3")
        os.close(descriptor)
        temporary = Path(name)
        try:
            _load(temporary, script)
            os.link(temporary, database)
        except FileExistsError:
            return
        finally:
            temporary.unlink(missing_ok=True)
    except (OSError, sqlite3.Error) as error:
        raise Refused(
            "the database cannot be made",
            where=str(database),
            why=str(error).lower(),
            fix="free or unlock the disk and try again; nothing was written",
        ) from error


def schema_of(database: Path) -> str:
    """The SQL that makes a copy of a database, the same text for the same schema and rows."""
    connection = sqlite3.connect(database)
    try:
        lines = [line for line in connection.iterdump() if "sqlite_sequence" not in line]
    finally:
        connection.close()
    return "\n".join(lines) + "\n"


def _load(path: Path, script: str) -> None:
    connection = sqlite3.connect(path)
    try:
        connection.executescript(script)
    finally:
        connection.close()


def schema_from_migrations() -> str:
    """The schema file as the migrations make it, in a home of its own; for a process that has no Django yet."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CLEANCLAIM_HOME"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "cleanclaim.office.settings"
        os.environ.pop("DATABASE_URL", None)
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE django_migrations SET applied = %s", [_STAMP])
            cursor.execute("UPDATE people_tenant SET created_at = %s", [_STAMP])
        connection.close()
        return schema_of(Path(folder) / "office.sqlite3")


if __name__ == "__main__":
    if sys.argv[1:] == ["--print"]:
        sys.stdout.write(schema_from_migrations())
    else:
        SCHEMA.write_text(schema_from_migrations(), encoding="utf-8")
