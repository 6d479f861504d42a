from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleanclaim.kernel.identifiers import (
    mask_ein,
    mask_ssn,
    mask_tail,
    npi_fault,
    npi_from_nine,
    npi_is_valid,
    taxonomy_has_shape,
)

NINE = st.tuples(st.sampled_from("12"), st.text("0123456789", min_size=8, max_size=8)).map("".join)


@given(NINE)
def test_exactly_one_check_digit_fits(nine):
    valid = [digit for digit in "0123456789" if npi_is_valid(nine + digit)]
    assert valid == [npi_from_nine(nine)[-1]]


@given(NINE, st.integers(0, 9), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_caught(nine, place, digit):
    npi = npi_from_nine(nine)
    assume(npi[place] != digit)
    assert not npi_is_valid(npi[:place] + digit + npi[place + 1 :])


@given(NINE, st.integers(0, 8))
def test_two_swapped_neighbours_are_caught_but_for_zero_and_nine(nine, place):
    npi = npi_from_nine(nine)
    one, other = npi[place], npi[place + 1]
    assume(one != other)
    swapped = npi[:place] + other + one + npi[place + 2 :]
    if {one, other} == {"0", "9"} and swapped[0] in "12":
        assert npi_is_valid(swapped)
    else:
        assert not npi_is_valid(swapped)


def test_the_published_example_passes():
    # 45 CFR 162.406 and the CMS paper on the check digit: 123456789 has the check digit 3.
    assert npi_from_nine("123456789") == "1234567893"
    assert npi_fault("1234567893") is None


@pytest.mark.parametrize(
    "npi",
    [
        "",
        "123456789",
        "12345678933",
        "3234567893",
        "0234567893",
        "1234 67893",
        "123456789３",
        "1234567893\n",
        "12345A7893",
    ],
)
def test_what_has_not_the_shape_is_told_so(npi):
    assert "ten digits" in npi_fault(npi)


def test_a_wrong_check_digit_is_told_so():
    assert "check digit" in npi_fault("1234567890")


@pytest.mark.parametrize("nine", ["", "12345678", "1234567890", "323456789", "12345678x", "１23456789"])
def test_no_npi_is_made_from_what_cannot_begin_one(nine):
    with pytest.raises(ValueError, match="nine digits"):
        npi_from_nine(nine)


@pytest.mark.parametrize("code", ["207Q00000X", "2084P0800X", "282N00000X", "193200000X", "3336C0003X"])
def test_a_taxonomy_code_has_its_shape(code):
    assert taxonomy_has_shape(code)


@pytest.mark.parametrize(
    "code", ["", "207Q00000", "207Q000000", "207q00000X", "20XQ00000X", "207Q00000X ", "207Q0000ÉX"]
)
def test_what_is_no_taxonomy_code(code):
    assert not taxonomy_has_shape(code)


@pytest.mark.parametrize(
    ("given_text", "masked"),
    [
        ("123456789", "*****6789"),
        ("123-45-6789", "*****6789"),
        ("HPO000001", "*****0001"),
        ("12345678", "****5678"),
        ("1234", "**34"),
        ("A1", "*1"),
        ("7", "*"),
        ("", ""),
    ],
)
def test_a_mask_hides_at_least_half(given_text, masked):
    assert mask_tail(given_text) == masked


@given(st.text("0123456789ABC-", max_size=20), st.integers(0, 8))
def test_no_mask_shows_more_than_asked_or_more_than_half(identifier, shown):
    plain = identifier.replace("-", "")
    masked = mask_tail(identifier, shown)
    seen = masked.lstrip("*")
    assert len(masked) == len(plain)
    assert plain.endswith(seen)
    assert len(seen) <= min(shown, len(plain) // 2)


def test_tax_numbers_show_their_last_four():
    assert mask_ein("99-0000001") == "**-***0001"
    assert mask_ssn("123-45-6789") == "***-**-6789"


@pytest.mark.parametrize("short", ["6789", "12", ""])
def test_a_number_that_is_too_short_is_not_shown_whole(short):
    for mask in (mask_ein, mask_ssn):
        assert not short or short not in mask(short)
