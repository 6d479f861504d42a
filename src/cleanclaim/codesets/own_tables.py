"""The project's own small tables of codes: tab-separated rows, each table with a manifest that proves it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import yaml
from attrs import frozen

from cleanclaim.codesets.periods import OPEN, day_number
from cleanclaim.kernel.errors import InputError


@frozen
class OwnRow:
    """A row: a code, our words for it, the days on which it holds (CCYYMMDD numbers) and other columns."""

    code: str
    title: str
    first: int
    last: int
    extra: dict[str, str]


@frozen
class OwnTable:
    """A table and its manifest: system, source, release, dates, licence, whether it is the whole set."""

    system: str
    manifest: dict[str, Any]
    rows: tuple[OwnRow, ...]


def own_table_files(folder: Path) -> list[Path]:
    """The tables of a folder, in order of name; a table is a `.tsv` beside a `.manifest.yaml`."""
    return sorted(folder.glob("*.tsv"))


def read_own_table(path: Path) -> OwnTable:
    """Read one table and hold it against its manifest.

    Raises:
        InputError: no manifest, a manifest without a needed key, another sha256, or a row out of shape.
    """
    try:
        manifest = yaml.safe_load(path.with_suffix(".manifest.yaml").read_text(encoding="utf-8"))
        raw = path.read_bytes()
        expected = manifest["sha256"]
        system = str(manifest["system"])
        for key in ("source", "release", "licence", "complete", "enables", "without"):
            manifest[key]
    except (OSError, KeyError, TypeError, yaml.YAMLError) as error:
        raise InputError(
            "the table has no usable manifest", where=path.name, why=f"{type(error).__name__}: {error}"
        ) from error
    if hashlib.sha256(raw).hexdigest() != expected:
        raise InputError(
            "the table differs from its manifest",
            where=path.name,
            why="the sha256 does not fit",
            fix="restore the file, or check the change and write the new sha256 into the manifest",
        )
    return OwnTable(system, manifest, tuple(_rows(path.name, raw.decode("utf-8"))))


def _rows(name: str, text: str) -> list[OwnRow]:
    rows = []
    for number, row in enumerate(csv.DictReader(text.splitlines(), delimiter="\t", strict=True), start=2):
        try:
            if None in row or None in row.values():
                raise ValueError("it has more or fewer columns than the header")
            code, title = row.pop("code"), row.pop("title")
            first, last = _day(row.pop("valid_from", ""), 0), _day(row.pop("valid_to", ""), OPEN)
            rows.append(OwnRow(code, title, first, last, dict(row)))
        except (KeyError, ValueError, AttributeError) as error:
            raise InputError(
                "a row is out of shape", where=f"{name} line {number}", why=str(error)
            ) from error
    return rows


def _day(text: str | None, otherwise: int) -> int:
    return day_number(dt.date.fromisoformat(text)) if text else otherwise
