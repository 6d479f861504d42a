"""The encoder's search on a list of queries with their answers; every third is held back and was not tuned on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cleanclaim.codesets.book import CodeBook

ON = dt.date(2026, 10, 15)


def queries() -> list[tuple[str, tuple[str, ...]]]:
    lines = (Path(__file__).parent / "search_queries.txt").read_text().splitlines()
    pairs = [line.split("|") for line in lines if line and not line.startswith("#")]
    return [(query.strip(), tuple(codes.split())) for query, codes in pairs]


def shares(book: CodeBook, chosen: list[tuple[str, tuple[str, ...]]]) -> tuple[float, float]:
    first = tenth = 0
    for query, right in chosen:
        codes = [entry.code for entry in book.search(query, on=ON, limit=10)]
        first += bool(codes) and codes[0].startswith(right)
        tenth += any(code.startswith(right) for code in codes)
    return first / len(chosen), tenth / len(chosen)


def test_the_right_code_comes_first_and_is_among_ten(book: CodeBook) -> None:
    every = queries()
    assert len(every) >= 400
    first, tenth = shares(book, every)
    assert first >= 0.85 and tenth >= 0.97, (first, tenth)


def test_queries_that_were_held_back_do_nearly_as_well(book: CodeBook) -> None:
    first, tenth = shares(book, queries()[2::3])
    assert first >= 0.85 and tenth >= 0.92, (first, tenth)


def test_what_the_organisation_uses_comes_first(book: CodeBook) -> None:
    plain = [entry.code for entry in book.search("asthma", on=ON, limit=10)]
    favourite = plain[-1]
    assert book.search("asthma", on=ON, limit=1, used={favourite: 40})[0].code == favourite


@pytest.mark.parametrize(
    "words", ["", " ", "!!", "a", "zz", "the of and", "x" * 500, "pain " * 60, "\U0001f600", "S72.001"]
)
def test_any_text_is_answered(book: CodeBook, words: str) -> None:
    assert all(entry.valid for entry in book.search(words, on=ON))
