"""Writes the rows of a release into the store, and refuses what stands twice or overlaps, with its lines."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from cleanclaim.codesets.imports.group import MERGED, Group
from cleanclaim.codesets.imports.ptp import change_day, quarter_seen
from cleanclaim.codesets.imports.rows import Part, PtpRow, Row, bad_line
from cleanclaim.kernel.errors import InputError

_BATCH = 20_000
Progress = Callable[[str, int], None]


def insert_items(
    connection: sqlite3.Connection, number: int, group: Group, digest: hashlib._Hash, progress: Progress
) -> int:
    """Write the rows of every part; how many there are. The digest takes in what they say."""
    total = 0
    for part in group.parts:
        for batch in _batches(_without_repeats(part)):
            values = [
                (number, row.key, part.layer if group.set_name in MERGED else "", row.first, row.last, row.title,
                 json.dumps(row.data, ensure_ascii=False, separators=(",", ":")), row.line)
                for row in batch
            ]  # fmt: skip
            try:
                connection.executemany("INSERT INTO item VALUES (?,?,?,?,?,?,?,?)", values)
            except sqlite3.IntegrityError:
                raise _duplicate(group) from None
            for value in values:
                digest.update(repr(value[1:7]).encode())
            total += len(batch)
            progress(part.name, total)
    _refuse_overlaps(connection, number, group)
    return total


def _without_repeats(part: Part) -> Iterator[Row]:
    """The rows; one that says exactly the same again is passed over and told, as official files hold a few."""
    seen: dict[tuple[str, int], int] = {}
    repeated = 0
    for row in part.rows():
        mark = hash((row.last, row.title, repr(row.data)))
        key = (row.key, row.first)
        if seen.get(key) == mark:
            repeated += 1
            continue
        seen[key] = mark
        yield row
    if repeated:
        part.said.append(f"{repeated} rows that say the same twice are counted once")


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    stream = iter(rows)
    while batch := list(islice(stream, _BATCH)):
        yield batch


def _duplicate(group: Group) -> InputError:
    """The error that names both lines of a key that stands twice."""
    seen: dict[tuple[str, str, int], tuple[str, int]] = {}
    for part in group.parts:
        for row in _without_repeats(part):
            key = (row.key, part.layer, row.first)
            if key in seen:
                name, line = seen[key]
                return bad_line(
                    part.name, row.line, f"{row.key} stands in {name}, line {line} already", what="duplicate"
                )
            seen[key] = (part.name, row.line)
    return InputError("a key stands twice", where=group.name())


def _refuse_overlaps(connection: sqlite3.Connection, number: int, group: Group) -> None:
    found = connection.execute(
        "SELECT b.key, a.line, b.line FROM item a JOIN item b ON b.release = a.release AND b.key = a.key"
        " AND b.layer = a.layer AND b.first > a.first AND b.first <= a.last WHERE a.release = ? LIMIT 1",
        (number,),
    ).fetchone()
    if found:
        key, one, two = found
        raise bad_line(
            group.parts[0].name, two, f"the days of {key} overlap those of line {one}", what="dates overlap"
        )


def insert_pairs(
    connection: sqlite3.Connection, number: int, group: Group, digest: hashlib._Hash, progress: Progress
) -> int:
    """Write the pairs into a table of their own; how many there are. Their newest change tells the quarter."""
    table = f"ptp_{number}"
    connection.execute(
        f"CREATE TABLE {table} (column_1 TEXT, column_2 TEXT, first INT, last INT, indicator TEXT,"
        " PRIMARY KEY (column_1, column_2, first, last)) WITHOUT ROWID"
    )
    total = newest = 0
    for part in group.parts:
        stream: Iterator[PtpRow] = part.rows()
        while batch := list(islice(stream, _BATCH)):
            values = [row[:5] for row in batch]
            try:
                connection.executemany(f"INSERT INTO {table} VALUES (?,?,?,?,?)", values)  # noqa: S608
            except sqlite3.IntegrityError:
                raise _twice(group) from None
            newest = max(newest, max(change_day(*days) for days in {(row[2], row[3]) for row in batch}))
            digest.update(repr(values).encode())
            total += len(batch)
            progress(part.name, total)
    overlap = connection.execute(
        f"SELECT a.column_1, a.column_2 FROM {table} a JOIN {table} b ON b.column_1 = a.column_1"  # noqa: S608
        " AND b.column_2 = a.column_2 AND b.first > a.first AND b.first <= a.last"
        " WHERE a.indicator <> '9' AND b.indicator <> '9' LIMIT 1"
    ).fetchone()
    if overlap:
        raise _pair_error(group, overlap, "the days of its rows overlap")
    if not group.first:
        group.first, group.last = quarter_seen(newest)
    return total


def _twice(group: Group) -> InputError:
    seen: set[tuple[str, str, int, int]] = set()
    for part in group.parts:
        for row in part.rows():
            key = (row.column_1, row.column_2, row.first, row.last)
            if key in seen:
                return bad_line(
                    part.name, row.line, f"the pair {row.column_1} and {row.column_2} stands twice"
                )
            seen.add(key)
    return InputError("a pair stands twice", where=group.name())


def _pair_error(group: Group, pair: tuple[str, str], why: str) -> InputError:
    found: list[tuple[str, int]] = []
    for part in group.parts:
        found += [(part.name, row.line) for row in part.rows() if (row.column_1, row.column_2) == pair]
    name, line = found[-1] if found else (group.name(), 0)
    return bad_line(name, line, f"{pair[0]} and {pair[1]}: {why}", what="dates overlap")
