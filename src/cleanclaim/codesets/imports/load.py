"""Loads official files into the store: all of a release in one transaction, or nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from attrs import define, field, frozen

from cleanclaim.codesets.imported import Release, prepare
from cleanclaim.codesets.imports.dates import NONE, days_named, spanned
from cleanclaim.codesets.imports.files import DEFAULT_LIMITS, Limits
from cleanclaim.codesets.imports.ptp import change_day, quarter_seen
from cleanclaim.codesets.imports.recognise import recognised
from cleanclaim.codesets.imports.rows import Part, PtpRow, Row, bad_line
from cleanclaim.codesets.known_sets import KNOWN_SETS
from cleanclaim.codesets.periods import OPEN, day_from
from cleanclaim.kernel.errors import InputError, Refused

_BATCH = 20_000
_SMALL = 50
_MERGED = frozenset({"CPT", "MCD", "NDC"})
_UNDATED = frozenset({"policy", "none"})
_SHOWN = 1000

Progress = Callable[[str, int], None]


@frozen
class ImportSummary:
    """What an import did to one set: counts of keys that came, changed and ended, against the release before.

    ``ended_keys`` and ``changed_keys`` are the first thousand of each, ``all_ended`` every key but those of pairs.
    ``said`` are remarks a person should see.
    """

    set_name: str
    setting: str
    release: str
    first: dt.date | None
    last: dt.date | None
    rows: int
    added: int
    changed: int
    ended: int
    against: str
    ended_keys: tuple[str, ...] = ()
    changed_keys: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    already_loaded: bool = False
    all_ended: frozenset[str] = field(default=frozenset(), repr=False)


@frozen(kw_only=True)
class ImportChoices:
    """What a person decided: a first day, a setting or a list where the file tells none, and what to allow."""

    effective: dt.date | None = None
    setting: str = ""
    own_list: str = ""
    allow_older: bool = False
    allow_smaller: bool = False


@define
class _Group:
    """The parts that make up one release of one set."""

    set_name: str
    setting: str
    layer: str
    parts: list[Part] = field(factory=list)
    first: int = 0
    last: int = 0

    def label(self) -> str:
        named = next((part.release for part in self.parts if part.release), "")
        day = day_from(self.first)
        if named or day is None:
            return named
        cycle = KNOWN_SETS[self.set_name].cycle
        if cycle == "none":
            return f"loaded in {day.year}"
        if cycle == "fiscal":
            year = day.year + (day.month >= 10)
            return f"FY{year}" if day.month == 10 else f"FY{year} from {day:%Y-%m-%d}"
        return f"{day.year}Q{(day.month + 2) // 3}" if cycle == "quarter" else str(day.year)

    def name(self) -> str:
        return self.set_name + (f" ({self.setting})" if self.setting else "")


def import_files(
    paths: Sequence[Path],
    store: Path,
    *,
    now: dt.datetime,
    choices: ImportChoices = ImportChoices(),
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress = lambda name, rows: None,
) -> list[ImportSummary]:
    """Recognise files by their content and load them in one transaction; what was loaded before stays on any fault.

    Raises:
        InputError: a file is not known, broken, or has a bad line; the line is named.
        Refused: a release older or much smaller than the loaded one, or a setting or a day that nobody tells.
    """
    groups = _grouped(
        [part for path in paths for part in recognised(path, limits, choices.own_list)[0]], choices
    )
    connection = prepare(store)
    with contextlib.closing(connection):
        connection.execute("BEGIN IMMEDIATE")
        try:
            done = [_load(connection, group, now, choices, progress) for group in groups]
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return done


def _grouped(parts: list[Part], choices: ImportChoices) -> list[_Group]:
    groups: dict[tuple[str, str, str], _Group] = {}
    for part in parts:
        settings = KNOWN_SETS[part.set_name].settings
        setting = part.setting or (choices.setting if len(settings) > 1 else "")
        if setting not in settings:
            raise Refused(
                "the file does not say whose edits it holds", where=part.name,
                fix="add --setting " + " or --setting ".join(settings),
            )  # fmt: skip
        layer = "" if part.set_name in _MERGED else part.layer
        group = groups.setdefault((part.set_name, setting, layer), _Group(part.set_name, setting, layer))
        _agree(group, part, *_days(part, choices))
        group.parts.append(part)
    return list(groups.values())


def _days(part: Part, choices: ImportChoices) -> tuple[int, int]:
    """The days of a part: what a person says, else the file, else its name; a newest row only hints at them."""
    cycle = KNOWN_SETS[part.set_name].cycle
    if cycle == "none":
        return NONE
    if choices.effective is not None:
        return spanned(
            choices.effective, "fiscal" if cycle == "fiscal" else "year" if cycle == "year" else "quarter"
        )
    named = days_named(part.name, cycle=cycle)
    if part.first and not (part.inferred and named[0] > part.first) and not _refines(part, named):
        return part.first, part.last
    if named != NONE and named != (part.first, part.last):
        part.said.append(f"its days are taken from its name: {day_from(named[0])} to {day_from(named[1])}")
    return named


def _refines(part: Part, named: tuple[int, int]) -> bool:
    """Whether a name tells a later day of the same fiscal year, as an April release of XML does."""
    return part.set_name.startswith("ICD-10") and part.first < named[0] <= part.last


def _agree(group: _Group, part: Part, first: int, last: int) -> None:
    needs_day = group.set_name != "NCCI-PTP" and KNOWN_SETS[group.set_name].cycle not in _UNDATED
    if needs_day and not first:
        raise Refused(
            "nothing tells from which day this holds", where=part.name,
            fix="add --effective YYYY-MM-DD, the first day of its release",
        )  # fmt: skip
    if group.parts and group.first != first and needs_day:
        raise Refused(
            "these files are of different releases", where=part.name,
            why=f"{group.name()} begins on {day_from(group.first)} in one and on {day_from(first)} in another",
            fix="import one release at a time",
        )  # fmt: skip
    group.first, group.last = (first, last) if needs_day or first else (group.first, group.last)


def _load(
    connection: sqlite3.Connection,
    group: _Group,
    now: dt.datetime,
    choices: ImportChoices,
    progress: Progress,
) -> ImportSummary:
    number = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM release").fetchone()[0]
    digest = hashlib.sha256()
    if group.set_name == "NCCI-PTP":
        rows = _insert_pairs(connection, number, group, digest, progress)
    else:
        rows = _insert_items(connection, number, group, digest, progress)
    if KNOWN_SETS[group.set_name].cycle in _UNDATED and not group.first:
        group.first, group.last = spanned(now.date(), "year")[0], OPEN
    before = _before(connection, group)
    same = next((r for r in before if r.first == group.first), None)
    said = tuple(remark for part in group.parts for remark in part.said)
    if same is not None and same.digest == digest.hexdigest():
        _drop(connection, group, number)
        days = (day_from(same.first), day_from(same.last))
        return ImportSummary(
            group.set_name,
            group.setting,
            same.release,
            *days,
            same.rows,
            0,
            0,
            0,
            same.release,
            (),
            (),
            said,
            True,
        )
    _allow(group, rows, before, choices)
    newest = same or (before[-1] if before else None)
    kept = newest if KNOWN_SETS[group.set_name].history else same
    if kept is not None and group.set_name in _MERGED:
        rows += _keep_other_layers(connection, number, group, kept)
    summary = _summary(connection, number, group, newest, rows, said)
    for old in before if KNOWN_SETS[group.set_name].history else [same] if same else []:
        _drop(connection, group, old.id)
    files = ", ".join(part.name for part in group.parts)
    connection.execute(
        "INSERT INTO release VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (number, group.set_name, group.setting, group.layer, group.label(), group.first, group.last, rows,
         digest.hexdigest(), now.isoformat(timespec="seconds"), files),
    )  # fmt: skip
    return summary


def _before(connection: sqlite3.Connection, group: _Group) -> list[Release]:
    rows = connection.execute(
        "SELECT * FROM release WHERE set_name = ? AND setting = ? AND layer = ? ORDER BY first",
        (group.set_name, group.setting, group.layer),
    ).fetchall()
    return [Release(*row) for row in rows]


def _allow(group: _Group, rows: int, before: list[Release], choices: ImportChoices) -> None:
    if not before:
        return
    newest = before[-1]
    if group.first < newest.first and not choices.allow_older:
        raise Refused(
            f"this release of {group.name()} is older than the one loaded",
            where=", ".join(part.name for part in group.parts),
            why=f"it begins on {day_from(group.first)}, {newest.release} on {day_from(newest.first)}",
            fix="add --older to load it all the same",
        )
    if (
        newest.rows >= _SMALL
        and rows * 2 < newest.rows
        and not choices.allow_smaller
        and group.layer != "addenda"
    ):
        raise Refused(
            f"this release of {group.name()} is less than half of the one loaded",
            where=", ".join(part.name for part in group.parts),
            why=f"{rows:,} rows instead of {newest.rows:,}; it may be cut off",
            fix="check the file, or add --smaller to load it all the same",
        )


def _insert_items(
    connection: sqlite3.Connection, number: int, group: _Group, digest: hashlib._Hash, progress: Progress
) -> int:
    total = 0
    for part in group.parts:
        for batch in _batches(_without_repeats(part)):
            values = [
                (number, row.key, part.layer if group.set_name in _MERGED else "", row.first, row.last, row.title,
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


def _duplicate(group: _Group) -> InputError:
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


def _refuse_overlaps(connection: sqlite3.Connection, number: int, group: _Group) -> None:
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


def _insert_pairs(
    connection: sqlite3.Connection, number: int, group: _Group, digest: hashlib._Hash, progress: Progress
) -> int:
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


def _twice(group: _Group) -> InputError:
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


def _pair_error(group: _Group, pair: tuple[str, str], why: str) -> InputError:
    found: list[tuple[str, int]] = []
    for part in group.parts:
        found += [(part.name, row.line) for row in part.rows() if (row.column_1, row.column_2) == pair]
    name, line = found[-1] if found else (group.name(), 0)
    return bad_line(name, line, f"{pair[0]} and {pair[1]}: {why}", what="dates overlap")


def _keep_other_layers(connection: sqlite3.Connection, number: int, group: _Group, old: Release) -> int:
    """Of a set that several files make up, what this import does not bring stays as it is."""
    brought = [part.layer for part in group.parts]
    marks = ",".join("?" * len(brought))
    done = connection.execute(
        "INSERT INTO item SELECT ?, key, layer, first, last, title, data, line FROM item"  # noqa: S608
        f" WHERE release = ? AND layer NOT IN ({marks})",
        (number, old.id, *brought),
    )
    return done.rowcount


def _drop(connection: sqlite3.Connection, group: _Group, number: int) -> None:
    if group.set_name == "NCCI-PTP":
        connection.execute(f"DROP TABLE ptp_{number}")
    connection.execute("DELETE FROM item WHERE release = ?", (number,))
    connection.execute("DELETE FROM release WHERE id = ?", (number,))


def _summary(
    connection: sqlite3.Connection,
    number: int,
    group: _Group,
    old: Release | None,
    rows: int,
    said: tuple[str, ...],
) -> ImportSummary:
    pairs = group.set_name == "NCCI-PTP"
    counts: tuple[int, list[str], list[str]] = (rows, [], [])
    if old is not None:
        counts = (_compare_pairs if pairs else _compare_items)(connection, number, old.id)
    added, changed, ended = counts
    return ImportSummary(
        group.set_name, group.setting, group.label(), day_from(group.first), day_from(group.last), rows, added,
        len(changed), len(ended), old.release if old else "", tuple(ended[:_SHOWN]), tuple(changed[:_SHOWN]), said,
        all_ended=frozenset() if pairs else frozenset(ended),
    )  # fmt: skip


def _compare_items(connection: sqlite3.Connection, new: int, old: int) -> tuple[int, list[str], list[str]]:
    def keyed(number: int) -> dict[str, tuple[object, ...]]:
        found: dict[str, tuple[object, ...]] = {}
        for key, *rest in connection.execute(
            "SELECT key, layer, first, last, title, data FROM item WHERE release = ? ORDER BY key, layer, first",
            (number,),
        ):
            found[key] = (*found.get(key, ()), *rest)
        return found

    before, after = keyed(old), keyed(new)
    ended = [key for key in before if key not in after]
    ended += [k for k in before if k in after and OPEN in before[k] and OPEN not in after[k]]
    gone = set(ended)
    changed = [key for key in before if key not in gone and before[key] != after[key]]
    return len(after.keys() - before.keys()), changed, ended


def _compare_pairs(connection: sqlite3.Connection, new: int, old: int) -> tuple[int, list[str], list[str]]:
    def pairs(one: int, other: int) -> list[str]:
        statement = (
            f"SELECT column_1 || '/' || column_2 FROM (SELECT column_1, column_2, indicator FROM ptp_{one}"  # noqa: S608
            f" WHERE last = {OPEN} EXCEPT SELECT column_1, column_2, indicator FROM ptp_{other} WHERE last = {OPEN})"
        )
        return [pair for (pair,) in connection.execute(statement)]

    came, went = pairs(new, old), pairs(old, new)
    changed = sorted(set(came) & set(went))
    return len(came) - len(changed), changed, sorted(set(went) - set(changed))
