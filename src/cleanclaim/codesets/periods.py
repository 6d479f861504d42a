"""Days as CCYYMMDD numbers, the form in which tables of codes keep and compare them."""

from __future__ import annotations

import datetime as dt

OPEN = 99_991_231
"""The last day of what has no end."""


def day_number(day: dt.date) -> int:
    """A date as a CCYYMMDD number."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_from(number: int) -> dt.date | None:
    """The date of a CCYYMMDD number, or None for an open beginning (0) or end."""
    if number <= 0 or number >= OPEN:
        return None
    return dt.date(number // 10_000, number // 100 % 100, number % 100)


def next_day(number: int) -> int:
    """The number of the following day."""
    day = day_from(number)
    return OPEN if day is None else day_number(day + dt.timedelta(days=1))


def day_before(number: int) -> int:
    """The number of the preceding day."""
    day = day_from(number)
    return number if day is None else day_number(day - dt.timedelta(days=1))
