"""What an adjustment reason code does to a balance: one dated table, so that no two rooms can disagree."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from cleanclaim.claims.adjustment import AdjustmentGroup
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.dated import Dated, DatedTable
from cleanclaim.kernel.dates import EARLIEST, DatePeriod
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import read_reference_yaml, reference_folder

_TEXTS = ("code", "category", "label", "fixer", "advice", "checked")
_LISTS = ("actions", "remarks")
_ROW = {"treatment", "bill_patient", "from", "to"}


class Treatment(StrEnum):
    """What kind of fact a reason code states about the money.

    ``denial`` is refused and stays owed; ``patient`` the plan's share for the patient; ``prior-payer``
    repeats what an earlier payer did; ``hold`` is not decided, or owed by somebody a person must name.
    """

    CONTRACTUAL = "contractual"
    SEQUESTRATION = "sequestration"
    OTHER = "other"
    INTEREST = "interest"
    PATIENT = "patient"
    PRIOR_PAYER = "prior-payer"
    DENIAL = "denial"
    HOLD = "hold"


class BillPatient(StrEnum):
    """Whether the patient may be asked: yes, no, only under group PR, or after a person has looked."""

    YES = "yes"
    NO = "no"
    IF_PR = "if-pr"
    REVIEW = "review"


@frozen
class AdjustmentReason:
    """One claim adjustment reason code in our own words.

    ``fixer`` is whose work it is, ``actions`` what to do in order (codes such as CORRECT7, APPEAL),
    ``remarks`` the remark codes that often come with it, ``checked`` whether the row was read in a source
    or is recalled ("read", "recalled").
    """

    code: str
    treatment: Treatment
    category: str
    label: str
    fixer: str
    actions: tuple[str, ...]
    advice: str
    bill_patient: BillPatient
    remarks: tuple[str, ...] = ()
    checked: str = "read"

    def is_denial(self) -> bool:
        """Whether the payer refuses to pay."""
        return self.treatment is Treatment.DENIAL

    def patient_owes(self, group: str) -> bool:
        """Whether an amount under this group is the patient's, without a person having to look first."""
        if group != AdjustmentGroup.PATIENT:
            return False
        return self.treatment is Treatment.PATIENT or self.bill_patient in {
            BillPatient.YES,
            BillPatient.IF_PR,
        }


@frozen
class ReasonTable:
    """All reason codes, each with the days on which it holds."""

    citation: Citation
    rows: dict[str, DatedTable[AdjustmentReason]]

    def find(self, code: str, on: dt.date) -> AdjustmentReason | None:
        """The meaning of a code on a day (the payment's), or None where the table has none."""
        row = self.rows.get(code.strip().upper().lstrip("0"))
        return row.find(on) if row is not None else None


@lru_cache(maxsize=1)
def reason_table() -> ReasonTable:
    """The table of `reference/denials/carc.yaml`. Raises InputError where it cannot be read."""
    return read_reason_table(reference_folder() / "denials" / "carc.yaml")


def read_reason_table(path: Path) -> ReasonTable:
    """Read a table of reason codes.

    Raises:
        InputError: a row lacks a field, has one that is not known or of another kind, or the file is no table.
        OverlapError: two rows of one code hold on one day.
    """
    rows: dict[str, list[Dated[AdjustmentReason]]] = {}
    try:
        raw = read_reference_yaml(path)
        for place, item in enumerate(raw["reasons"], 1):
            reason = _reason(item, place)
            period = DatePeriod(item.get("from", EARLIEST), item.get("to"))
            rows.setdefault(reason.code, []).append(Dated(period, reason))
        citation = Citation(**raw["citation"])
    except (OSError, KeyError, TypeError, ValueError, RecursionError, yaml.YAMLError, InputError) as error:
        why = error.what if isinstance(error, InputError) else f"{type(error).__name__}: {error}"
        raise InputError(
            "the table of adjustment reasons cannot be read",
            where=path.name,
            why=why,
            fix="each row has code, treatment, category, label, fixer, actions, advice and bill_patient",
        ) from error
    return ReasonTable(citation, {code: DatedTable(f"CARC {code}", dated) for code, dated in rows.items()})


def _reason(item: dict[str, Any], place: int) -> AdjustmentReason:
    where = f"row {place}"
    unknown = sorted(set(item) - _ROW - set(_TEXTS) - set(_LISTS))
    if unknown:
        raise ValueError(f"{where} has the unknown field {unknown[0]}")
    texts = {name: item[name] for name in _TEXTS if name in item or name != "checked"}
    lists = {name: item[name] for name in _LISTS if name in item or name != "remarks"}
    for name, value in texts.items():
        if not isinstance(value, str) or not value:
            raise ValueError(f"{where}: {name} is not text")
    for name, values in lists.items():
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise ValueError(f"{where}: {name} is not a list of texts")
    return AdjustmentReason(
        treatment=Treatment(item["treatment"]),
        bill_patient=BillPatient(item["bill_patient"]),
        actions=tuple(lists["actions"]),
        remarks=tuple(lists.get("remarks", ())),
        **texts,
    )
