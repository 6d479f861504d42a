"""Edit tables that a user loads from the official files; none of them is part of the product.

NCCI, MUE, add-on, coverage and global-period tables list CPT codes, so the user imports them. A table that is
None or does not cover a day makes its edit say "not checked", never "clean".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from attrs import frozen

from cleanclaim.kernel.dates import DatePeriod


class EditSetting(StrEnum):
    """Which of the parallel NCCI files governs a claim."""

    PRACTITIONER = "practitioner"
    HOSPITAL = "hospital"
    SUPPLIER = "supplier"


@frozen
class PtpRow:
    """A procedure-to-procedure pair; ``indicator`` is "0" never with a modifier, "1" with one, "9" no edit.

    ``deleted_on`` is the last day on which the pair was in force, None while it is.
    """

    column_1: str
    column_2: str
    indicator: str
    effective_on: dt.date
    deleted_on: dt.date | None = None

    def in_force(self, on: dt.date) -> bool:
        """Whether the pair is an edit on a day; a pair with indicator 9 never was one."""
        if self.indicator == "9":
            return False
        return self.effective_on <= on and (self.deleted_on is None or on <= self.deleted_on)


@frozen
class PtpTable:
    """The pairs of one release for one setting; ``covers`` are the days of service it answers for."""

    release: str
    setting: EditSetting
    covers: DatePeriod
    rows: Mapping[tuple[str, str], tuple[PtpRow, ...]]


@frozen
class MueRow:
    """The most units of a code a patient can have in a day, with the adjudication indicator (1, 2 or 3)."""

    code: str
    units: Decimal
    indicator: str
    rationale: str = ""


@frozen
class MueTable:
    """A quarter's MUE values for one setting; its rows bear no dates, so the quarter is all it covers."""

    release: str
    setting: EditSetting
    covers: DatePeriod
    rows: Mapping[str, MueRow]


@frozen
class AddOnRow:
    """An add-on code; ``kind`` is 1 (primaries listed), 2 (payer decides) or 3 (some listed)."""

    code: str
    kind: int
    primaries: frozenset[str]
    effective_on: dt.date
    deleted_on: dt.date | None = None

    def in_force(self, on: dt.date) -> bool:
        """Whether the row holds on a day."""
        return self.effective_on <= on and (self.deleted_on is None or on <= self.deleted_on)


@frozen
class AddOnTable:
    """The add-on codes of one release."""

    release: str
    covers: DatePeriod
    rows: Mapping[str, tuple[AddOnRow, ...]]


@frozen
class CoveragePolicy:
    """An NCD or LCD as a list: these services are covered for these diagnoses (code beginnings, with point).

    ``payers`` are the payer ids it binds, empty for every payer with a Medicare filing indicator.
    """

    policy_id: str
    codes: frozenset[str]
    diagnoses: tuple[str, ...]
    period: DatePeriod
    payers: frozenset[str] = frozenset()


@frozen
class CoverageTable:
    """The coverage policies loaded, with the days they answer for."""

    release: str
    covers: DatePeriod
    policies: tuple[CoveragePolicy, ...]


@frozen
class GlobalDaysTable:
    """The global period of each procedure ("000", "010", "090", "MMM", "XXX", "YYY", "ZZZ")."""

    release: str
    covers: DatePeriod
    days: Mapping[str, str]


@frozen
class PoaExemptTable:
    """The diagnoses of a fiscal year that need no present-on-admission indicator, without points."""

    release: str
    covers: DatePeriod
    codes: frozenset[str]


T = TypeVar("T", PtpTable, MueTable, AddOnTable, CoverageTable, GlobalDaysTable, PoaExemptTable)


def _newest(tables: tuple[T, ...], on: dt.date, setting: EditSetting | None = None) -> T | None:
    found: T | None = None
    for table in tables:
        if setting is not None and getattr(table, "setting", None) is not setting:
            continue
        if table.covers.contains(on) and (found is None or table.covers.first > found.covers.first):
            found = table
    return found


@frozen
class EditTables:
    """The tables of a run; several releases of one kind may be loaded, each answers for its own days."""

    ptp: tuple[PtpTable, ...] = ()
    mue: tuple[MueTable, ...] = ()
    add_on: tuple[AddOnTable, ...] = ()
    coverage: tuple[CoverageTable, ...] = ()
    global_days: tuple[GlobalDaysTable, ...] = ()
    poa_exempt: tuple[PoaExemptTable, ...] = ()

    def ptp_on(self, setting: EditSetting, on: dt.date) -> PtpTable | None:
        """The newest PTP release that covers a day."""
        return _newest(self.ptp, on, setting)

    def mue_on(self, setting: EditSetting, on: dt.date) -> MueTable | None:
        """The MUE quarter that covers a day."""
        return _newest(self.mue, on, setting)

    def add_on_on(self, on: dt.date) -> AddOnTable | None:
        """The newest add-on release that covers a day."""
        return _newest(self.add_on, on)

    def coverage_on(self, on: dt.date) -> CoverageTable | None:
        """The newest coverage release that covers a day."""
        return _newest(self.coverage, on)

    def global_days_on(self, on: dt.date) -> GlobalDaysTable | None:
        """The newest fee-schedule release that covers a day."""
        return _newest(self.global_days, on)

    def poa_exempt_on(self, on: dt.date) -> PoaExemptTable | None:
        """The newest list of exempt diagnoses that covers a day of discharge."""
        return _newest(self.poa_exempt, on)


NO_TABLES = EditTables()


def ptp_table(release: str, setting: EditSetting, covers: DatePeriod, rows: Iterable[PtpRow]) -> PtpTable:
    """Index rows by their pair; one pair may have several rows over time."""
    index: dict[tuple[str, str], tuple[PtpRow, ...]] = {}
    for row in rows:
        key = (row.column_1, row.column_2)
        index[key] = (*index.get(key, ()), row)
    return PtpTable(release, setting, covers, index)


def mue_table(release: str, setting: EditSetting, covers: DatePeriod, rows: Iterable[MueRow]) -> MueTable:
    """Index rows by their code."""
    return MueTable(release, setting, covers, {row.code: row for row in rows})


def add_on_table(release: str, covers: DatePeriod, rows: Iterable[AddOnRow]) -> AddOnTable:
    """Index rows by their add-on code."""
    index: dict[str, tuple[AddOnRow, ...]] = {}
    for row in rows:
        index[row.code] = (*index.get(row.code, ()), row)
    return AddOnTable(release, covers, index)


def quarter(on: dt.date) -> str:
    """The quarter of a day as releases name it: ``2026Q4``."""
    return f"{on.year}Q{(on.month + 2) // 3}"
