"""`cleanclaim codes show`, `search` and `status`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from cleanclaim.cli.days import day_or_today
from cleanclaim.cli.output import DONE, FINDINGS, print_json, print_table, say
from cleanclaim.codesets.book import CodeBook, CodeEntry, CodeStatus, open_book
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
_NOTES = ("includes", "excludes1", "excludes2", "code_first", "use_additional", "code_also")


def show(code: str, *, system: str = "", on: str = "", json: bool = False) -> int:
    """Show a code as it stands on a date.

    Args:
        code: the code, with or without its point.
        system: ICD-10-CM, ICD-10-PCS, HCPCS, ...; left out, the first one that knows the code.
        on: a date as YYYY-MM-DD; left out, today.
        json: print JSON.
    """
    book = open_book()
    day = day_or_today(on, "--on")
    entry = _find(book, code, _systems(book, system), day)
    shape = _shape(entry, _system(book, system), code, day)
    if json:
        print_json(shape)
    else:
        _print_entry(shape, day)
    return DONE if shape["status"] != CodeStatus.UNKNOWN else FINDINGS


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
    found = book.search(words, system=_system(book, system), on=day, limit=limit)
    if json:
        print_json([{"system": item.system, "code": item.code, "title": item.title} for item in found])
    else:
        print_table(f"{words} on {day}", ("code", "title"), ((item.code, item.title) for item in found))
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


def _status_row(row: SetStatus) -> tuple[str, ...]:
    days = (str(row.first or ""), str(row.last or ""))
    rows = f"{row.rows:,}"
    return (row.system, row.state.value, row.release, rows, *days, row.licence, row.enables, row.not_checked)


def _system(book: CodeBook, given: str) -> str:
    """The code set as it is named here. Raises InputError naming those there are."""
    return _systems(book, given)[0]


def _systems(book: CodeBook, given: str) -> tuple[str, ...]:
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


def _find(book: CodeBook, code: str, systems: tuple[str, ...], day: dt.date) -> CodeEntry | None:
    """The entry of the first set that knows the code, else of the first to whose shape it fits, else None."""
    found = [book.find(system, code.strip().upper(), day) for system in systems]
    entries = [entry for entry in found if entry is not None]
    known = [entry for entry in entries if entry.status != CodeStatus.UNKNOWN]
    return next(iter(known or entries), None)


def _shape(entry: CodeEntry | None, system: str, code: str, day: dt.date) -> dict[str, Any]:
    if entry is None:
        return {
            "system": system,
            "code": code,
            "title": "",
            "valid": False,
            "billable": False,
            "status": CodeStatus.UNKNOWN,
            "on": day,
            "valid_from": None,
            "valid_to": None,
            "notes": {**{kind: [] for kind in _NOTES}, "seventh": {}},
        }
    notes = {
        kind: [
            {"text": note.text, "codes": list(note.codes), "from": note.source}
            for note in getattr(entry.notes, kind)
        ]
        for kind in _NOTES
    }
    return {
        "system": entry.system,
        "code": entry.code,
        "title": entry.title,
        "valid": entry.valid,
        "billable": entry.billable,
        "status": entry.status,
        "on": day,
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
        "notes": {**notes, "seventh": dict(entry.seventh)},
        "index": list(open_book().index_paths(entry.code)) if entry.system == "ICD-10-CM" else [],
    }


def _print_entry(shape: dict[str, Any], day: dt.date) -> None:
    say(f"{shape['code']}  {shape['title'] or '(no title loaded)'}")
    say(f"{shape['system']} on {day}: {shape['status']}")
    for kind, notes in shape["notes"].items():
        if kind == "seventh":
            for character, meaning in notes.items():
                say(f"  seventh {character}: {meaning}")
            continue
        for note in notes:
            say(f"  {kind.replace('_', ' ')} (at {note['from']}): {note['text']}")
