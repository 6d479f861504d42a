"""Keeps the compiled book in a cache folder, so that only the first opening on a machine has to build it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import tempfile
from pathlib import Path

from cleanclaim.codesets.compile import build, source_files
from cleanclaim.codesets.sources import content_key


def cache_folder() -> Path:
    """Where compiled books lie: `CLEANCLAIM_HOME/cache`, else the user's cache folder."""
    home = os.environ.get("CLEANCLAIM_HOME")
    if home:
        return Path(home) / "cache" / "codesets"
    user = os.environ.get("XDG_CACHE_HOME")
    return (Path(user) if user else Path.home() / ".cache") / "cleanclaim" / "codesets"


def open_store() -> sqlite3.Connection:
    """The compiled book, built when these exact sources were not compiled before.

    Where the cache folder cannot be written the book is built in memory: slower to open, otherwise the same.
    """
    name = f"book-{content_key(source_files())}.sqlite"
    try:
        path = cache_folder() / name
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            _build_beside(path)
        return _open_read_only(path)
    except (OSError, RuntimeError, sqlite3.Error):
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        build(connection)
        return connection


def _build_beside(path: Path) -> None:
    """Build in a file of its own and move it into place, so that no reader ever sees half a book."""
    handle, temporary = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary)
        with contextlib.closing(connection):
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            build(connection)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _open_read_only(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM loaded").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection
