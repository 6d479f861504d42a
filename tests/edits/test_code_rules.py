"""The edit tables of the project: whole, cited, and what their manifests say they are."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest
import yaml

from cleanclaim.edits.code_rules import code_rules
from cleanclaim.edits.ranges import code_ranges
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import reference_folder

FOLDER = reference_folder() / "edits"
TABLES = sorted(path for path in FOLDER.glob("*.yaml") if not path.name.endswith(".manifest.yaml"))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_row_has_codes_a_citation_and_an_id_of_its_own(path: Path) -> None:
    rows = code_rules(path.stem)
    assert rows
    assert len({row.rule_id for row in rows}) == len(rows)
    for row in rows:
        assert row.codes
        assert row.citation.source and row.citation.release and row.citation.where


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_table_has_the_manifest_that_fits_it(path: Path) -> None:
    manifest = yaml.safe_load(path.with_name(f"{path.stem}.manifest.yaml").read_text(encoding="utf-8"))
    assert manifest["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    for key in ("source", "release", "valid_from", "licence"):
        assert key in manifest


def test_no_table_has_more_codes_than_rules_need() -> None:
    """Code numbers stand in rules only; a table with thousands of single codes would be somebody's code "
    "set."""
    assert sum(len(row.codes.singles) for path in TABLES for row in code_rules(path.stem)) < 600


def test_a_table_that_is_not_there_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="no_such_table"):
        code_rules("no_such_table")


def test_a_row_holds_on_its_days_only() -> None:
    row = code_rules("places")[0]
    assert row.holds("99213", dt.date(2026, 10, 5))
    assert not row.holds("99216", dt.date(2026, 10, 5))


@pytest.mark.parametrize("bad", ["99213-9921", "99215-99211", ""])
def test_a_range_that_is_none_is_refused(bad: str) -> None:
    with pytest.raises(InputError):
        code_ranges([bad])


def test_a_range_holds_codes_of_its_own_length_only() -> None:
    ranges = code_ranges(["0450-0459", "E0100-E0159"])
    assert "0450" in ranges and "0459" in ranges and "E0143" in ranges
    assert "0460" not in ranges and "04500" not in ranges and "045" not in ranges and "E0160" not in ranges
