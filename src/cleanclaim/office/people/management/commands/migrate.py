"""`migrate` as Django has it, one process at a time: several that open one old or bare home wait for the first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections

_LOCK_NUMBER = 4_201_837_835


class Command(Migrate):
    """Bring the database to the present form; who comes second finds nothing left to do."""

    def handle(self, *args: Any, **options: Any) -> None:
        with _alone(connections[options["database"]]):
            super().handle(*args, **options)


@contextmanager
def _alone(connection: Any) -> Iterator[None]:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK_NUMBER])
        connection.above_tenants = True
        try:
            yield
        finally:
            connection.above_tenants = False
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK_NUMBER])
        return
    try:
        import fcntl
    except ImportError:  # no such lock on this system: SQLite's own lock must do
        yield
        return
    with (settings.HOME.folder / ".migrating").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
