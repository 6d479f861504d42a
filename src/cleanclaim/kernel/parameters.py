"""Dated facts as data: one parameter per file, each with its unit, its citation and its values over time."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.dated import Dated, DatedTable
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import reference_folder


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
    return read_parameter(reference_folder() / "parameters" / f"{name}.yaml", name)


def read_parameter(path: Path, name: str) -> Parameter:
    """Read one parameter file. Raises InputError as `parameter` does."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        values = [Dated(DatePeriod(row["from"], row.get("to")), row["value"]) for row in raw["values"]]
        citation = Citation(**raw["citation"])
        unit = raw["unit"]
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise InputError(
            f"the parameter {name} cannot be read",
            where=path.name,
            why=f"{type(error).__name__}: {error}",
            fix="a parameter file has unit, citation (source, release, where) and values (from, to, value)",
        ) from error
    return Parameter(name, unit, citation, DatedTable(name, values))
