from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.impact import Break, BreakKind, LoadedRelease, UsedCode, broken_codes, used_by_rules

FY2027 = LoadedRelease("ICD-10-CM", "FY2027", dt.date(2026, 10, 1), dt.date(2027, 9, 30))


def broken(book: CodeBook, *used: UsedCode, release: LoadedRelease = FY2027) -> tuple[Break, ...]:
    return broken_codes(used, [release], book)


def diagnosis(code: str, on: dt.date | None = None, *, header_will_do: bool = False) -> UsedCode:
    return UsedCode("ICD-10-CM", code, "taken 3 times by coders", on, header_will_do)


@pytest.fixture(scope="module")
def ended(book: CodeBook) -> str:
    """A code that the FY2027 release retires."""
    before = {entry.code for entry in book.entries("ICD-10-CM", dt.date(2026, 9, 30)) if entry.billable}
    after = {entry.code for entry in book.entries("ICD-10-CM", FY2027.first) if entry.valid}
    return min(before - after)


def test_a_code_that_ends_is_told_with_its_place_and_day(book: CodeBook, ended: str) -> None:
    (found,) = broken(book, diagnosis(ended), diagnosis("I10"))
    assert (found.used.code, found.kind, found.on) == (ended, BreakKind.ENDED, FY2027.first)
    assert found.text() == f"{ended} (taken 3 times by coders) is not valid on 2026-10-01 any more"


def test_a_code_that_was_split_needs_more_characters(book: CodeBook) -> None:
    before = {entry.code for entry in book.entries("ICD-10-CM", dt.date(2026, 9, 30)) if entry.billable}
    split = [e.code for e in book.entries("ICD-10-CM", FY2027.first) if e.code in before and not e.billable]
    assert split
    (found,) = broken(book, diagnosis(split[0]))
    assert found.kind is BreakKind.NOT_BILLABLE
    assert broken(book, diagnosis(split[0], header_will_do=True)) == ()


def test_an_open_visit_breaks_only_from_the_day_on_which_the_code_ends(book: CodeBook, ended: str) -> None:
    assert broken(book, diagnosis(ended, dt.date(2026, 9, 30))) == ()
    (found,) = broken(book, diagnosis(ended, dt.date(2026, 12, 1)))
    assert found.on == dt.date(2026, 12, 1)
    assert broken(book, diagnosis(ended, dt.date(2027, 10, 1))) == ()


def test_a_release_breaks_only_codes_of_its_own_set(book: CodeBook, ended: str) -> None:
    other = LoadedRelease("ICD-10-PCS", "FY2027", FY2027.first)
    assert broken(book, diagnosis(ended), release=other) == ()


def test_a_code_that_never_was_is_told_once(book: CodeBook) -> None:
    (found,) = broken(book, diagnosis("Z99.999"))
    assert found.kind is BreakKind.UNKNOWN


def test_a_set_that_is_not_whole_breaks_nothing(book: CodeBook) -> None:
    release = LoadedRelease("CPT", "2026", dt.date(2026, 1, 1))
    assert broken(book, UsedCode("", "9999T", "charge master"), release=release) == ()


def test_a_service_without_its_fee_is_told(book: CodeBook) -> None:
    release = LoadedRelease("MPFS", "2026Q4", dt.date(2026, 10, 1), None, frozenset({"A9999", "A9998/26"}))
    found = broken(
        book, UsedCode("", "A9999", "charge master"), UsedCode("", "A9998", "charge master"), release=release
    )
    assert [(one.used.code, one.kind) for one in found] == [("A9999", BreakKind.NO_FEE)]
    assert "MPFS 2026Q4" in found[0].text()


def test_the_codes_of_a_payers_rule_are_used_codes() -> None:
    rule = {
        "codes": ["98940-98942", "E0143"],
        "diagnoses_any": ["M99.0"],
        "modifiers_none": ["RT"],
        "units": 3,
    }
    assert [(one.system, one.code) for one in used_by_rules(rule, "rule X")] == [
        ("", "E0143"), ("ICD-10-CM", "M99.0"), ("MODIFIER", "RT"),
    ]  # fmt: skip
