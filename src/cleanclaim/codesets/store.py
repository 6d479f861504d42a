"""Keeps the compiled book in a cache folder, so that only the first opening on a machine has to build it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import tempfile
from functools import lru_cache
from pathlib import Path

from cleanclaim.codesets.compile import build, source_files
from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.sources import content_key

_KEPT_BOOKS = 4


def cache_folder() -> Path:
    """Where compiled books lie: `CLEANCLAIM_HOME/cache`, else the user's cache folder."""
    home = os.environ.get("CLEANCLAIM_HOME")
    if home:
        return Path(home) / "cache" / "codesets"
    user = os.environ.get("XDG_CACHE_HOME")
    return (Path(user) if user else Path.home() / ".cache") / "cleanclaim" / "codesets"


def imported_path() -> Path:
    """Where the imported sets lie: `codesets.sqlite3` in `CLEANCLAIM_HOME`, else in the user's data folder."""
    home = os.environ.get("CLEANCLAIM_HOME")
    folder = Path(home).expanduser() if home else Path.home() / ".local" / "share" / "cleanclaim"
    return folder / "codesets.sqlite3"


def imported_sets() -> ImportedStore | None:
    """The store of imported sets of this home, one per process and file; None where nothing was imported."""
    path = imported_path()
    return _imported(path) if path.is_file() else None


@lru_cache(maxsize=4)
def _imported(path: Path) -> ImportedStore:
    return ImportedStore(path)


def imported_mark() -> tuple[str, int, int]:
    """A mark that changes when the store of this home is another or has been written to."""
    path = imported_path()
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), found.st_mtime_ns, found.st_size


def open_store(imported: ImportedStore | None = None) -> sqlite3.Connection:
    """The compiled book, built when these exact sources were not compiled before.

    Where the cache folder cannot be written the book is built in memory: slower to open, otherwise the same.
    """
    own = content_key(source_files())
    if imported is not None and imported.in_book():
        own = hashlib.sha256(f"{own} {imported.state()}".encode()).hexdigest()[:24]
    name = f"book-{own}.sqlite"
    try:
        path = cache_folder() / name
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            _build_beside(path, imported)
        return _open_read_only(path)
    except (OSError, RuntimeError, sqlite3.Error):
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        build(connection, imported)
        return connection


def _build_beside(path: Path, imported: ImportedStore | None) -> None:
    """Build in a file of its own and move it into place, so that no reader ever sees half a book."""
    handle, temporary = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary)
        with contextlib.closing(connection):
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            build(connection, imported)
        Path(temporary).replace(path)
        _forget_old(path.parent)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _forget_old(folder: Path) -> None:
    """Keep the few newest books: every import that changes the book makes another one."""
    with contextlib.suppress(OSError):
        books = sorted(folder.glob("book-*.sqlite"), key=lambda book: book.stat().st_mtime, reverse=True)
        for book in books[_KEPT_BOOKS:]:
            book.unlink(missing_ok=True)


def _open_read_only(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
    try:
        connection.execute("SELECT count(*) FROM loaded").fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection
