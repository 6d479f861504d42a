"""A contract file that is ambiguous, misspelt or broken is refused with its place, never half understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.kernel.code_ranges import CodeRanges
from cleanclaim.kernel.dated import OverlapError
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.fields import Fields, amount_cents, read_fields
from cleanclaim.kernel.resources import examples_folder
from cleanclaim.pricing import load_contract

RULE = "    rules: [{method: percent_of_charge, where: page 1, percent: 50}]\n"
GOOD = f"  - from: 2026-01-01\n    to: 2026-12-31\n    edition: One\n{RULE}"


def test_overlapping_terms_are_refused_naming_both(contract_of):
    second = f"  - from: 2026-07-01\n    edition: Two\n{RULE}"
    with pytest.raises(OverlapError) as caught:
        contract_of(GOOD + second)
    text = str(caught.value)
    assert "'One' (from 2026-01-01 to 2026-12-31)" in text
    assert "'Two' (from 2026-07-01 without an end)" in text
    assert "2026-07-01" in text


def test_terms_that_follow_each_other_are_no_overlap(contract_of):
    contract = contract_of(GOOD + f"  - from: 2027-01-01\n    edition: Two\n{RULE}")
    assert [row.value.edition for row in contract.terms.rows] == ["One", "Two"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("edition: One", "edition: One\n    editoin: Two"), "unknown field 'editoin'"),
        (("percent: 50", "percent: 50, per_cent: 3"), "unknown field 'per_cent'"),
        (("percent: 50", "percent: 50.125"), "'50.125' is not an amount"),
        (("percent: 50", "percent: -50"), "never negative"),
        (("percent: 50", "percent: 1e2"), "'1e2' is not an amount"),
        (("percent: 50", "percnt: 50"), "'percent' is missing"),
        (("percent_of_charge", "percent_of_hope"), "'method' is not"),
        (("where: page 1, ", ""), "'where' is missing"),
        (("to: 2026-12-31", "to: 2025-12-31"), "before it begins"),
        (("to: 2026-12-31", "to: 2026-02-30"), "not a day on the calendar"),
        (("from: 2026-01-01", "from: 1/1/2026"), "is not a date"),
        (("    edition: One", "    edition: One\n    edition: Two"), "stands twice"),
        (("percent: 50", "percent: 50, claims: [hospital]"), "no kind of claim"),
        (("percent: 50", "percent: 50, codes: [99215..99202]"), "no run of codes"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(change, named, contract_of):
    with pytest.raises(InputError) as caught:
        contract_of(GOOD.replace(*change))
    assert named in str(caught.value)
    assert "contract.yaml" in str(caught.value)


def test_a_schedule_that_is_not_there_is_named(contract_of):
    rule = "    rules: [{method: fee_schedule, where: page 1, schedule: base}]\n"
    with pytest.raises(InputError, match="schedule 'base' is not in this contract"):
        contract_of(GOOD.replace(RULE, rule))


@pytest.mark.parametrize(
    "rates", ["", ", base_rate: 100.00", ", weights: {'193': 1.3}", ", rates: {'193': x}"]
)
def test_a_case_rate_without_its_table_is_refused(rates, contract_of):
    rule = f"    rules: [{{method: case_rate, where: page 1{rates}}}]\n"
    with pytest.raises(InputError):
        contract_of(GOOD.replace(RULE, rule))


@pytest.mark.parametrize(
    "content", [b"", b"- a", b"\xff\xfe", b"a: [", b"a: &x [*x", b"!!python/object:os.x {}"]
)
def test_what_is_no_contract_is_an_input_error(content, tmp_path):
    path = tmp_path / "c.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError):
        load_contract(path)


def test_a_file_that_is_not_there_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_contract(tmp_path / "none.yaml")


@given(st.binary(max_size=200))
def test_no_bytes_escape_as_anything_but_an_input_error(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("fuzz") / "c.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError):
        load_contract(path)


def test_a_deeply_nested_file_is_refused(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text("a: " + "[" * 20_000)
    with pytest.raises(InputError):
        read_fields(path)


def test_every_contract_of_the_example_loads():
    files = sorted((examples_folder() / "contracts").glob("*.yaml"))
    assert [load_contract(path).payer_id for path in files] == [path.stem for path in files]
    assert len(files) == 7


def test_codes_keep_their_leading_zeros_and_amounts_their_cents(tmp_path):
    path = tmp_path / "c.yaml"
    path.write_text("codes: [0450, 0120..0129]\nfees: {00100: 12.3}\n")
    fields = read_fields(path)
    codes = fields.codes("codes")
    assert codes.holds("0450")
    assert codes.holds("0125")
    assert not codes.holds("450")
    assert fields.price_table("fees") == {"00100": 1230}


def test_a_run_holds_only_codes_of_its_length():
    codes = CodeRanges.parse(["100..199", "J45*"])
    assert codes.holds("150")
    assert not codes.holds("1500")
    assert codes.holds("J45.41")
    assert not codes.holds("J4")


@pytest.mark.parametrize("value", [None, [], 5, "", "1.234", "NaN", "1_000", "１２"])
def test_nothing_but_a_plain_amount_is_an_amount(value):
    with pytest.raises(InputError):
        amount_cents(value, "here")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("text", []),
        ("flag", "maybe"),
        ("number", "1.5"),
        ("number", "-1"),
        ("table", "x"),
        ("texts", {}),
        ("sections", ["x"]),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(kind, value):
    with pytest.raises(InputError, match="'f' is not"):
        getattr(Fields({"f": value}, "here"), kind)("f")
