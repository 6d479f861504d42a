from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.codesets.book import CodeBook, CodeStatus, open_book

APRIL_2026 = dt.date(2026, 5, 15)
FY2027 = dt.date(2026, 10, 15)
LAST_OF_FY2026 = dt.date(2026, 9, 30)
FIRST_OF_FY2027 = dt.date(2026, 10, 1)


@pytest.mark.parametrize(
    ("on", "billable", "headers"),
    [(APRIL_2026, 74_719, 23_467), (FY2027, 74_879, 23_524)],
)
def test_the_counts_are_the_official_ones(book: CodeBook, on: dt.date, billable: int, headers: int) -> None:
    assert book.count("ICD-10-CM", on) == billable
    assert book.count("ICD-10-CM", on, kind="header") == headers


@pytest.mark.parametrize(
    ("on", "billable"),
    [
        (dt.date(2017, 9, 30), 71_486),
        (dt.date(2018, 10, 1), 71_932),
        (dt.date(2024, 10, 1), 74_260),
        (LAST_OF_FY2026, 74_719),
        (FIRST_OF_FY2027, 74_879),
    ],
)
def test_years_gone_by_keep_their_counts(book: CodeBook, on: dt.date, billable: int) -> None:
    assert book.count("ICD-10-CM", on) == billable


def test_procedures_are_counted_by_date(book: CodeBook) -> None:
    assert book.count("ICD-10-PCS", dt.date(2025, 10, 1)) == 79_115


def test_a_code_that_is_refined_is_billable_until_the_day_before(book: CodeBook) -> None:
    before = book.find("ICD-10-CM", "D69.1", LAST_OF_FY2026)
    after = book.find("ICD-10-CM", "D69.1", FIRST_OF_FY2027)
    assert before is not None and after is not None
    assert (before.status, before.valid_to) == (CodeStatus.BILLABLE, LAST_OF_FY2026)
    assert (after.status, after.valid, after.billable) == (CodeStatus.HEADER, True, False)


@pytest.mark.parametrize(
    ("code", "on", "status"),
    [
        ("D69.11", LAST_OF_FY2026, CodeStatus.NOT_YET),
        ("D69.11", FIRST_OF_FY2027, CodeStatus.BILLABLE),
        ("T52.8X1A", LAST_OF_FY2026, CodeStatus.BILLABLE),
        ("T52.8X1A", FIRST_OF_FY2027, CodeStatus.TERMINATED),
        ("T52.8X", FIRST_OF_FY2027, CodeStatus.TERMINATED),
        ("S23.420", FIRST_OF_FY2027, CodeStatus.TERMINATED),
        ("E11.6", FY2027, CodeStatus.HEADER),
        ("I10", dt.date(2028, 1, 1), CodeStatus.UNKNOWN),
        ("I10", dt.date(2014, 1, 1), CodeStatus.UNKNOWN),
    ],
)
def test_the_status_is_that_of_the_day(book: CodeBook, code: str, on: dt.date, status: CodeStatus) -> None:
    entry = book.find("ICD-10-CM", code, on)
    assert entry is not None
    assert entry.status is status
    assert entry.valid is (status in (CodeStatus.BILLABLE, CodeStatus.HEADER))


def test_a_revised_title_holds_from_its_day_and_does_not_cut_the_validity(book: CodeBook) -> None:
    before = book.find("ICD-10-CM", "L02.232", LAST_OF_FY2026)
    after = book.find("ICD-10-CM", "L02.232", FIRST_OF_FY2027)
    assert before is not None and after is not None
    assert before.title != after.title and "flank" in after.title
    assert before.valid_from == after.valid_from == dt.date(2015, 10, 1)


def test_expansion_makes_no_head_injury_that_does_not_exist(book: CodeBook) -> None:
    lived = book.find("ICD-10-CM", "S06.9X7A", FY2027)
    died = book.find("ICD-10-CM", "S06.9X7D", FY2027)
    assert lived is not None and lived.billable
    assert died is not None and died.status is CodeStatus.TERMINATED
    base = book.find("ICD-10-CM", "S06.9X7", FY2027)
    assert base is not None
    assert set(base.seventh) == {"A"}


def test_seventh_characters_lead_only_to_billable_codes(book: CodeBook) -> None:
    for header in ("S93.401", "W10.9", "E08.321", "O31.40", "T52.811", "S72.001", "S06.0X1"):
        entry = book.find("ICD-10-CM", header, FY2027)
        assert entry is not None and entry.seventh, header
        for character in entry.seventh:
            plain = header.replace(".", "").ljust(6, "X") + character
            full = book.find("ICD-10-CM", plain, FY2027)
            assert full is not None and full.billable, plain


def test_a_completed_code_says_what_its_last_character_means(book: CodeBook) -> None:
    entry = book.find("ICD-10-CM", "S93401A", FY2027)
    assert entry is not None
    assert entry.code == "S93.401A"
    assert entry.title == "Sprain of unspecified ligament of right ankle, initial encounter"
    assert entry.parent == "S93.401"


