"""`cleanclaim codes pcs`: a procedure code put together axis by axis from the imported tables."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cleanclaim.cli.days import day_or_today
from cleanclaim.cli.output import DONE, FINDINGS, print_json, print_table, say
from cleanclaim.codesets.pcs import LENGTH, AxisMeaning, AxisValue, PcsTables, newest_tables, pcs_tables
from cleanclaim.codesets.store import imported_sets
from cleanclaim.kernel.errors import InputError, NotLoaded

_SHOWN_NAMES = 6


def pcs(beginning: str = "", /, *, on: str = "", key: str = "", json: bool = False) -> int:
    """Show which values may follow the beginning of an ICD-10-PCS code; a whole code is explained axis by axis.

    Args:
        beginning: none to seven characters of a code.
        on: the day of discharge, YYYY-MM-DD; left out, today.
        key: only values that are called so, by the body-part and device keys too ("hallux", "rectus abdominis").
        json: print JSON.
    """
    begun = beginning.strip().upper()
    if len(begun) > LENGTH:
        raise InputError("the code is too long", fix=f"give none to {LENGTH} characters")
    tables = _tables(day_or_today(on, "--on"))
    if key and not tables.has_keys:
        raise NotLoaded(
            "the body-part and device keys are not loaded",
            fix="import the official definitions XML: cleanclaim codes import FILE",
        )
    rows = _rows(tables, begun, key)
    if json:
        print_json([_shape(row) for row in rows])
    else:
        shown = [(str(row.position), row.axis, row.value.character, *_words(row.value)) for row in rows]
        columns = ("position", "axis", "character", "title", "definition", "also")
        print_table(f"ICD-10-PCS {begun}, {tables.release}", columns, shown)
        if not tables.has_keys:
            say("Without the definitions XML no definition and no body-part or device key is shown.")
    return DONE if rows else FINDINGS


def _tables(day: dt.date) -> PcsTables:
    store = imported_sets()
    tables = pcs_tables(store, day)
    if tables is not None:
        return tables
    newest = newest_tables(store)
    why = f"the newest are {newest.release}, {newest.first} to {newest.last}" if newest is not None else ""
    raise NotLoaded(
        f"the ICD-10-PCS tables for {day} are not loaded",
        why=why,
        fix="import the official tables XML: cleanclaim codes import FILE",
    )


def _rows(tables: PcsTables, begun: str, key: str) -> list[AxisMeaning]:
    if len(begun) == LENGTH:
        return list(tables.explain(begun) or ())
    axis = tables.next_axis(begun)
    if axis is None:
        return []
    return [
        AxisMeaning(axis.position, axis.title, value)
        for value in axis.values
        if not key or value.named_by(key)
    ]


def _shape(row: AxisMeaning) -> dict[str, Any]:
    return {
        "position": row.position,
        "axis": row.axis,
        "character": row.value.character,
        "title": row.value.title,
        "definition": row.value.definition,
        "explanation": row.value.explanation,
        "includes": list(row.value.includes),
    }


def _words(value: AxisValue) -> tuple[str, str, str]:
    more = len(value.includes) - _SHOWN_NAMES
    names = "; ".join(value.includes[:_SHOWN_NAMES]) + (f"; and {more} more" if more > 0 else "")
    return value.title, value.definition, names
