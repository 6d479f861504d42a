from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.json import canonical_json, parse_json, plain, pretty_json


class Kind(StrEnum):
    ONE = "one"


class Level(IntEnum):
    LOW = 1


class Word(Enum):
    A = "a"


@frozen
class Inner:
    day: dt.date
    cents: int


@frozen
class Record:
    kind: Kind
    inner: tuple[Inner, ...]
    units: Decimal = Decimal("1.5")
    note: str | None = None


RECORD = Record(Kind.ONE, (Inner(dt.date(2026, 9, 14), -5),))


def test_a_record_is_one_line_with_sorted_keys():
    assert canonical_json(RECORD) == (
        '{"inner":[{"cents":-5,"day":"2026-09-14"}],"kind":"one","note":null,"units":"1.5"}'
    )


def test_the_order_in_which_a_dict_or_set_was_filled_changes_no_byte():
    assert canonical_json({"b": 1, "a": {"y", "x"}}) == canonical_json({"a": {"x", "y"}, "b": 1})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_what_is_written_is_read_back_and_written_the_same(value):
    text = canonical_json(value)
    assert parse_json(text) == value
    assert canonical_json(parse_json(text)) == text
    assert parse_json(pretty_json(value)) == value
    text.encode()


@pytest.mark.parametrize("value", [0.5, {"a": [1.0]}, float("nan"), (float("inf"),)])
def test_canonical_json_holds_no_float(value):
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("Infinity")])
def test_no_json_holds_what_is_no_number(value):
    with pytest.raises((TypeError, ValueError)):
        pretty_json({"a": value})


@pytest.mark.parametrize(
    ("value", "text"), [("1", "1"), ("1.50", "1.50"), ("1E+3", "1000"), ("1E-7", "0.0000001"), ("0E+2", "0")]
)
def test_a_decimal_is_written_without_an_exponent(value, text):
    assert plain(Decimal(value)) == text


def test_two_keys_that_become_one_are_refused():
    with pytest.raises(TypeError, match="key"):
        canonical_json({1: "a", "1": "b"})


def test_an_enum_is_its_value_as_key_and_as_value():
    assert plain({Kind.ONE: Kind.ONE, Word.A: Level.LOW}) == {"one": "one", "a": 1}


@pytest.mark.parametrize("value", [object(), b"x", {1, "a"}, 1j])
def test_what_has_no_plain_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[1,]",
        "NaN",
        "[Infinity]",
        "-Infinity",
        "1e400",
        '{"a":1,"a":2}',
        '"\\ud800"',
        '{"\\udc00":1}',
        '"\x01"',
        "1 2",
        "[" * 100_000,
        '{"a":' * 100_000,
        "9" * 5_000,
        "\ufeff{}",
    ],
)
def test_json_that_other_readers_would_read_differently_is_refused(text):
    with pytest.raises(InputError, match="row 3"):
        parse_json(text, where="row 3")


def test_a_refusal_says_the_place_and_shows_nothing_of_the_text():
    with pytest.raises(InputError) as caught:
        parse_json('{"name": "Farrow", "name": "Ines"}', where="line 2")
    assert "Farrow" not in caught.value.sentence()
    with pytest.raises(InputError, match="character 10"):
        parse_json('{"name": Farrow}', where="line 2")


@given(st.text(max_size=40))
def test_any_text_is_json_or_an_input_error(text):
    try:
        value = parse_json(text)
    except InputError:
        return
    assert json.loads(text) == value


def test_a_pair_of_surrogates_is_one_character():
    assert parse_json('"\\ud83d\\ude00"') == "😀"