def test_notes_are_inherited_with_the_place_they_stand_at(book: CodeBook) -> None:
    entry = book.find("ICD-10-CM", "E11.65", FY2027)
    assert entry is not None
    type_one = next(note for note in entry.notes.excludes1 if "E10" in note.codes)
    assert type_one.source == "E11"
    insulin = next(note for note in entry.notes.use_additional if "Z79.4" in note.codes)
    assert insulin.source == "E11"


def test_an_inclusion_term_is_not_handed_down(book: CodeBook) -> None:
    parent = book.find("ICD-10-CM", "E08.32", FY2027)
    child = book.find("ICD-10-CM", "E08.321", FY2027)
    assert parent is not None and child is not None
    terms = {note.text for note in parent.notes.includes if note.source == "E08.32"}
    assert terms
    assert not terms & {note.text for note in child.notes.includes}


def test_a_new_code_inherits_where_it_was_put(book: CodeBook) -> None:
    entry = book.find("ICD-10-CM", "T52.811A", FY2027)
    assert entry is not None
    assert {note.source for note in entry.notes.excludes1 + entry.notes.use_additional} & {
        "T52",
        "Chapter 19",
    }
    assert [name for name, _ in book.places("T52.811A")][-1] == "Chapter 19"


def test_what_a_loaded_set_does_not_hold_is_told_apart_from_what_is_not_loaded(book: CodeBook) -> None:
    assert book.find("ICD-10-CM", "Z99.999", FY2027) is None
    assert not book.loaded("CPT", FY2027)
    known_shape = book.find("CPT", "99213", FY2027)
    assert known_shape is not None
    assert (known_shape.status, known_shape.title, known_shape.valid) == (CodeStatus.UNKNOWN, "", False)
    assert book.find("CPT", "9921", FY2027) is None


@pytest.mark.parametrize(
    ("system", "code", "on", "status"),
    [
        ("POS", "11", FY2027, CodeStatus.BILLABLE),
        ("POS", "10", dt.date(2021, 12, 31), CodeStatus.NOT_YET),
        ("TOB", "0111", FY2027, CodeStatus.BILLABLE),
        ("TOB", "0137", FY2027, CodeStatus.BILLABLE),
        ("TOB", "0331", FY2027, CodeStatus.TERMINATED),
        ("REVENUE", "0450", FY2027, CodeStatus.BILLABLE),
        ("REVENUE", "0999", FY2027, CodeStatus.UNKNOWN),
        ("MODIFIER", "25", FY2027, CodeStatus.BILLABLE),
        ("HCPCS", "J3301", FY2027, CodeStatus.BILLABLE),
        ("HCPCS", "J9999", FY2027, CodeStatus.UNKNOWN),
        ("TAXONOMY", "207Q00000X", FY2027, CodeStatus.BILLABLE),
        ("MS-DRG", "193", FY2027, CodeStatus.BILLABLE),
        ("ICD-10-PCS", "0SRC0J9", FY2027, CodeStatus.BILLABLE),
    ],
)
def test_the_small_sets_answer_by_date(
    book: CodeBook, system: str, code: str, on: dt.date, status: CodeStatus
) -> None:
    entry = book.find(system, code, on)
    assert entry is not None
    assert entry.status is status


@pytest.mark.parametrize(("system", "code"), [("POS", "97"), ("TOB", "0991"), ("ICD-10-PCS", "0SRC0JO")])
def test_a_complete_set_refuses_what_it_does_not_hold(book: CodeBook, system: str, code: str) -> None:
    assert book.loaded(system, FY2027)
    assert book.find(system, code, FY2027) is None


def test_entries_are_the_valid_ones_in_order(book: CodeBook) -> None:
    codes = [entry.code for entry in book.entries("POS", dt.date(2021, 6, 1))]
    assert codes == sorted(codes)
    assert "10" not in codes and "02" in codes


def test_the_book_is_opened_once(book: CodeBook) -> None:
    assert open_book() is book


@given(st.text(max_size=12), st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)))
def test_no_text_makes_a_look_up_fail(text: str, on: dt.date) -> None:
    for system in ("ICD-10-CM", "ICD-10-PCS", "CPT", "POS", "no such set"):
        entry = open_book().find(system, text, on)
        assert entry is None or entry.system == system


@given(st.sampled_from([3, 4, 5]), st.integers(0, 60_000))
def test_a_valid_code_lies_under_valid_headers(step: int, start: int) -> None:
    book = open_book()
    listed = list(_some_codes(book, start, step))
    for entry in listed:
        parent = entry
        while True:
            above = book.find("ICD-10-CM", parent.parent, FY2027)
            if above is None:
                break
            assert above.status is CodeStatus.HEADER, (entry.code, above.code)
            parent = above


def _some_codes(book: CodeBook, start: int, step: int):  # type: ignore[no-untyped-def]
    rows = book._query(
        "SELECT code FROM code WHERE system = 'ICD-10-CM' AND kind = 'billable' AND last >= 20261015"
        " ORDER BY code LIMIT ? OFFSET ?",
        (step, start),
    )
    for (code,) in rows:
        entry = book.find("ICD-10-CM", code, FY2027)
        assert entry is not None
        if entry.valid:
            yield entry
