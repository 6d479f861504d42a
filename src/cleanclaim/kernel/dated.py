"""Facts that hold for a time: one value a day, looked up by the date that governs it."""

from __future__ import annotations

import bisect
import datetime as dt
from collections.abc import Iterable
from typing import Generic, TypeVar

from attrs import frozen

from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.errors import InputError, NotLoaded

T = TypeVar("T")


class OverlapError(InputError):
    """Two values claim the same day."""


@frozen
class Dated(Generic[T]):
    """A value and the days on which it holds."""

    period: DatePeriod
    value: T


class DatedTable(Generic[T]):
    """Values over time, never two on one day; gaps are allowed and answer with nothing.

    Raises OverlapError when two rows share a day: a table that is ambiguous is refused whole.
    """

    def __init__(self, name: str, rows: Iterable[Dated[T]]) -> None:
        self.name = name
        self.rows: tuple[Dated[T], ...] = tuple(sorted(rows, key=lambda row: row.period.first))
        self._firsts = [row.period.first for row in self.rows]
        for earlier, later in zip(self.rows, self.rows[1:], strict=False):
            if earlier.period.overlaps(later.period):
                raise OverlapError(
                    f"two values hold on {later.period.first}",
                    where=name,
                    why="each day may have one value",
                    fix="end the earlier one before the later one begins",
                )

    def find(self, on: dt.date) -> T | None:
        """The value in force on a day, or None where none is."""
        index = bisect.bisect_right(self._firsts, on) - 1
        if index < 0 or not self.rows[index].period.contains(on):
            return None
        return self.rows[index].value

    def on(self, on: dt.date) -> T:
        """The value in force on a day.

        Raises:
            NotLoaded: no value covers that day.
        """
        value = self.find(on)
        if value is None:
            raise NotLoaded(
                f"nothing is in force on {on}", where=self.name, fix="load the release for that date"
            )
        return value
