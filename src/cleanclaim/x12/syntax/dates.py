"""Dates as X12 carries them: a day (D8), a span (RD8), a day with its time (DT)."""

from __future__ import annotations

import datetime as dt

from cleanclaim.kernel.dates import format_compact_date, parse_compact_date
from cleanclaim.kernel.errors import InputError
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.rows import Row, row


def day_row(of: str, qualifier: str, first: dt.date, last: dt.date | None = None) -> Row:
    """A DTP segment: D8 for one day, RD8 for a span of more than one."""
    if last is None or last == first:
        return row(of, "DTP", qualifier, "D8", format_compact_date(first))
    return span_row(of, qualifier, first, last)


def span_row(of: str, qualifier: str, first: dt.date, last: dt.date) -> Row:
    """A DTP segment that is always a span, even of one day."""
    return row(of, "DTP", qualifier, "RD8", f"{format_compact_date(first)}-{format_compact_date(last)}")


def day_at(segment: Segment, number: int) -> dt.date:
    """The day in an element of eight digits. Raises X12Error where it is none."""
    return day_in(segment, segment.get(number))


def day_or_none(segment: Segment, number: int) -> dt.date | None:
    """As `day_at`, but None where the element is empty."""
    return day_at(segment, number) if segment.get(number) else None


def day_in(segment: Segment, text: str) -> dt.date:
    """A day written CCYYMMDD somewhere in a segment. Raises X12Error naming the segment."""
    try:
        return parse_compact_date(text)
    except InputError as error:
        raise X12Error(
            f"{segment.id} holds no date",
            segment=segment.ordinal,
            offset=segment.offset,
            why=error.why or "a date is a day on the calendar, written CCYYMMDD",
            fix="ask the sender to correct it",
        ) from None


def span_at(segment: Segment, number: int = 3) -> tuple[dt.date, dt.date | None]:
    """First and last day of a DTP segment; the last is None where it is a single day.

    Raises:
        X12Error: no date, or a span that ends before it begins.
    """
    text = segment.get(number)
    first_text, dash, last_text = text.partition("-")
    first = day_in(segment, first_text[:8])
    if not dash:
        return first, None
    last = day_in(segment, last_text[:8])
    if last < first:
        raise X12Error(
            f"{segment.id} ends before it begins",
            segment=segment.ordinal,
            offset=segment.offset,
            fix="ask the sender to correct it",
        )
    return first, None if last == first else last
