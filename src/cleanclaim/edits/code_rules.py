"""Small tables of our own in `reference/edits/`: rows of codes with what holds for them, dated and cited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml
from attrs import frozen

from cleanclaim.edits.ranges import CodeRanges, code_ranges
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import read_reference_yaml, reference_folder

_OWN_KEYS = {"id", "codes", "from", "to", "citation"}
_OPEN_START = dt.date(1900, 1, 1)


@frozen
class CodeRule:
    """One row: the codes it is about, the days on which it holds, its citation, its own values by name."""

    rule_id: str
    codes: CodeRanges
    period: DatePeriod
    citation: Citation
    values: Mapping[str, Any]

    def holds(self, code: str, on: dt.date) -> bool:
        """Whether the row is about that code on that day."""
        return code in self.codes and self.period.contains(on)


@lru_cache(maxsize=64)
def code_rules(table: str) -> tuple[CodeRule, ...]:
    """The rows of `reference/edits/<table>.yaml`, in the file's order.

    Raises:
        InputError: no such file, or a row without codes or without a citation of its own or of the table.
    """
    path = reference_folder() / "edits" / f"{table}.yaml"
    try:
        raw = read_reference_yaml(path)
        return tuple(
            _read_row(row, raw, f"{table} row {number}") for number, row in enumerate(raw["rows"], 1)
        )
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise InputError(
            f"the edit table {table} cannot be read",
            where=path.name,
            why=f"{type(error).__name__}: {error}",
            fix="an edit table has citation and rows (id, codes, from, to, values)",
        ) from error


def _read_row(row: Mapping[str, Any], table: Mapping[str, Any], where: str) -> CodeRule:
    citation = {**table.get("citation", {}), **row.get("citation", {})}
    return CodeRule(
        rule_id=row["id"],
        codes=code_ranges(row["codes"], where=where),
        period=DatePeriod(row.get("from", _OPEN_START), row.get("to")),
        citation=Citation(citation["source"], str(citation["release"]), citation["where"]),
        values={key: value for key, value in row.items() if key not in _OWN_KEYS},
    )
