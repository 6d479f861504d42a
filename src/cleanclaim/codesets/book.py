"""The code book: what a code is on a day. The one door of this room."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from attrs import evolve

from cleanclaim.codesets import shapes
from cleanclaim.codesets.entry import NO_NOTES, CodeEntry, CodeNotes, CodeStatus, LoadedSet, Note
from cleanclaim.codesets.medicare_data import AgeBand, grouper_version
from cleanclaim.codesets.periods import day_before, day_from, day_number, next_day
from cleanclaim.codesets.search import Searcher
from cleanclaim.codesets.store import imported_mark, imported_sets, open_store

__all__ = ["CodeBook", "CodeEntry", "CodeNotes", "CodeStatus", "LoadedSet", "Note", "open_book"]

_Row = tuple[int, int, str, str, str, int]
_CACHED_ENTRIES = 16_384
_MANY_NODES = 1_000
_SEVENTH_LENGTH = len("W10.9XXA")


def open_book() -> CodeBook:
    """The book of this home: what is built in, and over it what was imported; compiled on first use and kept.

    One per process until an import changes it.

    Raises:
        InputError: a table of the project differs from its manifest, or a packaged file is not what it was.
    """
    return _book_marked(imported_mark())


@lru_cache(maxsize=4)
def _book_marked(_: tuple[str, int, int]) -> CodeBook:
    imported = imported_sets()
    return _book_of(imported.state() if imported is not None else "[]")


@lru_cache(maxsize=2)
def _book_of(_: str) -> CodeBook:
    return CodeBook(open_store(imported_sets()))


class CodeBook:
    """Every loaded code set, looked up by the date that governs it. Safe to share between threads."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._sets = tuple(self._read_sets())
        self._by_system = {one.system: one for one in self._sets}
        self._bands = tuple(AgeBand(*row) for row in self._query("SELECT * FROM age_band"))
        self._gaps = self._query("SELECT system, first, last FROM gap")
        self._notes: dict[int, tuple[str, CodeNotes, CodeNotes]] = {}
        self._searchers: dict[str, Searcher] = {}
        self._change_days: dict[str, tuple[dt.date, ...]] = {}
        self._entry = lru_cache(maxsize=_CACHED_ENTRIES)(self._find)

    def find(self, system: str, code: str, on: dt.date) -> CodeEntry | None:
        """The code on a day, or None where it is none.

        ICD-10-CM may be given with or without its point. None means: the set is loaded whole for that day and
        has no such code, or no code of that set looks like this. An entry with the status ``unknown`` means:
        it may be a code, but what is loaded cannot tell (see `loaded`).
        """
        return self._entry(system, code, on)

    def loaded(self, system: str, on: dt.date) -> bool:
        """Whether the set is loaded whole for that day, so that `find` decides what exists."""
        one = self._by_system.get(system)
        return one is not None and one.complete and self._covers(one, on)

    def search(
        self,
        words: str,
        system: str = "ICD-10-CM",
        *,
        on: dt.date,
        limit: int = 20,
        used: Mapping[str, int] | None = None,
    ) -> list[CodeEntry]:
        """Codes valid on a day that fit words, beginnings of words or the beginning of a code; best first.

        ``used`` tells how often the organisation has used a code: among codes that fit as well, those come first.
        """
        if limit <= 0:
            return []
        searcher = self._searchers.get(system)
        if searcher is None:
            searcher = self._searchers[system] = Searcher(system, self._query)
        found: list[CodeEntry] = []
        for code in searcher.ranked(words, used):
            entry = self.find(system, code, on)
            if entry is not None and entry.valid:
                found.append(entry)
                if len(found) == limit:
                    break
        return found

    def entries(self, system: str, on: dt.date) -> Iterator[CodeEntry]:
        """Every code of a set that is valid on a day, headers included, in the order of the codes."""
        day = day_number(on)
        rows = self._query(
            "SELECT code, first, last, kind, title, parent, node FROM code WHERE system = ? ORDER BY code, first",
            (system,),
        )
        if len({row[6] for row in rows} - self._notes.keys()) > _MANY_NODES:
            self._read_all_notes()
        sevenths = self._all_sevenths(day)
        for code, periods in groupby(rows, key=itemgetter(0)):
            known: list[_Row] = [row[1:] for row in periods]
            if any(row[0] <= day <= row[1] for row in known):
                yield self._entry_of(system, code, known, on, sevenths)

    def count(self, system: str, on: dt.date, *, kind: str = "billable") -> int:
        """How many codes (or with ``kind="header"`` headers) a set holds on a day."""
        day = day_number(on)
        rows = self._query(
            "SELECT count(*) FROM code WHERE system = ? AND kind = ? AND first <= ? AND last >= ?",
            (system, kind, day, day),
        )
        return int(rows[0][0])

    def children(self, system: str, code: str, on: dt.date) -> list[CodeEntry]:
        """The codes directly below a code (or an ICD-10-CM block) on a day."""
        day = day_number(on)
        rows = self._query(
            "SELECT code FROM code WHERE system = ? AND parent = ? AND first <= ? AND last >= ?"
            " ORDER BY code",
            (system, _written(system, code), day, day),
        )
        entries = (self.find(system, child, on) for (child,) in rows)
        return [entry for entry in entries if entry is not None]

    def next_change(self, system: str, on: dt.date) -> dt.date | None:
        """The first day after ``on`` when codes of the set begin or change their titles; None: none is known."""
        return next((day for day in self.change_days(system) if day > on), None)

    def change_days(self, system: str) -> tuple[dt.date, ...]:
        """The days on which codes of the set begin or change their titles, but for the first of all; in order."""
        known = self._change_days.get(system)
        if known is None:
            rows = self._query("SELECT DISTINCT first FROM code WHERE system = ? ORDER BY first", (system,))
            days = (day_from(first) for (first,) in rows[1:])
            known = self._change_days[system] = tuple(day for day in days if day is not None)
        return known

    def changing(self, system: str, on: dt.date) -> tuple[str, ...]:
        """The codes that on this day are not what they were the day before, in order."""
        day = day_number(on)
        rows = self._query(
            "SELECT DISTINCT code FROM code WHERE system = ? AND (first = ? OR last = ?) ORDER BY code",
            (system, day, day_before(day)),
        )
        return tuple(code for (code,) in rows)

    def places(self, code: str) -> tuple[tuple[str, str], ...]:
        """Where an ICD-10-CM code stands: (name, title) of itself and what is above it, nearest first."""
        rows = self._rows("ICD-10-CM", _written("ICD-10-CM", code))
        if not rows:
            return ()
        chain = []
        index = rows[-1][5]
        while index >= 0:
            name, title, index = self._query("SELECT name, title, parent FROM node WHERE id = ?", (index,))[0]
            chain.append((name, title))
        return tuple(chain)

    def index_paths(self, code: str) -> tuple[str, ...]:
        """Where the imported indexes name a code ("Diabetes, type 2, with, hyperglycemia"); empty without them."""
        rows = self._query(
            "SELECT path FROM index_term WHERE code = ? ORDER BY length(path)", (_written("ICD-10-CM", code),)
        )
        return tuple(path for (path,) in rows)

    def attributes(self, code: str, on: dt.date, *, system: str = "ICD-10-CM") -> frozenset[str]:
        """What the Medicare Code Editor says of a code on a day, such as "manifestation" or "newborn"."""
        day = day_number(on)
        rows = self._query(
            "SELECT words FROM attribute WHERE system = ? AND code = ? AND first <= ? AND last >= ?",
            (system, _written(system, code), day, day),
        )
        return frozenset(word for (words,) in rows for word in words.split())

    def age_bands(self, on: dt.date) -> dict[str, AgeBand]:
        """The code editor's age bands in force on a day, by name."""
        day = day_number(on)
        return {band.name: band for band in self._bands if band.first <= day <= band.last}

    def severity(self, code: str, on: dt.date) -> str:
        """MCC, CC or NCC (neither) in the MS-DRG version of a day; empty where not known."""
        version = grouper_version(on)
        rows = self._query(
            "SELECT level FROM severity WHERE code = ? AND first <= ? AND last >= ?",
            (_written("ICD-10-CM", code), version or 0, version or 0),
        )
        return str(rows[0][0]) if rows and version is not None else ""

    def sets(self) -> tuple[LoadedSet, ...]:
        """What is loaded, one row for each set."""
        return self._sets

    def _find(self, system: str, code: str, on: dt.date) -> CodeEntry | None:
        written = _written(system, code)
        rows = self._rows(system, written)
        one = self._by_system.get(system)
        if not rows:
            complete = one is not None and one.complete and self._covers(one, on)
            return None if complete or not shapes.fits(system, written) else _unknown(system, written)
        return self._entry_of(system, written, rows, on)

    def _entry_of(
        self,
        system: str,
        written: str,
        rows: list[_Row],
        on: dt.date,
        sevenths: dict[str, dict[str, str]] | None = None,
    ) -> CodeEntry:
        """What a code with these periods is on a day; ``sevenths`` are those of every code, where all are read."""
        one = self._by_system[system]
        day = day_number(on)
        status, row = _status(rows, day)
        if not self._covers(one, on):
            return _unknown(system, written, row[3])
        first, last = _bounds(rows, row)
        return CodeEntry(
            system=system,
            code=written,
            title=row[3],
            billable=status is CodeStatus.BILLABLE,
            valid=status in (CodeStatus.BILLABLE, CodeStatus.HEADER),
            status=status,
            valid_from=day_from(first),
            valid_to=None if one.last and last >= day_number(one.last) else day_from(last),
            notes=self._notes_of(row, written),
            seventh=self._seventh(written, day, sevenths)
            if row[2] == "header" and system == "ICD-10-CM"
            else {},
            parent=row[4],
            release=one.release,
        )

    def _covers(self, one: LoadedSet, on: dt.date) -> bool:
        if (one.first is not None and on < one.first) or (one.last is not None and on > one.last):
            return False
        day = day_number(on)
        return not any(system == one.system and first <= day <= last for system, first, last in self._gaps)

    def _rows(self, system: str, written: str) -> list[_Row]:
        return self._query(
            "SELECT first, last, kind, title, parent, node FROM code WHERE system = ? AND code = ?"
            " ORDER BY first",
            (system, written),
        )

    def _seventh(self, base: str, day: int, known: dict[str, dict[str, str]] | None) -> dict[str, str]:
        if known is not None:
            return known.get(base, {})
        return dict(
            self._query(
                "SELECT character, meaning FROM seventh WHERE base = ? AND first <= ? AND last >= ?"
                " ORDER BY character",
                (base, day, day),
            )
        )

    def _all_sevenths(self, day: int) -> dict[str, dict[str, str]]:
        rows = self._query(
            "SELECT base, character, meaning FROM seventh WHERE first <= ? AND last >= ? ORDER BY base, character",
            (day, day),
        )
        return {base: {row[1]: row[2] for row in found} for base, found in groupby(rows, key=itemgetter(0))}

    def _notes_of(self, row: _Row, written: str) -> CodeNotes:
        """Own and inherited notes; inclusion terms count for the code itself and for what completes it."""
        node, parent = row[5], row[4]
        if node < 0:
            return NO_NOTES
        name, own, inherited = self._notes_at(node)
        completes = parent == name and len(written) == _SEVENTH_LENGTH
        return own if written == name or completes else inherited

    def _read_all_notes(self) -> None:
        """One question to the store instead of one for each of tens of thousands of nodes."""
        rows = {row[0]: row[1:] for row in self._query("SELECT id, name, parent, notes FROM node")}
        for node in rows:
            self._notes_at(node, rows)

    def _notes_at(
        self, node: int, rows: Mapping[int, tuple[str, int, str]] | None = None
    ) -> tuple[str, CodeNotes, CodeNotes]:
        """The name of a node, its notes with its inclusion terms, and the notes it hands down."""
        known = self._notes.get(node)
        if known is not None:
            return known
        if rows is None:
            name, parent, raw = self._query("SELECT name, parent, notes FROM node WHERE id = ?", (node,))[0]
        else:
            name, parent, raw = rows[node]
        above = self._notes_at(parent, rows)[2] if parent >= 0 else NO_NOTES
        own = inherited = above
        if raw:
            found = {
                kind: tuple(Note(text, tuple(codes), name) for text, codes in lines)
                for kind, lines in json.loads(raw).items()
            }
            terms = found.pop("inclusion", ())
            added = {kind: notes + getattr(above, kind) for kind, notes in found.items()}
            inherited = evolve(above, **added) if added else above
            own = evolve(inherited, includes=terms + inherited.includes) if terms else inherited
        self._notes[node] = name, own, inherited
        return self._notes[node]

    def _read_sets(self) -> Iterator[LoadedSet]:
        for row in self._query("SELECT * FROM loaded ORDER BY system"):
            system, release, rows, first, last, complete, *words = row
            yield LoadedSet(system, release, rows, day_from(first), day_from(last), bool(complete), *words)

    def _query(self, statement: str, values: tuple[object, ...] = ()) -> list[Any]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()


