from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.kernel.code_ranges import NO_CODES, CodeRanges
from cleanclaim.kernel.errors import InputError

CODES = st.text("0123456789ABJ", min_size=1, max_size=5)


@given(CODES, CODES, CODES)
def test_a_run_holds_what_lies_between_its_ends_and_has_their_length(one, other, code):
    first, last = sorted((one, other))
    if len(first) != len(last):
        with pytest.raises(InputError):
            CodeRanges.parse([f"{first}..{last}"])
        return
    held = CodeRanges.parse([f"{first}..{last}"]).holds(code)
    assert held is (len(code) == len(first) and first <= code <= last)


@given(st.lists(CODES, max_size=4), CODES)
def test_single_codes_hold_themselves_only(codes, code):
    assert CodeRanges.parse(codes).holds(code) is (code in codes)


@given(CODES, CODES)
def test_a_prefix_holds_what_begins_with_it(prefix, code):
    assert CodeRanges.parse([f"{prefix}*"]).holds(code) is code.startswith(prefix)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "*",
        "J*5",
        "*J45",
        "J45**",
        "99215..99202",
        "100..1500",
        "..5",
        "5..",
        "..",
        "1..2..3",
        "1...3",
        "J45*..J46*",
        "99213 99214",
        "99213,99214",
    ],
)
def test_what_could_never_match_is_refused(text):
    with pytest.raises(InputError, match="rules 2"):
        CodeRanges.parse([text], where="rules 2")


@pytest.mark.parametrize(
    ("text", "code"),
    [(" 99213 ", "99213"), ("j45*", "J45.41"), ("e11.65", "E11.65"), ("a0100..a0200", "A0150")],
)
def test_spaces_around_a_code_and_small_letters_do_not_make_it_another(text, code):
    assert CodeRanges.parse([text]).holds(code)


def test_nothing_holds_nothing():
    assert not NO_CODES
    assert not NO_CODES.holds("99213")
    assert not CodeRanges.parse([])
    assert CodeRanges.parse(["99213"])
