"""`cleanclaim codes search` and `status`, and how a code and its set are found by name."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from cleanclaim.cli.days import day_or_today
from cleanclaim.cli.output import DONE, FINDINGS, print_json, print_table, say
from cleanclaim.codesets.book import CodeBook, CodeEntry, CodeStatus, open_book
from cleanclaim.codesets.changes import CodeChange
from cleanclaim.codesets.results import coming, grouped
from cleanclaim.codesets.store import imported_sets
from cleanclaim.kernel.errors import InputError

if TYPE_CHECKING:
    from cleanclaim.codesets.status import SetStatus

_USUAL_ORDER = (
    "ICD-10-CM",
    "ICD-10-PCS",
    "HCPCS",
    "CPT",
    "MODIFIER",
    "POS",
    "REVENUE",
    "TOB",
    "CARC",
    "RARC",
)


def search(
    words: str, *, system: str = "ICD-10-CM", on: str = "", limit: int = 20, json: bool = False
) -> int:
    """Find codes by words, abbreviations or the beginning of a code.

    Args:
        words: what to look for.
        system: the code set.
        on: a date as YYYY-MM-DD.
        limit: how many at most.
        json: print JSON.
    """
    if limit < 1:
        raise InputError("the limit is below 1", fix="give how many codes to show at most")
    day, book = day_or_today(on, "--on"), open_book()
    name = systems_named(book, system)[0]
    found = book.search(words, system=name, on=day, limit=limit)
    if json:
        print_json([{"system": item.system, "code": item.code, "title": item.title} for item in found])
        return DONE if found else FINDINGS
    rows = [
        (hit.entry.code, hit.entry.title, "" if hit.entry.billable else "header", _next(hit.change))
        for group in grouped(book, found, day)
        for hit in group.hits
    ]
    columns = ("code", "title", "billing", "next release")
    told = [place for place in range(len(columns)) if place < 2 or any(row[place] for row in rows)]
    print_table(
        f"{words} on {day}",
        [columns[place] for place in told],
        [[row[place] for place in told] for row in rows],
    )
    for entry in coming(book, words, day, system=name):
        say(f"From the next release: {entry.code} {entry.title}")
    return DONE if found else FINDINGS


def status(*, json: bool = False) -> int:
    """List what is loaded, what it enables, and which checks are not made without the rest.

    Args:
        json: print JSON.
    """
    from cleanclaim.codesets.status import codes_status

    rows = codes_status(open_book(), imported_sets(), day_or_today("", "--on"))
    if json:
        print_json(rows)
        return DONE
    columns = (
        "set",
        "state",
        "release",
        "rows",
        "first day",
        "last day",
        "licence",
        "enables",
        "not checked",
    )
    print_table("Code sets", columns, [_status_row(row) for row in rows], right=("rows",))
    for row in rows:
        if row.warning:
            say(f"{row.system}: {row.warning}.")
    return DONE


def _next(change: CodeChange | None) -> str:
    return f"{change.kind} {change.day}" if change is not None else ""


def _status_row(row: SetStatus) -> tuple[str, ...]:
    days = (str(row.first or ""), str(row.last or ""))
    rows = f"{row.rows:,}"
    return (row.system, row.state.value, row.release, rows, *days, row.licence, row.enables, row.not_checked)


def systems_named(book: CodeBook, given: str) -> tuple[str, ...]:
    """The code set that was named, or all of them in the order in which a code is looked for."""
    known = tuple(dict.fromkeys((*_USUAL_ORDER, *(one.system for one in book.sets()))))
    if not given:
        return known
    for system in known:
        if _letters(system) == _letters(given):
            return (system,)
    raise InputError("there is no such code set", where="--system", fix="name one of " + ", ".join(known))


def _letters(name: str) -> str:
    return "".join(character for character in name.upper() if character.isalnum())


def find_code(book: CodeBook, code: str, systems: tuple[str, ...], day: dt.date) -> CodeEntry | None:
    """The entry of the first set that knows the code, else of the first to whose shape it fits, else None."""
    found = [book.find(system, code.strip().upper(), day) for system in systems]
    entries = [entry for entry in found if entry is not None]
    known = [entry for entry in entries if entry.status != CodeStatus.UNKNOWN]
    return next(iter(known or entries), None)
