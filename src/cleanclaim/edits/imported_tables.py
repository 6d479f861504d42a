"""The edit tables that a practice has imported, as the scrubber needs them: pairs stay on disk, the rest is small."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from attrs import frozen

from cleanclaim.codesets.imported import ImportedStore, Release
from cleanclaim.codesets.periods import day_from
from cleanclaim.edits.tables import (
    NO_TABLES,
    AddOnRow,
    AddOnTable,
    EditSetting,
    EditTables,
    GlobalDaysTable,
    MueRow,
    MueTable,
    PoaExemptTable,
    PtpRow,
    PtpTable,
    add_on_table,
    mue_table,
)
from cleanclaim.kernel.dates import DatePeriod

_BEGINNING = dt.date(1996, 1, 1)
_SETS = ("NCCI-PTP", "MUE", "ADD-ON", "MPFS", "POA-EXEMPT")


def tables_from(store: ImportedStore | None) -> EditTables:
    """The edit tables of a store; none where nothing was imported. Read again only after another import.

    Coverage policies are not among them: which of the loaded articles binds a claim depends on the contractor of
    its locality, which no loaded table ties to an article.
    """
    if store is None:
        return NO_TABLES
    releases = tuple(release for name in _SETS for release in store.releases(name))
    return _tables(store, releases)


@lru_cache(maxsize=2)
def _tables(store: ImportedStore, releases: tuple[Release, ...]) -> EditTables:
    named: dict[str, list[Release]] = {name: [] for name in _SETS}
    for release in releases:
        named[release.set_name].append(release)
    return EditTables(
        ptp=tuple(_pairs(store, release) for release in named["NCCI-PTP"]),
        mue=tuple(_units(store, release) for release in named["MUE"]),
        add_on=tuple(_add_on(store, release) for release in named["ADD-ON"]),
        global_days=tuple(_global_days(store, release) for release in named["MPFS"]),
        poa_exempt=tuple(_poa_exempt(store, release) for release in named["POA-EXEMPT"]),
    )


@frozen
class _StoredPairs(Mapping[tuple[str, str], tuple[PtpRow, ...]]):
    """Pairs looked up in the store one at a time."""

    store: ImportedStore
    release: Release

    def __getitem__(self, pair: tuple[str, str]) -> tuple[PtpRow, ...]:
        rows = self.store.ptp_rows(*pair, self.release)
        if not rows:
            raise KeyError(pair)
        return tuple(
            PtpRow(r.column_1, r.column_2, r.indicator, _day(r.first), day_from(r.last)) for r in rows
        )

    def __iter__(self) -> Iterator[tuple[str, str]]:
        raise TypeError("the pairs are too many to be listed")

    def __len__(self) -> int:
        return self.release.rows


def _pairs(store: ImportedStore, release: Release) -> PtpTable:
    return PtpTable(
        release.release, EditSetting(release.setting), _since(release), _StoredPairs(store, release)
    )


def _units(store: ImportedStore, release: Release) -> MueTable:
    rows = (
        MueRow(item.key, Decimal(item.data["units"]), item.data["indicator"], item.data["rationale"])
        for item in store.items(release)
    )
    return mue_table(release.release, EditSetting(release.setting), _quarter(release), rows)


def _add_on(store: ImportedStore, release: Release) -> AddOnTable:
    """One row for each code, type and days, with all its primaries."""
    found: dict[tuple[str, str, int, int], set[str]] = {}
    for item in store.items(release):
        key = (item.data["code"], item.data["kind"], item.first, item.last)
        found.setdefault(key, set()).update(filter(None, [item.data["primary"]]))
    rows = [
        AddOnRow(code, int(kind), frozenset(primaries), _day(first), day_from(last))
        for (code, kind, first, last), primaries in found.items()
    ]
    return add_on_table(release.release, _since(release), rows)


def _global_days(store: ImportedStore, release: Release) -> GlobalDaysTable:
    days = {item.key: item.data["global_days"] for item in store.items(release) if "/" not in item.key}
    return GlobalDaysTable(release.release, _quarter(release), days)


def _poa_exempt(store: ImportedStore, release: Release) -> PoaExemptTable:
    codes = frozenset(item.key for item in store.items(release))
    return PoaExemptTable(release.release, _quarter(release), codes)


def _since(release: Release) -> DatePeriod:
    """What bears its own days answers from the beginning to the end of its quarter."""
    return DatePeriod(_BEGINNING, day_from(release.last))


def _quarter(release: Release) -> DatePeriod:
    return DatePeriod(_day(release.first), day_from(release.last))


def _day(number: int) -> dt.date:
    return day_from(number) or _BEGINNING
