"""Dated facts as data: one parameter per file, each with its unit, its citation and its values over time."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.dated import Dated, DatedTable
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import read_reference_yaml, reference_folder

_NAME = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_]+)*")
_ROW = {"from", "to", "value"}


@frozen
class Parameter:
    """A figure that law or a manual sets for a time, such as the sequestration rate.

    ``unit`` is part of the meaning ("basis points", "cents", "days").
    """

    name: str
    unit: str
    citation: Citation
    values: DatedTable[Any]

    def on(self, day: dt.date) -> Any:
        """The value on a day. Raises NotLoaded where the file gives none."""
        return self.values.on(day)


@lru_cache(maxsize=256)
def parameter(name: str) -> Parameter:
    """Read `reference/parameters/<name>.yaml`; ``name`` may hold folders ("medicare/sequestration_rate").

    Raises:
        InputError: no such file, or one that lacks a unit, a citation or dated values.
    """
    if not _NAME.fullmatch(name):
        raise InputError("this is no name of a parameter", why="a name is small letters, digits, _ and /")
    return read_parameter(reference_folder() / "parameters" / f"{name}.yaml", name)


def read_parameter(path: Path, name: str) -> Parameter:
    """Read one parameter file. Raises InputError as `parameter` does, OverlapError for two values on one day."""
    try:
        raw = read_reference_yaml(path)
        values = [_row(row) for row in raw["values"]]
        citation = Citation(**raw["citation"])
        unit = raw["unit"]
        if not values or not isinstance(unit, str):
            raise ValueError("the unit or the values are empty")
    except (OSError, KeyError, TypeError, ValueError, RecursionError, yaml.YAMLError, InputError) as error:
        why = error.what if isinstance(error, InputError) else f"{type(error).__name__}: {error}"
        raise InputError(
            f"the parameter {name} cannot be read",
            where=path.name,
            why=why,
            fix="a parameter file has unit, citation (source, release, where) and values (from, to, value)",
        ) from error
    return Parameter(name, unit, citation, DatedTable(name, values))


def _row(row: dict[str, Any]) -> Dated[Any]:
    unknown = sorted(set(row) - _ROW)
    if unknown:
        raise ValueError(f"unknown field {unknown[0]!r}")
    if isinstance(row["value"], float):
        raise ValueError("a value with a fraction: write it in a smaller unit")
    return Dated(DatePeriod(row["from"], row.get("to")), row["value"])
