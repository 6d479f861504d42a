"""Until when: the last day for an appeal, a reopening or records, from the day of the remittance."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

import yaml
from attrs import frozen

from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import read_reference_yaml, reference_folder


@frozen
class Deadline:
    """A last day, with where the limit stands.

    ``verify`` is set where the limit varies by contract or state, or its source was not read again: a
    person confirms it before relying on it. ``then`` is the next level after this one, empty at the last.
    """

    payer_kind: str
    event: str
    due_on: dt.date
    days: int
    note: str
    citation: Citation
    verify: bool
    then: str = ""


def payer_kind(filing_indicator: str) -> str:
    """The kind of payer by its claim filing indicator (SBR09), such as "medicare"; "other" when not known."""
    for kind, codes in _raw()["payer_kinds"].items():
        if filing_indicator in codes:
            return str(kind)
    return "other"


def deadline_for(
    filing_indicator: str, remitted_on: dt.date, *, event: str = "appeal", contract_days: int | None = None
) -> Deadline | None:
    """The last day for an event after an answer, or None where no limit is known for that kind of payer.

    ``contract_days`` is the practice's own figure for the payer and goes before the table's. The last day
    is not moved off a weekend: to be early is the safe side.
    """
    kind = payer_kind(filing_indicator)
    if contract_days is not None:
        own = Citation("contract", "as entered", "appeal time of this payer")
        due_on = remitted_on + dt.timedelta(days=contract_days)
        return Deadline(kind, event, due_on, contract_days, "Entered for this payer.", own, verify=False)
    row = _rows().get((kind, event))
    if row is None:
        return None
    due_on = remitted_on + dt.timedelta(days=row["days"] + row["presumed_receipt_days"])
    verify = row["checked"] != "seen"
    citation = Citation(**row["citation"])
    return Deadline(kind, event, due_on, row["days"], row["note"], citation, verify, row["then"])


@lru_cache(maxsize=1)
def _rows() -> dict[tuple[str, str], dict[str, Any]]:
    return {(row["payer_kind"], row["event"]): row for row in _raw()["deadlines"]}


@lru_cache(maxsize=1)
def _raw() -> dict[str, Any]:
    path = reference_folder() / "denials" / "deadlines.yaml"
    try:
        raw: dict[str, Any] = read_reference_yaml(path)
    except (OSError, yaml.YAMLError) as error:
        raise InputError(
            "the table of deadlines cannot be read", where=path.name, why=f"{type(error).__name__}: {error}"
        ) from error
    return raw
