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
from cleanclaim.kernel.resources import reference_folder


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
    """Read a table of reason codes. Raises InputError: a row lacks a field or two rows hold on one day."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows: dict[str, list[Dated[AdjustmentReason]]] = {}
        for item in raw["reasons"]:
            period = DatePeriod(item.get("from", EARLIEST), item.get("to"))
            rows.setdefault(str(item["code"]), []).append(Dated(period, _reason(item)))
        citation = Citation(**raw["citation"])
    except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise InputError(
            "the table of adjustment reasons cannot be read",
            where=path.name,
            why=f"{type(error).__name__}: {error}",
            fix="each row has code, treatment, category, label, fixer, actions, advice and bill_patient",
        ) from error
    return ReasonTable(citation, {code: DatedTable(f"CARC {code}", dated) for code, dated in rows.items()})


def _reason(item: dict[str, Any]) -> AdjustmentReason:
    return AdjustmentReason(
        code=str(item["code"]),
        treatment=Treatment(item["treatment"]),
        category=item["category"],
        label=item["label"],
        fixer=item["fixer"],
        actions=tuple(item["actions"]),
        advice=item["advice"],
        bill_patient=BillPatient(item["bill_patient"]),
        remarks=tuple(item.get("remarks", ())),
        checked=item.get("checked", "read"),
    )
