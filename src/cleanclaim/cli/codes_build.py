"""`cleanclaim codes build`: a procedure code put together axis by axis from the imported tables."""

from __future__ import annotations

from cleanclaim.cli.days import day_or_today
from cleanclaim.cli.output import DONE, FINDINGS, print_json, print_table
from cleanclaim.codesets.pcs import LENGTH, pcs_tables
from cleanclaim.codesets.store import imported_sets
from cleanclaim.kernel.errors import NotLoaded


def build(beginning: str = "", /, *, on: str = "", json: bool = False) -> int:
    """Show which values may follow the beginning of an ICD-10-PCS code; a whole code is explained.

    Args:
        beginning: none to seven characters of a code.
        on: the day of discharge, YYYY-MM-DD; left out, today.
        json: print JSON.
    """
    day = day_or_today(on, "--on")
    tables = pcs_tables(imported_sets(), day)
    if tables is None:
        raise NotLoaded(
            f"the ICD-10-PCS tables for {day} are not loaded",
            fix="import the official tables XML: cleanclaim codes import FILE",
        )
    if len(beginning.strip()) == LENGTH:
        meaning = tables.explain(beginning) or ()
        rows = [(one.position, one.axis, one.value) for one in meaning]
    else:
        axis = tables.next_axis(beginning)
        rows = [(axis.position, axis.title, value) for value in axis.values] if axis is not None else []
    shown = [
        (str(place), axis, value.character, value.title, value.definition) for place, axis, value in rows
    ]
    names = ("position", "axis", "character", "title", "definition")
    if json:
        print_json([dict(zip(names, row, strict=True)) for row in shown])
    else:
        print_table(f"ICD-10-PCS {beginning.strip().upper()}, {tables.release}", names, shown)
    return DONE if shown else FINDINGS
