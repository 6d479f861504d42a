"""Releases of a whole list of codes, and change lists, laid over the days on which codes are known to be valid."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import define, field, frozen

from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.periods import OPEN, day_before, next_day

Periods = list[tuple[int, int]]


@frozen
class CodeList:
    """An imported release: its days, whether it is the whole list, and its rows (change, code, billable, title)."""

    release: str
    first: int
    last: int
    whole: bool
    rows: tuple[tuple[str, str, bool, str], ...]


@define
class Known:
    """The days of each billable code, the titles by the day from which they hold, and what is covered."""

    periods: dict[str, Periods]
    first: int
    last: int
    titles: dict[str, list[tuple[int, str]]] = field(factory=dict)
    gaps: Periods = field(factory=list)
    names: set[str] = field(factory=set)
    releases: list[str] = field(factory=list)


def read_lists(imported: ImportedStore | None, set_name: str) -> list[CodeList]:
    """The imported lists of a set in the order of their days, a whole list before the changes of the same day."""
    if imported is None:
        return []
    found = []
    for release in imported.releases(set_name):
        whole = release.layer == "order"
        rows = tuple(
            ("add" if whole else item.data["change"], item.data.get("code", item.key), item.data["billable"] == "1",
             item.title)
            for item in imported.items(release)
        )  # fmt: skip
        found.append(CodeList(release.release, release.first, release.last, whole, rows))
    return sorted(found, key=lambda one: (one.first, not one.whole))


def lay_over(known: Known, lists: Iterable[CodeList]) -> None:
    """Let each list decide its own days; a change list counts only where it follows on what is known."""
    for one in lists:
        if not one.whole and one.first > next_day(known.last):
            continue
        if one.first > next_day(known.last):
            known.gaps.append((next_day(known.last), day_before(one.first)))
        (_whole if one.whole else _changes)(known, one)
        known.first, known.last = min(known.first, one.first), max(known.last, one.last)
        known.releases.append(one.release)


def _whole(known: Known, one: CodeList) -> None:
    for code in known.periods:
        known.periods[code] = without(known.periods[code], one.first, one.last)
    for _, code, billable, title in one.rows:
        known.names.add(code)
        known.titles.setdefault(code, []).append((one.first, title))
        if billable:
            known.periods[code] = joined([*known.periods.get(code, []), (one.first, one.last)])


def _changes(known: Known, one: CodeList) -> None:
    """What is valid the day before stays valid but for what the list deletes or turns into a header."""
    end = known.last
    if one.last > end:
        for code, periods in known.periods.items():
            if periods and periods[-1][1] == end:
                known.periods[code] = [*periods[:-1], (periods[-1][0], one.last)]
    for change, code, billable, title in one.rows:
        known.names.add(code)
        if change != "delete":
            known.titles.setdefault(code, []).append((one.first, title))
        if change == "delete" and billable:
            known.periods[code] = without(known.periods.get(code, []), one.first, OPEN)
    for change, code, billable, _ in one.rows:
        if change == "add" and billable:
            known.periods[code] = joined([*known.periods.get(code, []), (one.first, max(one.last, end))])


def joined(periods: Iterable[tuple[int, int]]) -> Periods:
    """Periods in order, those that touch or overlap made one."""
    found: Periods = []
    for first, last in sorted(periods):
        if found and next_day(found[-1][1]) >= first:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def without(periods: Periods, first: int, last: int) -> Periods:
    """What is left of periods outside some days."""
    left: Periods = []
    for begin, end in periods:
        if end < first or begin > last:
            left.append((begin, end))
            continue
        if begin < first:
            left.append((begin, day_before(first)))
        if end > last:
            left.append((next_day(last), end))
    return left


def within(periods: Periods, first: int, last: int) -> Periods:
    """What of periods lies inside some days."""
    return [(max(begin, first), min(end, last)) for begin, end in periods if begin <= last and end >= first]
