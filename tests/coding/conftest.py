"""A note in, what matters out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook, open_book
from cleanclaim.coding.records import CodingResult
from cleanclaim.coding.suggest import suggest

Coder = Callable[..., CodingResult]
ON = dt.date(2026, 9, 14)


@pytest.fixture(scope="session")
def book() -> CodeBook:
    return open_book()


@pytest.fixture(scope="session")
def coder(book: CodeBook) -> Coder:
    def code(text: str, setting: str = "outpatient", on: dt.date = ON) -> CodingResult:
        result = suggest(text, setting=Setting(setting), on=on, book=book)
        for suggestion in result.suggestions:
            assert suggestion.because
            for span in suggestion.evidence:
                assert text[span.start : span.end] == span.text
        return result

    return code


@pytest.fixture(scope="session")
def codes(coder: Coder) -> Callable[..., list[str]]:
    """The proposed codes in their order."""

    def proposed(text: str, setting: str = "outpatient", on: dt.date = ON) -> list[str]:
        return [one.code for one in coder(text, setting, on).suggestions if one.status == "suggested"]

    return proposed