def _written(system: str, code: str) -> str:
    """A code as the book writes it: upper case, ICD-10-CM with its point."""
    if system != "ICD-10-CM":
        return code.strip().upper()
    plain = code.strip().upper().replace(".", "")
    return plain if len(plain) <= 3 or "-" in plain else f"{plain[:3]}.{plain[3:]}"


def _status(rows: list[_Row], day: int) -> tuple[CodeStatus, _Row]:
    """The row in force on a day and what it makes of the code, else the nearest row and why it is not."""
    before = None
    for row in rows:
        if row[0] <= day <= row[1]:
            return CodeStatus(row[2]), row
        if row[1] < day:
            before = row
    return (CodeStatus.NOT_YET, rows[0]) if before is None else (CodeStatus.TERMINATED, before)


def _bounds(rows: list[_Row], row: _Row) -> tuple[int, int]:
    """First and last day of the state a row is in: rows that only change the title are joined."""
    first, last = row[0], row[1]
    if len(rows) == 1:
        return first, last
    for other in reversed(rows):
        if other[2] == row[2] and next_day(other[1]) == first:
            first = other[0]
    for other in rows:
        if other[2] == row[2] and next_day(last) == other[0]:
            last = other[1]
    return first, last


def _unknown(system: str, code: str, title: str = "") -> CodeEntry:
    return CodeEntry(system, code, title, billable=False, valid=False, status=CodeStatus.UNKNOWN)
