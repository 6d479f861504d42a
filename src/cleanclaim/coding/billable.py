"""The diagnosis codes that a claim may bear on a date."""

from __future__ import annotations

import datetime as dt

from cleanclaim.codesets.book import CodeBook, CodeEntry


def billable_entry(book: CodeBook, code: str | None, on: dt.date) -> CodeEntry | None:
    """The entry of an ICD-10-CM code that is billable on a date of service; None for a header or no code."""
    entry = book.find("ICD-10-CM", code, on) if code else None
    return entry if entry is not None and entry.billable else None
