"""What a claim says and a paper form has no place for: told by name, so that nothing is left out unseen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

_WORDS = {
    "pick_up": "where the ambulance took the patient up",
    "drop_off": "where the ambulance set the patient down",
    "transport": "the ambulance transport",
    "spinal_treatment": "the spinal treatment",
    "anesthesia_procedures": "the surgery that the anaesthesia was for",
    "patients_transported": "how many patients were transported",
    "certification": "the certification of equipment",
    "equipment": "rent and price of the equipment",
    "forms": "the answers of a form",
    "pay_to_plan": "the plan to be paid",
    "fixed_format": "information in fixed format",
    "patient_due_cents": "what the patient owes by estimate",
    "sales_tax_cents": "the sales tax",
}


def without_place(record: Any, names: Sequence[str]) -> Iterator[str]:
    """The fields among these that a record fills, in words."""
    for name in names:
        if getattr(record, name):
            yield _WORDS.get(name) or name.removesuffix("_cents").replace("_", " ")
