"""The store of imported sets: one SQLite file, each release with its days; looked up by the date that governs."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from cleanclaim.codesets.known_sets import KNOWN_SETS
from cleanclaim.codesets.periods import day_number
from cleanclaim.kernel.errors import InputError

SCHEMA = """
CREATE TABLE IF NOT EXISTS release (id INTEGER PRIMARY KEY, set_name TEXT NOT NULL, setting TEXT NOT NULL,
  layer TEXT NOT NULL, release TEXT NOT NULL, first INT NOT NULL, last INT NOT NULL, row_count INT NOT NULL,
  digest TEXT NOT NULL, loaded_at TEXT NOT NULL, files TEXT NOT NULL, UNIQUE (set_name, setting, layer, first));
CREATE TABLE IF NOT EXISTS item (release INT NOT NULL, key TEXT NOT NULL, layer TEXT NOT NULL, first INT NOT NULL,
  last INT NOT NULL, title TEXT NOT NULL, data TEXT NOT NULL, line INT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS item_key ON item (release, key, layer, first);
"""
_LAYOUT = 1


@frozen
class Release:
    """A loaded release: its set and setting, its name, the days it covers (CCYYMMDD), its rows, when it came."""

    id: int
    set_name: str
    setting: str
    layer: str
    release: str
    first: int
    last: int
    rows: int
    digest: str
    loaded_at: str
    files: str


@frozen
class Item:
    """A row of an imported set: its key, words, days (CCYYMMDD), and the set's own fields."""

    key: str
    title: str
    first: int
    last: int
    data: dict[str, Any]
    layer: str
    release: str


@frozen
class PtpPair:
    """A pair in force on a day: ``indicator`` 0 never with a modifier, 1 with one."""

    column_1: str
    column_2: str
    indicator: str
    first: int
    last: int


class ImportedStore:
    """Reads the imported sets. Safe to share between threads; sees a new import at once."""

    def __init__(self, path: Path) -> None:
        """Raises InputError where the file is no store of this layout."""
        self.path = path
        self._lock = threading.Lock()
        self._pairs: dict[tuple[str, int], str] = {}
        try:
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._connection.execute("PRAGMA mmap_size = 1073741824")
            if self._query("PRAGMA user_version")[0][0] != _LAYOUT:
                raise sqlite3.DatabaseError("another layout")
        except sqlite3.Error as error:
            raise InputError(
                "the store of code sets cannot be read", where=str(path), why=str(error),
                fix="move the file away and import the sets again",
            ) from error  # fmt: skip

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def releases(self, set_name: str = "") -> tuple[Release, ...]:
        """The loaded releases, of one set or all, oldest first."""
        rows = self._query("SELECT * FROM release ORDER BY set_name, setting, layer, first")
        return tuple(Release(*row) for row in rows if set_name in ("", row[1]))

    def release_on(self, set_name: str, on: dt.date, *, setting: str = "", layer: str = "") -> Release | None:
        """The release that answers for a day: the newest that began by then and covers it."""
        day = day_number(on)
        history = set_name in KNOWN_SETS and KNOWN_SETS[set_name].history
        rows = self._query(
            "SELECT * FROM release WHERE set_name = ? AND setting = ? AND layer = ? AND last >= ? AND (first <= ? OR ?)"
            " ORDER BY first DESC LIMIT 1",
            (set_name, setting, layer, day, day, history),
        )
        return Release(*rows[0]) if rows else None

    def loaded(self, set_name: str, on: dt.date, *, setting: str = "") -> bool:
        """Whether a release of the set answers for a day."""
        return self.release_on(set_name, on, setting=setting) is not None

    def find(self, set_name: str, key: str, on: dt.date, *, setting: str = "") -> Item | None:
        """The row of a key that is in force on a day, or None."""
        release = self.release_on(set_name, on, setting=setting)
        if release is None:
            return None
        day = day_number(on)
        rows = self._query(
            "SELECT key, title, first, last, data, layer FROM item WHERE release = ? AND key = ?"
            " AND first <= ? AND last >= ? ORDER BY layer, first DESC LIMIT 1",
            (release.id, key, day, day),
        )
        return _item(rows[0], release.release) if rows else None

    def items(self, release: Release, *, beginning: str = "") -> Iterator[Item]:
        """The rows of a release in the order of their keys, or those whose key begins so."""
        rows = self._query(
            "SELECT key, title, first, last, data, layer FROM item WHERE release = ? AND key >= ? AND key < ?"
            " ORDER BY key, layer, first",
            (release.id, beginning, beginning + "\U0010ffff"),
        )
        return (_item(row, release.release) for row in rows)

    def ptp(self, setting: str, column_1: str, column_2: str, on: dt.date) -> PtpPair | None:
        """The pair of two codes in force on a day, or None where there is none (see `loaded`)."""
        day = day_number(on)
        for _ in range(2):
            table = self._ptp_table(setting, day, on)
            if table is None:
                return None
            try:
                rows = self._query(table, (column_1, column_2, day, day))
            except sqlite3.OperationalError:
                # A newer release has taken the place of the table that was found before.
                self._pairs.clear()
                continue
            return PtpPair(*rows[0]) if rows else None
        return None

    def ptp_rows(self, column_1: str, column_2: str, release: Release) -> list[PtpPair]:
        """Every row of a pair in a release, past ones included, oldest first."""
        rows = self._query(
            f"SELECT column_1, column_2, indicator, first, last FROM ptp_{release.id}"  # noqa: S608
            " WHERE column_1 = ? AND column_2 = ? ORDER BY first",
            (column_1, column_2),
        )
        return [PtpPair(*row) for row in rows]

    def in_book(self) -> tuple[Release, ...]:
        """The releases that make up the code book, oldest first within a set."""
        return tuple(
            r for r in self.releases() if r.set_name in KNOWN_SETS and KNOWN_SETS[r.set_name].in_book
        )

    def state(self) -> str:
        """What is loaded, as a text that changes with it; only the sets that make up the code book count."""
        named = [name for name, known in KNOWN_SETS.items() if known.in_book]
        return repr(
            [(r.set_name, r.layer, r.first, r.last, r.digest) for r in self.releases() if r.set_name in named]
        )

    def _ptp_table(self, setting: str, day: int, on: dt.date) -> str | None:
        """The look-up in the table of the release that answers for a day, or None where none is loaded."""
        key = (setting, day)
        found = self._pairs.get(key)
        if found is None:
            release = self.release_on("NCCI-PTP", on, setting=setting)
            if release is None:
                return None
            found = self._pairs[key] = (
                f"SELECT column_1, column_2, indicator, first, last FROM ptp_{release.id}"  # noqa: S608
                " WHERE column_1 = ? AND column_2 = ? AND first <= ? AND last >= ? AND indicator <> '9'"
            )
        return found

    def _query(self, statement: str, values: tuple[object, ...] = ()) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()


def open_imported(path: Path) -> ImportedStore | None:
    """The store at a path, or None where nothing was ever imported."""
    return ImportedStore(path) if path.is_file() else None


def prepare(path: Path) -> sqlite3.Connection:
    """A connection that may write, the tables made where they are not there.

    Raises:
        InputError: the folder cannot be written, or the file is something else.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, timeout=30)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -65536")
        if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, _LAYOUT):
            raise sqlite3.DatabaseError("another layout")
        connection.executescript(SCHEMA)
        connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    except (sqlite3.Error, OSError) as error:
        raise InputError(
            "the store of code sets cannot be written", where=str(path), why=str(error),
            fix="free the file or move it away",
        ) from error  # fmt: skip
    return connection


def _item(row: tuple[str, str, int, int, str, str], release: str) -> Item:
    key, title, first, last, data, layer = row
    return Item(key, title, first, last, json.loads(data), layer, release)
