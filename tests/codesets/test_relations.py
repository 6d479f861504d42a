from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.codesets import relations
from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.relations import Side

FY2027 = dt.date(2026, 10, 15)
FY2024 = dt.date(2024, 5, 1)


@pytest.mark.parametrize(
    ("a", "b", "source"),
    [
        ("E11.65", "E10.9", "E11"),
        ("E10.9", "E11.65", "E10"),
        ("E11.65", "O24.410", "E11"),
        ("N39.0", "N30.00", "N39.0"),
        ("F33.1", "F32.9", "F32"),
        ("M54.50", "M51.26", "M54.5"),
    ],
)
def test_an_exclusion_is_found_where_it_stands(book: CodeBook, a: str, b: str, source: str) -> None:
    note = relations.excludes1_conflict(book, a, b, FY2027)
    assert note is not None
    assert note.source in (source, "E11", "E10")


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("E11.65", "I10"),
        ("I12.9", "N18.31"),
        ("S93.401A", "W10.9XXA"),
        ("S61.211A", "W26.0XXA"),
        ("E11.65", "E11.22"),
        ("E11.65", "Z79.84"),
        ("I48.91", "E78.5"),
        ("O24.410", "Z3A.32"),
        ("S13.4XXA", "V43.52XA"),
    ],
)
def test_codes_that_belong_together_do_not_conflict(book: CodeBook, a: str, b: str) -> None:
    assert relations.excludes1_conflict(book, a, b, FY2027) is None


def test_an_unknown_code_conflicts_with_nothing(book: CodeBook) -> None:
    assert relations.excludes1_conflict(book, "Z99.999", "E10.9", FY2027) is None


@pytest.mark.parametrize(
    ("code", "expected"), [("D63.1", True), ("F02.80", True), ("E11.65", False), ("N18.31", False)]
)
def test_a_manifestation_is_known_by_list(book: CodeBook, code: str, expected: bool) -> None:
    assert relations.is_manifestation(book, code, FY2027) is expected


def test_a_code_first_note_names_its_cause(book: CodeBook) -> None:
    notes = relations.code_first_notes(book, "D63.1", FY2027)
    assert relations.names_any(notes, ("N18.31",)) is not None
    assert relations.names_any(notes, ("I10",)) is None


@pytest.mark.parametrize(
    ("code", "expected"), [("V00.01XA", True), ("Y99.0", True), ("U07.1", False), ("Z00.00", False)]
)
def test_external_causes_are_chapter_twenty(code: str, expected: bool) -> None:
    assert relations.is_external_cause(code) is expected


@pytest.mark.parametrize(
    ("code", "ages"),
    [("Z38.00", (0, 0)), ("Z00.129", (0, 17)), ("O24.410", (9, 64)), ("Z00.00", (15, 124)), ("I10", None)],
)
def test_ages_are_the_code_editors(book: CodeBook, code: str, ages: tuple[int, int] | None) -> None:
    limit = relations.age_limit(book, code, FY2027)
    assert (None if limit is None else (limit.youngest, limit.oldest)) == ages


def test_the_age_band_of_maternity_follows_its_date(book: CodeBook) -> None:
    before = relations.age_limit(book, "O24.410", dt.date(2018, 5, 1))
    assert before is not None
    assert (before.youngest, before.oldest) == (12, 55)


@pytest.mark.parametrize(("code", "sex"), [("C61", "M"), ("N80.9", "F"), ("O24.410", "F"), ("I10", None)])
def test_sex_is_advice_since_the_editor_dropped_it(book: CodeBook, code: str, sex: str | None) -> None:
    then = relations.sex_limit(book, code, FY2024)
    now = relations.sex_limit(book, code, FY2027)
    assert (then.sex if then else None) == (now.sex if now else None) == sex
    if then and now:
        assert then.enforced and not now.enforced


def test_a_pregnancy_code_newer_than_the_list_is_for_female_patients(book: CodeBook) -> None:
    limit = relations.sex_limit(book, "O31.40X0", FY2027)
    assert limit is not None and limit.sex == "F"


@pytest.mark.parametrize(
    ("code", "left"),
    [
        ("M17.11", "M17.12"),
        ("S93.401A", "S93.402A"),
        ("S72.001A", "S72.002A"),
        ("H40.1111", "H40.1121"),
        ("E08.3211", "E08.3212"),
        ("M67.A01", "M67.A02"),
    ],
)
def test_each_side_finds_the_other(book: CodeBook, code: str, left: str) -> None:
    sides = relations.by_side(book, code, FY2027)
    assert sides[Side.LEFT].code == left
    assert sides[Side.RIGHT].code == code
    assert Side.UNSPECIFIED in sides


@pytest.mark.parametrize("code", ["J18.9", "I10", "E11.65", "Z99.999"])
def test_what_has_no_side_finds_none(book: CodeBook, code: str) -> None:
    assert relations.by_side(book, code, FY2027) == {}


@pytest.mark.parametrize(("code", "expected"), [("J18.9", True), ("F32.A", True), ("E11.65", False)])
def test_the_unspecified_is_told(book: CodeBook, code: str, expected: bool) -> None:
    assert relations.is_unspecified(book, code, FY2027) is expected


@pytest.mark.parametrize(
    ("code", "exempt"),
    [("Z79.4", True), ("I25.2", True), ("J18.9", False), ("S93.401A", False), ("W10.9XXA", None)],
)
def test_where_the_short_list_does_not_decide_it_says_so(code: str, exempt: bool | None) -> None:
    assert relations.poa_exempt(code) is exempt


@pytest.mark.parametrize(
    ("code", "on", "level"),
    [
        ("J96.01", FY2027, "MCC"),
        ("E11.9", FY2027, "NCC"),
        ("I42.0", dt.date(2026, 9, 30), "CC"),
        ("I42.0", FY2027, ""),
        ("I42.00", FY2027, "CC"),
        ("J96.01", dt.date(2019, 1, 1), ""),
    ],
)
def test_severity_is_that_of_the_version(book: CodeBook, code: str, on: dt.date, level: str) -> None:
    assert book.severity(code, on) == level
