from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from cleanclaim.grouping.drg import DrgCase
from cleanclaim.grouping.mce import edit_stay
from cleanclaim.grouping.what_if import drg_what_if


def stay(*diagnoses: tuple[str, str], **changed: Any) -> DrgCase:
    fields: dict[str, Any] = {
        "case_id": "C1", "discharge_date": dt.date(2026, 10, 2), "age": 70, "sex": "F", "discharge_status": "01",
        "diagnoses": diagnoses,
    }  # fmt: skip
    return DrgCase(**{**fields, **changed})


@pytest.mark.parametrize(
    ("case", "name"),
    [
        (stay(("W10.9XXA", "Y")), "E_CODE_AS_PDX"),
        (stay(("Z99.999", "Y")), "INVALID_CODE"),
        (stay(("J18.9", "Y"), ("O80", "Y"), age=70), "AGE_CONFLICT"),
    ],
)
def test_the_editor_names_what_is_wrong(case: DrgCase, name: str) -> None:
    result = edit_stay(case)
    assert result.reason == ""
    assert name in {one.name for one in result.edits}
    assert all(one.text and one.count for one in result.edits)


def test_a_sound_stay_raises_nothing_and_a_case_that_is_none_says_why() -> None:
    assert edit_stay(stay(("J18.9", "Y"), ("I10", "Y"))).edits == ()
    assert edit_stay(stay()).reason


def test_the_code_that_drives_the_group_is_told() -> None:
    changes = drg_what_if(stay(("J18.9", "Y"), ("J96.01", "Y"), ("I10", "Y")), (("I46.9", "Y"),))
    matters = {(one.kind, one.code): (one.before, one.after) for one in changes if one.matters()}
    assert ("without", "J96.01") in matters
    assert ("without", "I10") not in matters
    assert matters["without", "J96.01"][0] == "193"
    assert [(one.kind, one.code) for one in changes] == [
        ("without", "J96.01"),
        ("without", "I10"),
        ("with", "I46.9"),
    ]


def test_each_code_counts_by_the_weight_that_the_group_loses_without_it() -> None:
    weights = {"193": Decimal("1.3"), "195": Decimal("0.6")}
    case = stay(("J18.9", "Y"), ("J96.01", "Y"), ("I10", "Y"))
    changes = {one.code: one.weight_change for one in drg_what_if(case, weight_of=weights.get)}
    assert changes == {"J96.01": Decimal("-0.7"), "I10": Decimal(0)}
    assert {one.weight_change for one in drg_what_if(case)} == {None}
