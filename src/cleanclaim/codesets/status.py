"""What is loaded and what is not: one row for each code set, with the checks that are therefore not made."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import frozen

from cleanclaim.codesets.book import CodeBook


class SetState(StrEnum):
    """How much of a set is there: all of it, a few codes, or nothing."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    ABSENT = "absent"


@frozen
class SetStatus:
    """One line of `codes status`. ``rows`` counts codes; ``first`` and ``last`` bound the days covered."""

    system: str
    state: SetState
    release: str
    rows: int
    first: dt.date | None
    last: dt.date | None
    licence: str
    source: str
    enables: str
    not_checked: str


_ABSENT = (
    (
        "CPT",
        "American Medical Association, licensed",
        "the user's licensed files",
        "whether a CPT code exists on the day, its status and its descriptor",
    ),
    (
        "ICD-10-CM index",
        "US government work, public domain",
        "the official Alphabetic Index XML",
        "nothing is refused for it; search and coding do not know the index's terms",
    ),
    (
        "ICD-10-PCS tables",
        "US government work, public domain",
        "the official tables and definitions XML",
        "titles of procedures and the builder",
    ),
    (
        "MS-DRG weights",
        "US government work, public domain",
        "Table 5 of the IPPS final rule",
        "relative weights and lengths of stay",
    ),
    (
        "POA exempt list",
        "US government work, public domain",
        "the CMS list of the fiscal year",
        "a missing POA indicator where our own short list does not decide",
    ),
)


def codes_status(book: CodeBook) -> list[SetStatus]:
    """Every code set: what is loaded of it, and what is not checked without the rest; by name."""
    rows = [
        SetStatus(
            one.system,
            SetState.COMPLETE if one.complete else SetState.PARTIAL,
            one.release,
            one.rows,
            one.first,
            one.last,
            one.licence,
            one.source,
            one.enables,
            one.without,
        )
        for one in book.sets()
    ]
    there = {row.system for row in rows}
    rows += [
        SetStatus(system, SetState.ABSENT, "", 0, None, None, licence, f"import {source}", "", lacking)
        for system, licence, source, lacking in _ABSENT
        if system not in there
    ]
    return sorted(rows, key=lambda row: row.system)
