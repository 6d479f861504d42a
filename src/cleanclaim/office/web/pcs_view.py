"""What the PCS builder shows: the seven places of a code, and the values that may come next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cleanclaim.codesets.book import open_book
from cleanclaim.codesets.pcs import LENGTH, PcsTables, newest_tables, pcs_tables
from cleanclaim.codesets.store import imported_sets

AXES = ("Section", "Body System", "Operation", "Body Part", "Approach", "Device", "Qualifier")
PCS = "ICD-10-PCS"


def builder_page(begun: str, on: dt.date) -> dict[str, Any]:
    """The builder for the beginning of a code on a day of discharge.

    ``reached`` is as much of the beginning as leads to a code; what follows it is dropped and said.
    """
    store = imported_sets()
    tables = pcs_tables(store, on)
    newest = newest_tables(store) if tables is None else None
    typed = begun.strip().upper()
    if tables is None:
        return {"tables": None, "newest": newest, "reached": "", "typed": typed, "entry": _entry(typed, on)}
    reached = typed[:LENGTH]
    axis = tables.next_axis(reached)
    while axis is None:
        reached = reached[:-1]
        axis = tables.next_axis(reached)
    return {
        "tables": tables,
        "typed": typed,
        "reached": reached,
        "dropped": typed[len(reached) :],
        "places": _places(tables, reached),
        "axis": axis,
        "whole": len(reached) == LENGTH,
        "entry": _entry(reached, on),
    }


def _places(tables: PcsTables, reached: str) -> list[dict[str, Any]]:
    """The seven places: what is chosen, and for each chosen one the beginning before it."""
    places = []
    for number in range(LENGTH):
        axis = tables.next_axis(reached[:number]) if number <= len(reached) else None
        character = reached[number : number + 1]
        value = next((one for one in axis.values if one.character == character), None) if axis else None
        places.append(
            {
                "number": number + 1,
                "name": axis.title if axis is not None else AXES[number],
                "value": value,
                "before": reached[:number],
                "is_next": number == len(reached),
            }
        )
    return places


def _entry(code: str, on: dt.date) -> Any:
    return open_book().find(PCS, code, on) if len(code) == LENGTH else None
