from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.kernel.money import AmountError, format_cents, format_usd, parse_cents, share_cents

CENTS = st.integers(-(10**18) + 1, 10**18 - 1)


@given(CENTS)
def test_every_amount_comes_back_from_its_text(cents):
    assert parse_cents(format_cents(cents)) == cents


@given(CENTS)
def test_what_a_person_reads_is_the_same_amount(cents):
    assert parse_cents(format_usd(cents).replace("$", "").replace(",", "")) == cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("0", 0),
        ("5", 500),
        ("5.1", 510),
        ("5.01", 501),
        ("-0.05", -5),
        ("-0.5", -50),
        ("00012", 1200),
        ("0.00", 0),
        ("9999999999999999.99", 999999999999999999),
    ],
)
def test_what_is_an_amount(text, cents):
    assert parse_cents(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "-",
        "1.",
        ".5",
        "1.005",
        "1.000",
        "1e2",
        "1E3",
        "1_000",
        "１２.５",
        "١٢",
        "NaN",
        "nan",
        "Infinity",
        "-inf",
        "1,234.50",
        "$5",
        "5$",
        "+5",
        " 5",
        "5 ",
        "5\n",
        "5\x00",
        "--5",
        "(5)",
        "5-",
        "0x10",
        "-0",
        "-0.00",
        "12345678901234567",
        "10000000000000000000",
        "1.0.0",
        "½",
        "²",
    ],
)
def test_what_is_no_amount_is_refused_and_never_rounded(text):
    with pytest.raises(AmountError):
        parse_cents(text)


@pytest.mark.parametrize("value", [None, 5, 5.0, True, b"5", [], ["5"]])
def test_only_text_is_read(value):
    with pytest.raises(AmountError):
        parse_cents(value)


@given(st.text(max_size=30))
def test_any_text_is_an_amount_or_an_amount_error(text):
    try:
        cents = parse_cents(text)
    except AmountError:
        return
    assert text.isascii()
    assert parse_cents(format_cents(cents)) == cents


@pytest.mark.parametrize("text", ["9" * 1_000_000, "1E" + "9" * 1_000_000, "0." + "0" * 1_000_000])
def test_a_million_digits_are_refused_at_once(text):
    start = time.process_time()
    with pytest.raises(AmountError) as caught:
        parse_cents(text)
    assert time.process_time() - start < 0.1
    assert len(caught.value.sentence()) < 300


def test_a_refusal_shows_a_wrong_amount_but_no_other_text():
    with pytest.raises(AmountError, match=r"'1,234\.50'"):
        parse_cents("1,234.50", where="fees 99213")
    for private in ("Farrow, Ines", "123-45-6789", "born 1957", "E11.65 "):
        with pytest.raises(AmountError) as caught:
            parse_cents(private, where="column 4")
        assert private.strip() not in caught.value.sentence()
        assert "column 4" in caught.value.sentence()


@pytest.mark.parametrize(
    ("cents", "plain", "shown"),
    [
        (0, "0.00", "$0.00"),
        (5, "0.05", "$0.05"),
        (-5, "-0.05", "-$0.05"),
        (123450, "1234.50", "$1,234.50"),
        (-100000000, "-1000000.00", "-$1,000,000.00"),
    ],
)
def test_how_amounts_are_written(cents, plain, shown):
    assert format_cents(cents) == plain
    assert format_usd(cents) == shown


@pytest.mark.parametrize(
    ("cents", "basis_points", "share"),
    [
        (10_001, 2_000, 2_000),
        (1, 5_000, 1),
        (-1, 5_000, -1),
        (1, 4_999, 0),
        (125, 1_000, 13),
        (-125, 1_000, -13),
    ],
)
def test_half_a_cent_goes_away_from_zero(cents, basis_points, share):
    assert share_cents(cents, basis_points) == share


@given(CENTS, st.integers(-20_000, 20_000))
def test_a_share_is_exact_to_half_a_cent_and_turns_with_either_sign(cents, basis_points):
    share = share_cents(cents, basis_points)
    assert abs(share * 10_000 - cents * basis_points) * 2 <= 10_000
    assert share_cents(-cents, basis_points) == -share == share_cents(cents, -basis_points)


@given(CENTS)
def test_the_whole_is_the_whole(cents):
    assert share_cents(cents, 10_000) == cents
