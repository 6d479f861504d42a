"""Relative weights and lengths of stay of MS-DRGs, from the imported Table 5 that governs the discharge."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from cleanclaim.codesets.imported import ImportedStore


@frozen
class DrgWeight:
    """A group's weight, its mean lengths of stay in days, whether a transfer to post-acute care cuts payment."""

    drg: str
    weight: Decimal
    geometric_days: Decimal | None
    arithmetic_days: Decimal | None
    post_acute_transfer: bool
    release: str


def drg_weight(store: ImportedStore | None, drg: str, discharge_date: dt.date) -> DrgWeight | None:
    """The weight of a group on a day of discharge, the capped one where the table caps it; None where not loaded."""
    item = store.find("MS-DRG-WEIGHTS", drg, discharge_date) if store is not None else None
    text = (item.data["capped_weight"] or item.data["weight"]) if item is not None else ""
    if item is None or not text:
        return None
    geometric, arithmetic = item.data["gmlos"], item.data["amlos"]
    return DrgWeight(
        drg,
        Decimal(text),
        Decimal(geometric) if geometric else None,
        Decimal(arithmetic) if arithmetic else None,
        item.data["post_acute"].strip().lower() == "yes",
        item.release,
    )
