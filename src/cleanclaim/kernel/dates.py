"""Dates without a clock or a time zone: a date of service is a day on the calendar, nowhere a moment."""

from __future__ import annotations

import datetime as dt
import re

from attrs import frozen

from cleanclaim.kernel.errors import InputError

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
EARLIEST = dt.date(1890, 1, 1)
LATEST = dt.date(2199, 12, 31)
_CORRECT = "correct the date and try again"


class DateError(InputError):
    """Text that is no day on the calendar, or a period that ends before it begins."""


def parse_date(text: str, *, where: str = "") -> dt.date:
    """Read ``YYYY-MM-DD``.

    Raises:
        DateError: another shape, a day that does not exist, or a year outside 1890 to 2199. The message
            never holds the text, which may be a birth date.
    """
    return _parse(_ISO, text, "YYYY-MM-DD", where)


def parse_compact_date(text: str, *, where: str = "") -> dt.date:
    """Read ``CCYYMMDD``, the D8 form of X12. Raises DateError as `parse_date` does."""
    return _parse(_COMPACT, text, "CCYYMMDD", where)


def format_compact_date(day: dt.date) -> str:
    """Write ``CCYYMMDD``, years of four digits always."""
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def age_in_years(birth_date: dt.date, on: dt.date) -> int:
    """Completed years on a day; someone born on 29 February has the birthday on 1 March in common years."""
    before_birthday = (on.month, on.day) < (birth_date.month, birth_date.day)
    return on.year - birth_date.year - int(before_birthday)


@frozen
class DatePeriod:
    """Days from ``first`` to ``last``, both included; ``last`` is None while it is open.

    Raises DateError for an end before the beginning, and for text or moments in place of days: they would
    compare wrongly, or only when it is too late.
    """

    first: dt.date
    last: dt.date | None = None

    def __attrs_post_init__(self) -> None:
        if type(self.first) is not dt.date or not (self.last is None or type(self.last) is dt.date):
            raise DateError("a period begins and ends on a day", fix="write the days as YYYY-MM-DD, unquoted")
        if self.last is not None and self.last < self.first:
            raise DateError("the period ends before it begins", fix=_CORRECT)

    def contains(self, day: dt.date) -> bool:
        """Whether the day lies within, the first and the last day included."""
        return self.first <= day and (self.last is None or day <= self.last)

    def overlaps(self, other: DatePeriod) -> bool:
        """Whether the two periods share at least one day."""
        return (self.last is None or other.first <= self.last) and (
            other.last is None or self.first <= other.last
        )


def _parse(shape: re.Pattern[str], text: str, shape_name: str, where: str) -> dt.date:
    match = shape.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise DateError(
            "this is not a date",
            where=where,
            why=f"a date is written {shape_name}",
            fix=_CORRECT,
        )
    year, month, day = (int(part) for part in match.groups())
    try:
        parsed = dt.date(year, month, day)
    except ValueError:
        raise DateError("this is not a day on the calendar", where=where, fix=_CORRECT) from None
    if not EARLIEST <= parsed <= LATEST:
        raise DateError(f"the year is outside {EARLIEST.year} to {LATEST.year}", where=where, fix=_CORRECT)
    return parsed
