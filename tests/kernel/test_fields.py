"""What the tests of contract files, which are read by the same fields, do not show."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.fields import Fields, fields_from, read_fields


def fields(text: str) -> Fields:
    return fields_from(text.encode(), "plan.yaml")


def test_every_scalar_stays_text_until_its_field_is_asked_for():
    read = fields("zip: 04001\nrate: 12.30\non: 2026-09-14\nyes: yes\nempty: ''\n")
    assert read.text("zip") == "04001"
    assert read.cents("rate") == 1230
    assert read.date("on") == dt.date(2026, 9, 14)
    assert read.flag("yes") is True
    with pytest.raises(InputError, match="'empty' is not text"):
        read.text("empty")


def test_a_field_that_nobody_asked_for_is_named_with_those_that_are_known():
    read = fields("name: a\nnmae: b\n")
    read.text("name")
    with pytest.raises(InputError, match=r"unknown field 'nmae'.*name"):
        read.done()


def test_a_missing_field_is_named_with_its_place():
    with pytest.raises(InputError, match=r"plan\.yaml: rules 2: the field 'where' is missing"):
        fields("rules: [{where: 1}, {x: 2}]").sections("rules")[1].text("where")


@pytest.mark.parametrize(
    ("kind", "default"),
    [
        ("text", None),
        ("choice", "a"),
        ("cents", 0),
        ("basis_points", 10_000),
        ("number", 7),
        ("date", None),
        ("flag", True),
        ("texts", ("a",)),
        ("table", {}),
        ("price_table", {}),
    ],
)
def test_a_default_stands_in_for_a_field_that_is_not_given(kind, default):
    read = fields("other: 1")
    arguments = (("a", "b"), default) if kind == "choice" else (default,)
    assert getattr(read, kind)("f", *arguments) == default
    assert "f" not in read


def test_a_required_list_and_a_required_table_are_missed():
    for kind in (
        lambda f: f.texts("f", None),
        lambda f: f.sections("f", required=True),
        lambda f: f.table("f"),
    ):
        with pytest.raises(InputError, match="'f' is missing"):
            kind(fields("other: 1"))


def test_one_text_is_a_list_of_one():
    assert fields("f: a").texts("f") == ("a",)
    assert fields("f: [a, b]").texts("f") == ("a", "b")


def test_a_period_may_stay_open_but_not_run_backwards():
    assert fields("from: 2026-01-01").period() == DatePeriod(dt.date(2026, 1, 1))
    with pytest.raises(InputError, match="before it begins"):
        fields("from: 2026-01-02\nto: 2026-01-01").period()


@pytest.mark.parametrize("number", ["1" * 13, "١", "1_0", "0x1", "", "1e3", " 1"])
def test_only_a_short_run_of_digits_is_a_number(number):
    with pytest.raises(InputError, match="'f' is not a whole number"):
        Fields({"f": number}, "here").number("f")


def test_sections_with_names_that_are_data():
    read = fields("payers: {EXHPO: {name: Harbor}, EXMCR: {name: Medicare}}")
    assert {key: each.text("name") for key, each in read.named_sections("payers").items()} == {
        "EXHPO": "Harbor",
        "EXMCR": "Medicare",
    }
    assert read.keys() == ("payers",)
    with pytest.raises(InputError, match="payers EXHPO"):
        fields("payers: {EXHPO: x}").named_sections("payers")
    assert fields("a: {b: c}").section("a").text("b") == "c"


@pytest.mark.parametrize(
    "content",
    [
        b"a: 1\na: 2",
        b"[a]: 1",
        b"a: 1\n---\nb: 2",
        b"<<: {a: 1}\nb: &x 2\n? {c: 1}\n: 2",
        b"a: 1\0",
        b"text",
        b"null",
        b"a: " + b"x" * 8_000_001,
    ],
)
def test_yaml_that_could_be_read_two_ways_is_refused(content):
    with pytest.raises(InputError, match=r"plan\.yaml"):
        read = fields_from(content, "plan.yaml")
        read.text("a")
        read.done()


def test_a_byte_order_mark_is_no_part_of_the_first_name():
    assert fields_from(b"\xef\xbb\xbfa: b", "plan.yaml").text("a") == "b"


def test_a_bundle_of_aliases_does_not_grow():
    layers = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
    read = fields("l0: &l0 [x]\n" + layers)
    with pytest.raises(InputError):
        read.texts("l29")


def test_a_folder_in_place_of_a_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        read_fields(tmp_path)
