"""Imported sets over the built-in ones: HCPCS, CPT, taxonomy, the user's own lists, and the indexes' terms."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from itertools import pairwise

from cleanclaim.codesets.imported import ImportedStore, Item, Release
from cleanclaim.codesets.known_sets import KNOWN_SETS
from cleanclaim.codesets.periods import day_before, next_day

_OWN_WORDS = ("CARC", "RARC", "CLAIM-STATUS", "CLAIM-STATUS-CATEGORY", "REVENUE")
_INDEXES = ("ICD-10-CM-INDEX", "ICD-10-CM-NEOPLASM", "ICD-10-CM-DRUG", "ICD-10-CM-EXTERNAL-CAUSE")
_CODE = re.compile(r"[A-Z](?:[0-9][0-9A-Z]|[A-Z][0-9])(?:\.[0-9A-Z]{1,4})?")

_Rows = dict[str, list[tuple[int, int, str]]]


def overlay(connection: sqlite3.Connection, imported: ImportedStore) -> None:
    """Write what was imported into the tables of a book that is being built."""
    services = imported.releases("HCPCS")
    if services:
        codes, modifiers = _dated(imported, services)
        _replace(connection, "HCPCS", codes, services)
        _add_modifiers(connection, modifiers)
    for system in ("CPT", "TAXONOMY"):
        releases = imported.releases(system)
        if releases:
            _replace(connection, system, _by_release(imported, releases), releases)
    for system in _OWN_WORDS:
        releases = imported.releases(system)
        if releases:
            _replace(connection, system, _dated(imported, releases[-1:], system)[0], releases[-1:])
    for name in _INDEXES:
        releases = imported.releases(name)
        if releases:
            connection.executemany("INSERT INTO index_term VALUES (?,?,?)", _terms(imported, releases[-1]))


def _dated(
    imported: ImportedStore, releases: tuple[Release, ...], system: str = "HCPCS"
) -> tuple[_Rows, _Rows]:
    """Codes and modifiers with the days that the newest release that holds them gives them."""
    codes: _Rows = {}
    modifiers: _Rows = {}
    for release in releases:
        fresh: dict[bool, _Rows] = {True: {}, False: {}}
        for item in imported.items(release):
            rows = fresh[system != "HCPCS" or len(item.key) == 5].setdefault(item.key, [])
            rows.append((item.first, item.last, item.title))
        for old, new in ((codes, fresh[True]), (modifiers, fresh[False])):
            ended = day_before(release.first)
            for key in old.keys() - new.keys():
                old[key] = [
                    (first, min(last, ended), title) for first, last, title in old[key] if first <= ended
                ]
            old.update(new)
    return codes, modifiers


def _by_release(imported: ImportedStore, releases: tuple[Release, ...]) -> _Rows:
    """Codes without days of their own: each is there in the days of the releases that hold it."""
    codes: _Rows = {}
    for release in releases:
        for key, title in _titled(imported, release).items():
            rows = codes.setdefault(key, [])
            if rows and next_day(rows[-1][1]) == release.first and rows[-1][2] == title:
                rows[-1] = (rows[-1][0], release.last, title)
            else:
                rows.append((release.first, release.last, title))
    return codes


def _titled(imported: ImportedStore, release: Release) -> dict[str, str]:
    """Each code with the longest of its descriptors."""
    found: dict[str, str] = {}
    for item in imported.items(release):
        title = item.title or str(
            item.data.get("long") or item.data.get("medium") or item.data.get("short") or ""
        )
        if len(title) >= len(found.get(item.key, "")):
            found[item.key] = title
    return found


def _replace(
    connection: sqlite3.Connection, system: str, codes: _Rows, releases: tuple[Release, ...]
) -> None:
    connection.execute("DELETE FROM code WHERE system = ?", (system,))
    connection.execute("DELETE FROM loaded WHERE system = ?", (system,))
    rows = [
        (system, code, first, last, "billable", title, "", -1)
        for code, periods in codes.items()
        for first, last, title in periods
        if first <= last
    ]
    connection.executemany("INSERT OR REPLACE INTO code VALUES (?,?,?,?,?,?,?,?)", rows)
    known, newest = KNOWN_SETS[system], releases[-1]
    first = 0 if known.history else releases[0].first
    connection.execute(
        "INSERT INTO loaded VALUES (?,?,?,?,?,1,?,?,?,?)",
        (system, newest.release, newest.rows, first, newest.last, known.licence, newest.files,
         known.enables, ""),
    )  # fmt: skip
    for before, after in pairwise(releases):
        if next_day(before.last) < after.first:
            gap = (system, next_day(before.last), day_before(after.first))
            connection.execute("INSERT INTO gap VALUES (?,?,?)", gap)


def _add_modifiers(connection: sqlite3.Connection, modifiers: _Rows) -> None:
    """Level II modifiers come beside the built-in ones, whose words stay; those of CPT are in no HCPCS file."""
    known = {code for (code,) in connection.execute("SELECT code FROM code WHERE system = 'MODIFIER'")}
    rows = [
        ("MODIFIER", code, first, last, "billable", title, "", -1)
        for code, periods in modifiers.items()
        if code not in known
        for first, last, title in periods
        if first <= last
    ]
    connection.executemany("INSERT OR REPLACE INTO code VALUES (?,?,?,?,?,?,?,?)", rows)


def _terms(imported: ImportedStore, release: Release) -> Iterator[tuple[str, str, str]]:
    for item in imported.items(release):
        for code, path in _codes(item):
            if _CODE.fullmatch(code):
                yield code, path, release.set_name


def _codes(item: Item) -> Iterator[tuple[str, str]]:
    """The codes of a term; a dash at the end means that more characters are needed, so the header is meant."""
    for code in item.data.get("codes", ()):
        yield code.rstrip("-.✓").strip(), item.title
    for head, code in item.data.get("cells", {}).items():
        yield code.rstrip("-.✓").strip(), f"{item.title}, {head}"
