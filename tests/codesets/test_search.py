from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.codesets.book import CodeBook, open_book

FY2027 = dt.date(2026, 10, 15)


@pytest.mark.parametrize(
    ("words", "code", "within"),
    [
        ("type 2 diabetes hyperglycemia", "E11.65", 1),
        ("htn", "I10", 1),
        ("diabetes", "E11.9", 1),
        ("E11.65", "E11.65", 1),
        ("e1165", "E11.65", 1),
        ("chest pain", "R07.9", 1),
        ("pneumonia", "J18.9", 3),
        ("pnuemonia", "J18.9", 5),
        ("plantar wart", "B07.0", 1),
        ("plant wart", "B07.0", 1),
        ("strep throat", "J02.0", 1),
        ("knee pain right", "M25.561", 1),
        ("right knee osteoarthritis", "M17.11", 3),
        ("sprain ankle right initial", "S93.401A", 1),
        ("depression", "F32.A", 1),
        ("afib", "I48.91", 3),
        ("uti", "N39.0", 3),
        ("ckd 3a", "N18.31", 2),
        ("hypertensions", "I10", 1),
    ],
)
def test_what_a_coder_types_finds_the_code(book: CodeBook, words: str, code: str, within: int) -> None:
    found = [entry.code for entry in book.search(words, on=FY2027, limit=within)]
    assert code in found


def test_only_codes_of_the_day_are_offered(book: CodeBook) -> None:
    before = {entry.code for entry in book.search("glanzmann thrombasthenia", on=dt.date(2026, 9, 30))}
    after = {entry.code for entry in book.search("glanzmann thrombasthenia", on=FY2027)}
    assert "D69.11" not in before
    assert "D69.11" in after


@pytest.mark.parametrize("words", ["", "   ", "the of", "zzzzqqqq", "%", "'; DROP TABLE code"])
def test_words_that_mean_nothing_find_nothing(book: CodeBook, words: str) -> None:
    assert book.search(words, on=FY2027) == []


def test_a_limit_of_nothing_gives_nothing(book: CodeBook) -> None:
    assert book.search("pain", on=FY2027, limit=0) == []


def test_small_sets_are_searched_by_our_words(book: CodeBook) -> None:
    assert next(entry.code for entry in book.search("telehealth home", "POS", on=FY2027)) == "10"


@given(st.text(max_size=40))
def test_no_words_make_it_fail(words: str) -> None:
    found = open_book().search(words, on=FY2027, limit=5)
    assert len(found) <= 5
    assert all(entry.valid for entry in found)
