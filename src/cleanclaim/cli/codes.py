"""`cleanclaim codes show`, `search` and `status`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cleanclaim.cli.output import DONE, FINDINGS, print_json, print_table, say
from cleanclaim.codesets.book import CodeBook, CodeEntry, open_book
from cleanclaim.kernel.dates import parse_date
from cleanclaim.kernel.errors import InputError

_SYSTEMS = (
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
    "MS-DRG",
)


def show(code: str, *, system: str = "", on: str = "", json: bool = False) -> int:
    """Show a code as it stands on a date.

    Args:
        code: the code, with or without its point.
        system: ICD-10-CM, ICD-10-PCS, HCPCS, ...; left out, the first one that knows the code.
        on: a date as YYYY-MM-DD; left out, the latest day that the loaded release covers.
        json: print JSON.
    """
    book = open_book()
    entry, name, day = _find(book, code, _system(system), _day(on))
    shape = _shape(entry, name, code, day)
    if json:
        print_json(shape)
    else:
        _print_entry(shape, day)
    return DONE if entry is not None else FINDINGS


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
    day = _day(on)
    found = open_book().search(words, system=_system(system) or "ICD-10-CM", on=day, limit=limit)
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

    rows = codes_status(open_book())
    if json:
        print_json(rows)
        return DONE
    columns = ("set", "release", "rows", "valid from", "valid to", "licence", "enables / not checked")
    print_table("Code sets", columns, [_status_row(row) for row in rows], right=("rows",))
    return DONE


def _status_row(row: Any) -> tuple[str, ...]:
    said = row.enables if row.loaded else f"not loaded: {row.not_checked}"
    dates = (str(row.valid_from or ""), str(row.valid_to or ""))
    return (row.system, row.release, f"{row.rows:,}", *dates, row.licence, said)


def _system(given: str) -> str:
    if not given:
        return ""
    plain = given.upper().replace("-", "").replace("_", "").replace(" ", "")
    for system in _SYSTEMS:
        if system.replace("-", "") == plain:
            return system
    raise InputError(f"{given!r} is no code set", fix="name one of " + ", ".join(_SYSTEMS))


def _day(given: str) -> dt.date:
    return parse_date(given, where="--on") if given else dt.datetime.now(dt.UTC).date()


def _find(book: CodeBook, code: str, system: str, day: dt.date) -> tuple[CodeEntry | None, str, dt.date]:
    systems = (system,) if system else _SYSTEMS
    for name in systems:
        entry = book.find(name, code.strip().upper(), day)
        if entry is not None and (system or entry.status != "unknown"):
            return entry, name, day
    return None, system or "ICD-10-CM", day


def _shape(entry: CodeEntry | None, system: str, code: str, day: dt.date) -> dict[str, Any]:
    if entry is None:
        return {
            "system": system,
            "code": code,
            "title": "",
            "valid": False,
            "billable": False,
            "status": "unknown",
            "on": day,
            "notes": {},
        }
    notes = {
        kind: [
            {"text": note.text, "codes": list(note.codes), "from": note.source}
            for note in getattr(entry.notes, kind)
        ]
        for kind in ("includes", "excludes1", "excludes2", "code_first", "use_additional", "code_also")
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
