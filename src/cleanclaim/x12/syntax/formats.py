"""Numbers, days and times as X12 writes them: what is wrong with a text, or nothing."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from cleanclaim.kernel.dates import EARLIEST, LATEST, parse_compact_date
from cleanclaim.kernel.errors import InputError

_DAY, _SPAN = 8, 17
_LONGEST_REMEMBERED = 32
# Of all numbers of the standard only amounts (data element 782) have this length.
_AMOUNT_DIGITS = 18


def number_fault(text: str, kind: str, shortest: int, longest: int) -> str:
    """What keeps a text from being a number of kind N0 (whole) or R (decimal), or an empty text.

    Sign and decimal point do not count towards the length (X12.6).
    """
    judged = _remembered_number_fault if len(text) <= _LONGEST_REMEMBERED else _number_fault
    return judged(text, kind, shortest, longest)


def _number_fault(text: str, kind: str, shortest: int, longest: int) -> str:
    body = text[1:] if text[:1] == "-" else text
    digits = body.replace(".", "", 1) if kind == "R" else body
    if not (digits.isascii() and digits.isdigit()):
        return "is not a number as X12 writes it (digits, a minus sign, a decimal point)"
    if len(digits) > longest:
        return f"has {len(digits)} digits where {longest} are allowed"
    if len(digits) < shortest:
        return f"has {len(digits)} digits where {shortest} are needed"
    if longest == _AMOUNT_DIGITS and len(body.partition(".")[2]) > 2:
        return "has more than two decimals: it is no amount of dollars and cents"
    return ""


_remembered_number_fault = lru_cache(maxsize=4096)(_number_fault)


def whole_number(text: str) -> int | None:
    """A whole number of at most eighteen digits, or None: what Python calls a digit is not always one of ten."""
    return int(text) if len(text) <= _AMOUNT_DIGITS and text.isascii() and text.isdigit() else None


def date_fault(text: str, form: str, size: int) -> str:
    """What keeps a text from being a date in a format (D8, RD8, DT, TM; the element kind DT means a day).

    A day of six digits stands only where the standard gives an element that length: in ISA and TA1 (X12.5).
    """
    # Only so much is remembered of a text that anybody may send: whatever is longer is no date either.
    return _date_fault(text[: _LONGEST_REMEMBERED + 1], form[: _LONGEST_REMEMBERED + 1], size)


@lru_cache(maxsize=16_384)
def _date_fault(text: str, form: str, size: int) -> str:
    if form == "TM":
        return "" if _is_time(text) else "is not a time of the day (HHMM)"
    if form == "DT" and size == 6:
        return "" if day(f"20{text}") is not None else "is not a day on the calendar (YYMMDD)"
    if form == "DT" and size != _DAY:
        good = size == 12 and day(text[:8]) is not None and _is_time(text[8:])
        return "" if good else "is not a day and time (CCYYMMDDHHMM)"
    if form == "RD8":
        first, dash, last = text.partition("-")
        began, ended = day(first), day(last)
        if not dash or began is None or ended is None or size != _SPAN:
            return "is not a span of days (CCYYMMDD-CCYYMMDD)"
        return "ends before it begins" if ended < began else ""
    if form in {"D8", "DT", "DB"}:
        return (
            ""
            if size == _DAY and day(text) is not None
            else f"is no day on the calendar of the years {EARLIEST.year} to {LATEST.year} (CCYYMMDD)"
        )
    return ""


def day(text: str) -> dt.date | None:
    """The day written CCYYMMDD, or None where it is none."""
    return _day(text) if len(text) == _DAY else None


@lru_cache(maxsize=16_384)
def _day(text: str) -> dt.date | None:
    try:
        return parse_compact_date(text)
    except InputError:
        return None


def is_distant(text: str, form: str) -> bool:
    """Whether a text is a day, or a span of days, of any year: coverage without end is written 99991231."""
    days = text.split("-") if form == "RD8" else [text]
    try:
        found = [
            dt.date(int(one[:4]), int(one[4:6]), int(one[6:]))
            for one in days
            if len(one) == _DAY and one.isascii() and one.isdigit()
        ]
    except ValueError:
        return False
    return len(found) == len(days) == (2 if form == "RD8" else 1) and found == sorted(found)


def first_day(text: str) -> dt.date | None:
    """The day with which a day, a span or a moment begins, or None."""
    return day(text[:8])


def last_day(text: str) -> dt.date | None:
    """The day with which a day or a span ends, or None."""
    return day(text[9:17]) if text[8:9] == "-" else day(text[:8])


def _is_time(text: str) -> bool:
    if not (text.isascii() and text.isdigit() and 4 <= len(text) <= 8):
        return False
    return text[:2] < "24" and text[2:4] < "60" and text[4:6] < "60"
