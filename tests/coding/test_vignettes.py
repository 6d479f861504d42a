"""Eighty short visits with the code of their level, in two halves by a hash of the text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from cleanclaim.coding.records import CodingResult

_ROWS = yaml.safe_load((Path(__file__).parent / "gold" / "vignettes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("half", [0, 1], ids=["tuned", "held back"])
def test_the_level_is_exact(half: int, coder: Callable[..., CodingResult]) -> None:
    rows = [row for row in _ROWS if hashlib.sha256(row["note"].encode()).digest()[0] % 2 == half]
    right = 0
    for row in rows:
        level = coder(row["note"], row.get("setting", "outpatient")).em
        right += level is not None and level.code == row["code"] and level.by == row.get("by", level.by)
    print(f"{right} of {len(rows)}")
    assert right / len(rows) >= 0.90


def test_there_are_eighty() -> None:
    assert len(_ROWS) >= 80
