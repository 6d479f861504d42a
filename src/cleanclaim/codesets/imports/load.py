"""Loads official files into the store: all of a release in one transaction, or nothing."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from attrs import field, frozen

from cleanclaim.codesets.imported import Release, prepare
from cleanclaim.codesets.imports.compare import compare_items, compare_pairs
from cleanclaim.codesets.imports.dates import NONE, days_named, spanned
from cleanclaim.codesets.imports.files import DEFAULT_LIMITS, Limits
from cleanclaim.codesets.imports.group import MERGED, Group
from cleanclaim.codesets.imports.insert import Progress, insert_items, insert_pairs
from cleanclaim.codesets.imports.recognise import recognised
from cleanclaim.codesets.imports.rows import Part
from cleanclaim.codesets.known_sets import KNOWN_SETS
from cleanclaim.codesets.periods import OPEN, day_from
from cleanclaim.kernel.errors import Refused

_SMALL = 50
_UNDATED = frozenset({"policy", "none"})
_SHOWN = 1000


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


def _grouped(parts: list[Part], choices: ImportChoices) -> list[Group]:
    groups: dict[tuple[str, str, str], Group] = {}
    for part in parts:
        settings = KNOWN_SETS[part.set_name].settings
        setting = part.setting or (choices.setting if len(settings) > 1 else "")
        if setting not in settings:
            raise Refused(
                "the file does not say whose edits it holds", where=part.name,
                fix="add --setting " + " or --setting ".join(settings),
            )  # fmt: skip
        layer = "" if part.set_name in MERGED else part.layer
        group = groups.setdefault((part.set_name, setting, layer), Group(part.set_name, setting, layer))
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


def _agree(group: Group, part: Part, first: int, last: int) -> None:
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
    group: Group,
    now: dt.datetime,
    choices: ImportChoices,
    progress: Progress,
) -> ImportSummary:
    number = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM release").fetchone()[0]
    digest = hashlib.sha256()
    if group.set_name == "NCCI-PTP":
        rows = insert_pairs(connection, number, group, digest, progress)
    else:
        rows = insert_items(connection, number, group, digest, progress)
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
    if kept is not None and group.set_name in MERGED:
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


def _before(connection: sqlite3.Connection, group: Group) -> list[Release]:
    rows = connection.execute(
        "SELECT * FROM release WHERE set_name = ? AND setting = ? AND layer = ? ORDER BY first",
        (group.set_name, group.setting, group.layer),
    ).fetchall()
    return [Release(*row) for row in rows]


def _allow(group: Group, rows: int, before: list[Release], choices: ImportChoices) -> None:
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


def _keep_other_layers(connection: sqlite3.Connection, number: int, group: Group, old: Release) -> int:
    """Of a set that several files make up, what this import does not bring stays as it is."""
    brought = [part.layer for part in group.parts]
    marks = ",".join("?" * len(brought))
    done = connection.execute(
        "INSERT INTO item SELECT ?, key, layer, first, last, title, data, line FROM item"  # noqa: S608
        f" WHERE release = ? AND layer NOT IN ({marks})",
        (number, old.id, *brought),
    )
    return done.rowcount


def _drop(connection: sqlite3.Connection, group: Group, number: int) -> None:
    if group.set_name == "NCCI-PTP":
        connection.execute(f"DROP TABLE ptp_{number}")
    connection.execute("DELETE FROM item WHERE release = ?", (number,))
    connection.execute("DELETE FROM release WHERE id = ?", (number,))


def _summary(
    connection: sqlite3.Connection,
    number: int,
    group: Group,
    old: Release | None,
    rows: int,
    said: tuple[str, ...],
) -> ImportSummary:
    pairs = group.set_name == "NCCI-PTP"
    counts: tuple[int, list[str], list[str]] = (rows, [], [])
    if old is not None:
        counts = (compare_pairs if pairs else compare_items)(connection, number, old.id)
    added, changed, ended = counts
    return ImportSummary(
        group.set_name, group.setting, group.label(), day_from(group.first), day_from(group.last), rows, added,
        len(changed), len(ended), old.release if old else "", tuple(ended[:_SHOWN]), tuple(changed[:_SHOWN]), said,
        all_ended=frozenset() if pairs else frozenset(ended),
    )  # fmt: skip
