"""Opening the office for a command: home, database, migrations, tenant, and who acts."""

from __future__ import annotations

import datetime as dt
import getpass
import os
from typing import TYPE_CHECKING

from cleanclaim.kernel.errors import InputError, Refused

if TYPE_CHECKING:
    from cleanclaim.office.people.actor import Actor
    from cleanclaim.office.people.models import Tenant


def open_office(*, make: bool = True) -> None:
    """Set Django up on the home and bring the database to the present form.

    ``make`` says whether a home that is not there may be made; a command that only looks makes none.

    Raises:
        InputError: there is no home, and none is to be made.
        Refused: the home or the database cannot be opened or written.
    """
    if not make:
        _refuse_missing_home()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cleanclaim.office.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    from cleanclaim.office.blank_home import create_blank

    django.setup()
    if connection.vendor == "sqlite":
        create_blank(settings.HOME.database)
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise Refused(
            "the database cannot be opened",
            where=str(connection.settings_dict["NAME"]),
            why=str(error).splitlines()[0],
            fix="check the disk, or DATABASE_URL",
        ) from error


def _refuse_missing_home() -> None:
    from cleanclaim.office.home import home_from_environment

    folder = home_from_environment().folder
    if not folder.is_dir() and not os.environ.get("DATABASE_URL"):
        raise InputError(
            "there is no office here",
            where=str(folder),
            why="the home folder does not exist",
            fix="name its folder in CLEANCLAIM_HOME, or make one with cleanclaim demo or cleanclaim serve",
        )


def chosen_tenant(named: str) -> Tenant:
    """The tenant named, or the one in use."""
    from cleanclaim.office.people.tenancy import current_tenant, find_tenant

    return find_tenant(named) if named else current_tenant()


def command_actor() -> Actor:
    """The person at the keyboard, acting now."""
    from cleanclaim.office.people.actor import Actor

    try:
        name = getpass.getuser()
    except (KeyError, OSError) as error:
        raise InputError(
            "it is not known who you are",
            why="this machine knows no user name",
            fix="set LOGNAME to the name that the audit trail is to hold",
        ) from error
    return Actor(name=name, channel="cli", now=dt.datetime.now(dt.UTC))
