"""The day a command is about."""

from __future__ import annotations

import datetime as dt

from cleanclaim.kernel.dates import parse_date


def day_or_today(given: str, option: str) -> dt.date:
    """The day given as YYYY-MM-DD, or today where this machine stands. Raises DateError naming the option."""
    return parse_date(given, where=option) if given else dt.datetime.now().astimezone().date()
