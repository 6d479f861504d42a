from __future__ import annotations

import json

import pytest

NOTES = {"includes", "excludes1", "excludes2", "code_first", "use_additional", "code_also", "seventh"}


def shown(call, *arguments):
    done = call("codes", "show", *arguments, "--json")
    return done.status, json.loads(done.out)


def test_a_code_is_shown_as_it_stands_on_a_day(call):
    status, code = shown(call, "E11.65", "--on", "2026-11-01")
    assert status == 0
    assert (code["system"], code["code"], code["valid"], code["billable"], code["status"]) == (
        "ICD-10-CM",
        "E11.65",
        True,
        True,
        "billable",
    )
    assert "hyperglycemia" in code["title"]
    assert set(code["notes"]) == NOTES
    inherited = [note for kind in NOTES - {"seventh"} for note in code["notes"][kind]]
    assert inherited
    assert all(set(note) == {"text", "codes", "from"} for note in inherited)
    assert "E11" in {note["from"] for note in inherited}


def test_a_header_is_valid_and_not_billable(call):
    status, code = shown(call, "e11", "--on", "2026-11-01")
    assert (status, code["valid"], code["billable"], code["status"]) == (0, True, False, "header")


def test_characters_that_complete_a_code_are_told(call):
    assert shown(call, "S93.401", "--on", "2026-11-01")[1]["notes"]["seventh"].keys() >= {"A", "D", "S"}


@pytest.mark.parametrize(
    ("code", "system"),
    [
        ("0SRC0J9", "ICD-10-PCS"),
        ("J3301", "HCPCS"),
        ("0450", "REVENUE"),
        ("207Q00000X", "TAXONOMY"),
    ],
)
def test_a_code_is_found_in_the_set_that_knows_it(call, code, system):
    assert shown(call, code, "--on", "2026-11-01")[1]["system"] == system


@pytest.mark.parametrize("written", ["ICD-10-CM", "icd10cm", "icd 10 cm", "ICD_10_CM"])
def test_a_set_may_be_written_in_its_usual_ways(call, written):
    assert shown(call, "I10", "--system", written, "--on", "2026-11-01")[1]["system"] == "ICD-10-CM"


def test_what_no_set_knows_is_unknown_and_exit_1(call):
    status, code = shown(call, "XYZ99", "--on", "2026-11-01")
    assert (status, code["valid"], code["billable"], code["status"], code["code"]) == (
        1,
        False,
        False,
        "unknown",
        "XYZ99",
    )
    assert set(code["notes"]) == NOTES


def test_a_code_of_a_set_that_is_not_loaded_is_unknown_in_that_set(call):
    status, code = shown(call, "99213", "--on", "2026-11-01")
    assert (status, code["system"], code["status"]) == (1, "CPT", "unknown")


def test_the_same_day_is_the_same_answer_in_words(call):
    done = call("codes", "show", "E11.65", "--on", "2026-11-01")
    assert done.status == 0
    assert "E11.65" in done.out
    assert call("codes", "show", "XYZ99").status == 1


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("show", "I10", "--system", "ICD-11"), "no such code set"),
        (("show", "I10", "--on", "soon"), "--on"),
        (("search", "x", "--on", "2026-13-01"), "--on"),
        (("search", "x", "--system", "NOPE"), "ICD-10-CM"),
        (("search", "x", "--limit", "0"), "limit"),
        (("search", "x", "--limit", "-5"), "limit"),
    ],
)
def test_a_wrong_call_is_one_sentence(call, words, named):
    call("codes", *words).refused(named)


def test_a_search_finds_and_says_when_it_does_not(call):
    done = call(
        "codes", "search", "type 2 diabetes hyperglycemia", "--on", "2026-11-01", "--limit", "5", "--json"
    )
    found = json.loads(done.out)
    assert done.status == 0
    assert 0 < len(found) <= 5
    assert found[0] == {"system": "ICD-10-CM", "code": "E11.65", "title": found[0]["title"]}
    assert call("codes", "search", "type 2 diabetes", "--on", "2026-11-01").status == 0
    nothing = call("codes", "search", "qqqzzzqqq", "--json")
    assert (nothing.status, json.loads(nothing.out)) == (1, [])


@pytest.mark.parametrize("words", ["", " ", "'", '"', "%", "a" * 10_000, "\u202e", "a AND (b", "* OR 1"])
def test_any_words_can_be_searched_for(call, words):
    assert call("codes", "search", words, "--json").status in (0, 1)


def test_the_status_says_what_is_loaded_and_what_is_not_checked_without_the_rest(call):
    done = call("codes", "status", "--json")
    rows = {row["system"]: row for row in json.loads(done.out)}
    assert done.status == 0
    assert rows["ICD-10-CM"]["rows"] > 70_000
    assert rows["CPT"]["not_checked"]
    table = call("codes", "status")
    assert table.status == 0
    assert "ICD-10-CM" in table.out


def test_all_rules_of_a_code_are_told_on_request(call):
    status, code = shown(call, "J96.01", "--on", "2026-11-01", "--rules")
    rules = code["rules"]
    assert status == 0
    assert (rules["severity"], rules["hcc"]["V28"], rules["next_change"]) == ("MCC", ["213"], None)
    assert "J9611" in rules["not_cc_with"]
    assert "rules" not in shown(call, "J96.01", "--on", "2026-11-01")[1]


def test_the_next_release_is_told_where_it_is_loaded(call):
    rules = shown(call, "D69.1", "--on", "2026-09-01", "--rules")[1]["rules"]
    assert rules["next_change"]["kind"] == "refined" and rules["next_change"]["on"] == "2026-10-01"
    done = call("codes", "search", "glanzmann thrombasthenia", "--on", "2026-09-01")
    assert "From the next release: D69.11" in done.out


def test_what_is_not_known_of_a_code_is_said(call):
    rules = shown(call, "F02.80", "--on", "2026-11-01", "--rules")[1]["rules"]
    assert rules["manifestation"] and rules["chronic"] is None
    assert any(reason.startswith("chronic") for reason in rules["unknown"])


def test_the_builder_needs_its_tables_and_says_so(call):
    call("codes", "pcs", "0S", "--on", "2026-11-01").refused("ICD-10-PCS tables", "codes import")
    call("codes", "pcs", "0SRC0J9Z").refused("too long")
