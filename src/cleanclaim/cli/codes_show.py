"""`cleanclaim codes show`: one code as it stands on a date, with its notes, and on request all its rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cleanclaim.cli.codes import find_code, systems_named
from cleanclaim.cli.days import day_or_today
from cleanclaim.cli.output import DONE, FINDINGS, print_json, say
from cleanclaim.codesets.book import CodeBook, CodeEntry, CodeStatus, open_book

_NOTES = ("includes", "excludes1", "excludes2", "code_first", "use_additional", "code_also")


def show(code: str, *, system: str = "", on: str = "", rules: bool = False, json: bool = False) -> int:
    """Show a code as it stands on a date.

    Args:
        code: the code, with or without its point.
        system: ICD-10-CM, ICD-10-PCS, HCPCS, ...; left out, the first one that knows the code.
        on: a date as YYYY-MM-DD; left out, today.
        rules: also sides, ages, sex, POA, CC and MCC with exclusions, HCC, and what the next release changes.
        json: print JSON.
    """
    book = open_book()
    day = day_or_today(on, "--on")
    systems = systems_named(book, system)
    entry = find_code(book, code, systems, day)
    shape = _shape(book, entry, systems[0], code, day)
    if rules and entry is not None and entry.system == "ICD-10-CM":
        shape["rules"] = _rules(book, entry, day)
    if json:
        print_json(shape)
    else:
        _print_entry(shape, day)
    return DONE if shape["status"] != CodeStatus.UNKNOWN else FINDINGS


def _shape(book: CodeBook, entry: CodeEntry | None, system: str, code: str, day: dt.date) -> dict[str, Any]:
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
        "index": list(book.index_paths(entry.code)) if entry.system == "ICD-10-CM" else [],
    }


def _rules(book: CodeBook, entry: CodeEntry, day: dt.date) -> dict[str, Any]:
    from cleanclaim.codesets.changes import next_change_of
    from cleanclaim.codesets.rules import rules_of
    from cleanclaim.codesets.store import imported_sets
    from cleanclaim.grouping.hcc_categories import hcc_categories

    found = rules_of(book, entry.code, day, store=imported_sets())
    if found is None:
        return {}
    change = next_change_of(book, entry.code, day)
    categories = hcc_categories(entry.code)
    unknown = list(found.unknown)
    if categories is None:
        unknown.append("HCC: the engine that maps diagnoses is not installed")
    return {
        "side": found.side,
        "sides": {str(side): code for side, code in found.sides.items()},
        "manifestation": found.manifestation,
        "external_cause": found.external_cause,
        "unspecified": found.unspecified,
        "never_principal": found.never_principal,
        "needs_seventh": found.needs_seventh,
        "ages": [found.ages.youngest, found.ages.oldest] if found.ages else None,
        "sex": found.sex.sex if found.sex else None,
        "sex_enforced": found.sex.enforced if found.sex else None,
        "poa_exempt": found.poa_exempt,
        "chronic": found.chronic,
        "severity": found.severity or None,
        "not_cc_with": list(found.not_cc_with),
        "hcc": {model: list(one) for model, one in categories.items()} if categories is not None else None,
        "next_change": {"on": change.day, "kind": change.kind, "title": change.after} if change else None,
        "unknown": unknown,
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
    for path in shape.get("index", []):
        say(f"  index: {path}")
    for name, value in shape.get("rules", {}).items():
        if value not in (None, [], {}, False):
            say(f"  {name.replace('_', ' ')}: {_words(value)}")


def _words(value: Any) -> str:
    """A rule on one line."""
    if value is True:
        return "yes"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(one)}" for key, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
