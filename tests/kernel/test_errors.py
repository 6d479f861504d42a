from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.kernel.errors import CleanClaimError, InputError, NotLoaded, Refused


def test_a_sentence_says_where_what_why_and_what_to_do_in_this_order():
    error = InputError(
        "the file cannot be read", where="a.txt", why="no such file", fix="check the name and try again"
    )
    assert error.sentence() == ("a.txt: the file cannot be read: no such file; check the name and try again.")


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({}, "nothing fits."),
        ({"where": "here"}, "here: nothing fits."),
        ({"why": "it is full"}, "nothing fits: it is full."),
        ({"fix": "make room"}, "nothing fits; make room."),
    ],
)
def test_what_is_not_known_leaves_no_gap(parts, sentence):
    assert InputError("nothing fits", **parts).sentence() == sentence


def test_a_part_that_ends_with_its_own_point_brings_no_second_one():
    error = Refused("It is full.", why="The disk is full.", fix="Make room.")
    assert error.sentence() == "It is full: The disk is full; Make room."


def test_a_file_name_cannot_break_the_line_or_drive_the_terminal():
    error = InputError("unreadable", where="a\nb\x1b[31m\u202e.txt\r")
    assert error.sentence() == "a b [31m .txt: unreadable."


@given(st.text(), st.text(), st.text(), st.text())
def test_any_error_is_one_printable_line_with_one_final_point(what, where, why, fix):
    sentence = CleanClaimError(what, where=where, why=why, fix=fix).sentence()
    assert sentence.isprintable()
    assert sentence.endswith(".")
    assert not sentence.endswith("..")


def test_every_kind_can_be_caught_as_one_and_keeps_its_parts():
    for kind in (InputError, NotLoaded, Refused):
        error = kind("what", where="where", why="why", fix="fix")
        assert isinstance(error, CleanClaimError)
        assert (error.what, error.where, error.why, error.fix) == ("what", "where", "why", "fix")
        assert str(error) == error.sentence()
