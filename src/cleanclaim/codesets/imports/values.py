"""Cells of the official tables as values: dates as CCYYMMDD numbers, amounts as decimal text, service codes."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation

from cleanclaim.codesets.periods import day_number

_HCPCS = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]")


def day_of(text: str) -> int:
    """CCYYMMDD of a date as tables write it: CCYYMMDD, YYYY-MM-DD, M/D/YYYY, or year and day of year."""
    text = text.strip().split(" ")[0].split("T")[0]
    if not text or text == "*":
        return 0
    try:
        if re.fullmatch(r"[0-9]{8}", text):
            found = dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))
        elif re.fullmatch(r"[0-9]{7}", text):
            found = dt.date(int(text[:4]), 1, 1) + dt.timedelta(days=int(text[4:]) - 1)
        elif "/" in text:
            month, day, year = text.split("/")
            found = dt.date(int(year), int(month), int(day))
        else:
            found = dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:20]!r} is no date") from None
    return day_number(found)


def number(text: str) -> str:
    """An amount or a factor as plain decimal text; empty where there is none.

    Raises:
        ValueError: it is no number.
    """
    plain = text.replace("$", "").replace(",", "").strip()
    if plain.upper() in ("", "NA", "N/A", "."):
        return ""
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise ValueError(f"{text[:20]!r} is no number") from None
    if not value.is_finite():
        raise ValueError(f"{text[:20]!r} is no number")
    return format(value, "f")


def code_of(text: str) -> str:
    """A HCPCS or CPT code. Raises ValueError where it is none."""
    plain = text.strip().upper()
    if not _HCPCS.fullmatch(plain):
        raise ValueError(f"{text[:12]!r} is no HCPCS code")
    return plain
