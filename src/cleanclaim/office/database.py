"""Which database: SQLite in the home by default, PostgreSQL where DATABASE_URL says so."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from cleanclaim.kernel.errors import InputError
from cleanclaim.office.home import Home

_SQLITE_START = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"


def sqlite_database(home: Home) -> dict[str, Any]:
    """Django's settings for the home's SQLite: writers queue from the first statement on, every commit synced."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(home.database),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 120, "init_command": _SQLITE_START},
        "ATOMIC_REQUESTS": False,
        "TEST": {"NAME": None},
    }


def postgres_database(url: str) -> dict[str, Any]:
    """Django's settings for ``postgresql://user:password@host:port/name?option=value``.

    Raises:
        InputError: the address is of another kind or lacks the database's name.
    """
    parts = urlsplit(url)
    name = parts.path.lstrip("/")
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise InputError(
            "DATABASE_URL is not understood",
            why="it names no PostgreSQL database",
            fix="write postgresql://user@host/name, or unset it to use SQLite in the home folder",
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "cleanclaim.office.postgres",
        "NAME": unquote(name),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def database_settings(home: Home, url: str) -> dict[str, Any]:
    """The database that the environment asks for."""
    return postgres_database(url) if url else sqlite_database(home)
