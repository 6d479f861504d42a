"""What a release changes: codes that begin, end, are refined into others, or say something else."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.entry import CodeEntry


class ChangeKind(StrEnum):
    """What happens to a code on a day. ``refined``: longer codes take its place and it can no longer be billed."""

    BEGINS = "begins"
    ENDS = "ends"
    REFINED = "refined"
    BILLABLE = "becomes billable"
    RETITLED = "new title"


@frozen
class CodeChange:
    """A code that is not on ``day`` what it was the day before; ``before`` and ``after`` are its titles."""

    code: str
    kind: ChangeKind
    day: dt.date
    before: str
    after: str


def changes_on(book: CodeBook, day: dt.date, *, system: str = "ICD-10-CM") -> tuple[CodeChange, ...]:
    """Everything that a day changes in a set, in the order of the codes; what is only a header counts too."""
    found = (change_of(book, code, day, system=system) for code in book.changing(system, day))
    return tuple(change for change in found if change is not None)


def next_change_of(book: CodeBook, code: str, on: dt.date, *, system: str = "ICD-10-CM") -> CodeChange | None:
    """What the release after a day does to a code, or None where it leaves the code alone or none is loaded."""
    day = book.next_change(system, on)
    return change_of(book, code, day, system=system) if day is not None else None


def change_of(book: CodeBook, code: str, day: dt.date, *, system: str = "ICD-10-CM") -> CodeChange | None:
    """What happens to a code on a day, or None."""
    before = book.find(system, code, day - dt.timedelta(days=1))
    after = book.find(system, code, day)
    kind = _kind(before, after)
    if kind is None:
        return None
    return CodeChange(
        (after or before).code,  # type: ignore[union-attr]
        kind,
        day,
        before.title if before is not None else "",
        after.title if after is not None else "",
    )


def _kind(before: CodeEntry | None, after: CodeEntry | None) -> ChangeKind | None:
    was, is_now = _valid(before), _valid(after)
    if before is None or after is None or was != is_now:
        if was == is_now:
            return None
        return ChangeKind.BEGINS if is_now else ChangeKind.ENDS
    if not is_now:
        return None
    if before.billable != after.billable:
        return ChangeKind.BILLABLE if after.billable else ChangeKind.REFINED
    return ChangeKind.RETITLED if before.title != after.title else None


def _valid(entry: CodeEntry | None) -> bool:
    return entry is not None and entry.valid
