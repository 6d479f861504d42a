"""The days that a file says it holds for, read from its own words, else from its name."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from cleanclaim.codesets.periods import day_number

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_THROUGH = re.compile(
    rf"effective\s+({_NAMES})\.?\s+([0-9]{{1,2}}),?\s+([0-9]{{4}})\s+(?:through|thru|to|-)\s+"
    rf"({_NAMES})\.?\s+([0-9]{{1,2}}),?\s+([0-9]{{4}})",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"\b({_NAMES})[\s_-]+([0-9]{{1,2}})(?:st|nd|rd|th)?,?[\s_-]+(20[0-9]{{2}})\b", re.IGNORECASE
)
_FISCAL = re.compile(r"\bFY\s*(20[0-9]{2})\b")
_CALENDAR = re.compile(r"\bCY\s*(20[0-9]{2})\b", re.IGNORECASE)
_MONTH = re.compile(rf"(?:\b|_)({_NAMES})\.?[\s_-]+(?:release\s+)?(20[0-9]{{2}})(?![0-9])", re.IGNORECASE)
_MONTH_AFTER = re.compile(rf"(20[0-9]{{2}})[\s_-]+({_NAMES})(?![a-z])", re.IGNORECASE)
_DASHED = re.compile(r"(?<![0-9])([01][0-9])-([0-3][0-9])-(20[0-9]{2})(?![0-9])")
_SLASHED = re.compile(r"(?<![0-9])([0-9]{1,2})/([0-9]{1,2})/(20[0-9]{2})(?![0-9])")
_QUARTER = re.compile(r"(20[0-9]{2})[\s_-]?Q([1-4])", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})(?![0-9])")

Days = tuple[int, int]
NONE: Days = (0, 0)


def quarter_of(day: dt.date) -> Days:
    """First and last day of the quarter of a day."""
    month = day.month - (day.month - 1) % 3
    first = dt.date(day.year, month, 1)
    return day_number(first), day_number(_month_end(day.year, month + 2))


def fiscal_year(year: int) -> Days:
    """1 October before to 30 September of a fiscal year."""
    return (year - 1) * 10_000 + 1001, year * 10_000 + 930


def calendar_year(year: int) -> Days:
    """1 January to 31 December."""
    return year * 10_000 + 101, year * 10_000 + 1231


def days_said(text: str, *, cycle: str) -> Days:
    """The days that a text names, (0, 0) where it names none.

    ``cycle`` is how often the set comes: "quarter", "year" (calendar) or "fiscal".
    """
    through = _THROUGH.search(text)
    if through:
        first, last = _day(*through.group(1, 2, 3)), _day(*through.group(4, 5, 6))
        return (day_number(first), day_number(last)) if first and last and first <= last else NONE
    found = _fiscal_or_calendar(text, cycle)
    if found != NONE:
        return found
    day = _some_day(text)
    return NONE if day is None else _spanned(day, cycle)


def days_named(name: str, *, cycle: str) -> Days:
    """The days that the name of a file tells; a year alone counts only for a yearly or fiscal set."""
    said = days_said(name.replace("_", " "), cycle=cycle)
    if said != NONE:
        return said
    year = _YEAR.search(name)
    if year is None or cycle == "quarter":
        return NONE
    return fiscal_year(int(year[1])) if cycle == "fiscal" else calendar_year(int(year[1]))


def spanned(first: dt.date, cycle: str) -> Days:
    """A first day and the last one of the quarter, year or fiscal year in which it lies."""
    return _spanned(first, cycle)


def _fiscal_or_calendar(text: str, cycle: str) -> Days:
    if cycle == "fiscal":
        found = _FISCAL.search(text)
        return fiscal_year(int(found[1])) if found else NONE
    if cycle == "year":
        found = _CALENDAR.search(text)
        years = {found[1]} if found else set(_YEAR.findall(text))
        return calendar_year(int(years.pop())) if len(years) == 1 else NONE
    return NONE


def _some_day(text: str) -> dt.date | None:
    for match in _DAY.finditer(text):
        day = _day(*match.group(1, 2, 3))
        if day:
            return day
    for pattern in (_DASHED, _SLASHED):
        for match in pattern.finditer(text):
            return _date(int(match[3]), int(match[1]), int(match[2]))
    for match in _QUARTER.finditer(text):
        return _date(int(match[1]), 3 * int(match[2]) - 2, 1)
    for match in _MONTH.finditer(text):
        return _date(int(match[2]), _MONTHS[match[1].lower()], 1)
    for match in _MONTH_AFTER.finditer(text):
        return _date(int(match[1]), _MONTHS[match[2].lower()], 1)
    return None


def _spanned(first: dt.date, cycle: str) -> Days:
    if cycle == "quarter":
        return day_number(first), quarter_of(first)[1]
    if cycle == "year":
        return day_number(first), first.year * 10_000 + 1231
    year = first.year + (first.month >= 10)
    return day_number(first), fiscal_year(year)[1]


def _day(month: str, day: str, year: str) -> dt.date | None:
    return _date(int(year), _MONTHS[month.lower()], int(day))


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
