"""The notes of the example practice against what its coders released."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.suggest import suggest
from cleanclaim.kernel.resources import examples_folder

_FOLDERS = sorted(path.parent for path in examples_folder().glob("encounters/*/note.txt"))
_DIAGNOSES = ("ICD-10-CM",)


def _encounter(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((folder / "encounter.yaml").read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda folder: folder.name)
def test_the_released_diagnoses_are_suggested_and_the_rejected_are_not(folder: Path, book: CodeBook) -> None:
    encounter = _encounter(folder)
    day = encounter["period"]["to"]
    assert isinstance(day, dt.date)
    text = (folder / "note.txt").read_text(encoding="utf-8")
    result = suggest(text, setting=Setting(encounter["setting"]), on=day, book=book)
    suggested = [
        one.code for one in result.suggestions if one.system in _DIAGNOSES and one.status == "suggested"
    ]
    decision = encounter["decision"]
    rejected = {row["code"] for row in decision["reasons"] if row["verdict"] == "rejected"}
    assert suggested == [row["code"] for row in decision["diagnoses"]]
    assert not rejected & set(suggested)
