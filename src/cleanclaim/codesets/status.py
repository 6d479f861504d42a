"""What is loaded and what is not: one row for each code set, with the checks that are therefore not made."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.entry import LoadedSet
from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.known_sets import KNOWN_SETS, KnownSet
from cleanclaim.codesets.periods import day_from


class SetState(StrEnum):
    """How much of a set is there: all of it, a few codes, or nothing."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    ABSENT = "absent"


@frozen
class SetStatus:
    """One line of `codes status`. ``rows`` counts codes; ``first`` and ``last`` bound the days covered.

    ``needed_from`` is the first day that the loaded releases do not cover; ``warning`` says that a release is due.
    """

    system: str
    state: SetState
    release: str
    rows: int
    first: dt.date | None
    last: dt.date | None
    licence: str
    source: str
    enables: str
    not_checked: str
    needed_from: dt.date | None = None
    warning: str = ""


_WARN_DAYS = 30
_STARTS = {
    "quarter": ((1, 1), (4, 1), (7, 1), (10, 1)),
    "half": ((1, 1), (7, 1)),
    "year": ((1, 1),),
    "fiscal": ((4, 1), (10, 1)),
}
_BUILT_IN_CYCLES = {"MS-DRG": "fiscal"}


def codes_status(
    book: CodeBook, store: ImportedStore | None = None, on: dt.date | None = None
) -> list[SetStatus]:
    """Every code set: what is loaded of it, and what is not checked without the rest; by name and setting.

    With a day, a set whose loaded releases end within 30 days of it, or have ended, says so in ``warning``.
    """
    rows = [_in_book(one, on) for one in book.sets()]
    there = {row.system for row in rows}
    for known in KNOWN_SETS.values():
        if known.name in there:
            continue
        for setting in known.settings:
            rows.append(_outside(known, setting, store, on))
    return sorted(rows, key=lambda row: row.system)


def _in_book(one: LoadedSet, on: dt.date | None) -> SetStatus:
    known = KNOWN_SETS.get(one.system)
    cycle = known.cycle if known else _BUILT_IN_CYCLES.get(one.system, "")
    lacking = one.without or ("nothing" if one.complete else known.without if known else "")
    return SetStatus(
        one.system,
        SetState.COMPLETE if one.complete else SetState.PARTIAL,
        one.release,
        one.rows,
        one.first,
        one.last,
        one.licence,
        one.source,
        one.enables,
        lacking,
        *_due(one.last, cycle, on),
    )


def _outside(known: KnownSet, setting: str, store: ImportedStore | None, on: dt.date | None) -> SetStatus:
    """A set that is not part of the book: its newest release and the days for which any is loaded."""
    name = f"{known.name} {setting}".strip()
    releases = [r for r in store.releases(known.name) if r.setting == setting] if store is not None else []
    if not releases:
        source = f"import {known.source}"
        return SetStatus(name, SetState.ABSENT, "", 0, None, None, known.licence, source, "", known.without)
    newest = releases[-1]
    first = None if known.history else day_from(releases[0].first)
    last = day_from(newest.last)
    return SetStatus(
        name, SetState.COMPLETE, newest.release, newest.rows, first, last, known.licence, newest.files,
        known.enables, "nothing", *_due(last, known.cycle, on),
    )  # fmt: skip


def _due(last: dt.date | None, cycle: str, on: dt.date | None) -> tuple[dt.date | None, str]:
    """The first day that needs another release, and the warning where it is near, past, or a release is due."""
    if last is None or cycle not in _STARTS:
        return None, ""
    needed = last + dt.timedelta(days=1)
    if on is None:
        return needed, ""
    coming = min(_next_start(on, cycle), needed)
    if needed <= on:
        return needed, f"what is loaded ended on {last}: later days are not checked"
    if (coming - on).days <= _WARN_DAYS:
        return needed, f"a release is due on {coming}: import it when it is out"
    return needed, ""


def _next_start(on: dt.date, cycle: str) -> dt.date:
    days = [dt.date(year, *start) for year in (on.year, on.year + 1) for start in _STARTS[cycle]]
    return min(day for day in days if day > on)
