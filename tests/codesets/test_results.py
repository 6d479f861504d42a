from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.cc_exclusions import excluding_principals
from cleanclaim.codesets.changes import ChangeKind, change_of, changes_on, next_change_of
from cleanclaim.codesets.relations import Side
from cleanclaim.codesets.results import coming, grouped, levels_above
from cleanclaim.codesets.rules import rules_of

FIRST = dt.date(2026, 10, 1)
LAST = dt.date(2026, 9, 30)
NOVEMBER = dt.date(2026, 11, 1)


def test_codes_are_grouped_by_category_in_the_order_found(book: CodeBook) -> None:
    found = book.search("diabetes neuropathy", on=NOVEMBER, limit=12)
    groups = grouped(book, found, NOVEMBER)
    assert groups[0].category.name == found[0].code[:3]
    assert sum(len(group.hits) for group in groups) == len(found)
    for group in groups:
        assert all(hit.entry.code.startswith(group.category.name) for hit in group.hits)
        assert group.above[0].name.startswith("Chapter")


def test_a_note_is_shown_once_at_the_level_where_it_stands(book: CodeBook) -> None:
    (group,) = grouped(book, book.search("E11.65", on=NOVEMBER, limit=1), NOVEMBER)
    assert {note.source for note in group.category.notes.use_additional} == {"E11"}
    assert any("Z79.4" in note.codes for note in group.category.notes.use_additional)
    assert group.hits[0].notes.use_additional == ()
    chapter = next(level for level in group.above if level.name == "Chapter 4")
    assert {note.source for note in chapter.notes.excludes1} == {"Chapter 4"}


def test_every_level_above_a_code_is_there_outermost_first(book: CodeBook) -> None:
    entry = book.find("ICD-10-CM", "E11.65", NOVEMBER)
    assert entry is not None
    assert [level.name for level in levels_above(book, entry)] == ["Chapter 4", "E08-E13", "E11", "E11.6"]


def test_how_often_a_code_was_used_comes_with_it(book: CodeBook) -> None:
    (group,) = grouped(book, book.search("I10", on=NOVEMBER, limit=1), NOVEMBER, used={"I10": 7})
    assert group.hits[0].uses == 7


def test_a_set_without_categories_makes_one_group(book: CodeBook) -> None:
    (group,) = grouped(book, book.search("telehealth", "POS", on=NOVEMBER), NOVEMBER)
    assert group.category.name == "" and len(group.hits) >= 2


def test_what_october_changes_is_counted(book: CodeBook) -> None:
    changes = changes_on(book, FIRST)
    begun = [c for c in changes if c.kind in (ChangeKind.BEGINS, ChangeKind.BILLABLE)]
    gone = [c for c in changes if c.kind in (ChangeKind.ENDS, ChangeKind.REFINED)]

    def billable(code: str, on: dt.date) -> bool:
        entry = book.find("ICD-10-CM", code, on)
        return entry is not None and entry.billable

    assert sum(billable(change.code, FIRST) for change in begun) == 190
    assert sum(billable(change.code, LAST) for change in gone) == 30
    assert all(change.before != change.after for change in changes if change.kind is ChangeKind.RETITLED)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("D69.11", ChangeKind.BEGINS),
        ("D69.1", ChangeKind.REFINED),
        ("T52.8X1A", ChangeKind.ENDS),
        ("L02.232", ChangeKind.RETITLED),
        ("I10", None),
    ],
)
def test_a_code_says_what_the_next_release_does_to_it(
    book: CodeBook, code: str, kind: ChangeKind | None
) -> None:
    change = next_change_of(book, code, LAST)
    assert (change.kind if change else None) == kind
    if change is not None:
        assert change.day == FIRST


def test_after_the_newest_release_nothing_is_foretold(book: CodeBook) -> None:
    assert book.next_change("ICD-10-CM", FIRST) is None
    assert next_change_of(book, "D69.1", NOVEMBER) is None
    assert change_of(book, "I10", NOVEMBER) is None


def test_words_find_what_is_coming(book: CodeBook) -> None:
    assert "D69.11" in {entry.code for entry in coming(book, "glanzmann thrombasthenia", LAST)}
    assert coming(book, "glanzmann thrombasthenia", FIRST) == ()


def test_the_rules_of_a_code_are_in_one_record(book: CodeBook) -> None:
    rules = rules_of(book, "S93401A", NOVEMBER)
    assert rules is not None
    assert rules.side is Side.RIGHT and rules.sides[Side.LEFT] == "S93.402A"
    base = rules_of(book, "S93.401", NOVEMBER)
    assert base is not None and base.needs_seventh
    child = rules_of(book, "Z00.129", NOVEMBER)
    assert child is not None and child.ages is not None and child.ages.oldest == 17
    assert rules_of(book, "Z99.999", NOVEMBER) is None


def test_what_cannot_be_told_is_named(book: CodeBook) -> None:
    rules = rules_of(book, "O24.410", NOVEMBER)
    assert rules is not None and rules.poa_exempt is None
    assert any("POA" in reason for reason in rules.unknown)
    old = rules_of(book, "J96.01", dt.date(2019, 1, 1))
    assert old is not None and old.severity == "" and any("MS-DRG" in reason for reason in old.unknown)


@pytest.mark.parametrize(
    ("code", "principal", "excluded"),
    [("J96.01", "J9611", True), ("J96.01", "I509", False), ("D62", "D5700", True), ("I50.21", "I5023", True)],
)
def test_a_complication_does_not_count_with_some_principals(
    book: CodeBook, code: str, principal: str, *, excluded: bool
) -> None:
    found = excluding_principals(code, NOVEMBER)
    assert found is not None and (principal in found) is excluded
    rules = rules_of(book, code, NOVEMBER)
    assert rules is not None and (principal in rules.not_cc_with) is excluded


def test_exclusions_of_a_day_without_definitions_are_not_guessed() -> None:
    assert excluding_principals("J96.01", dt.date(2019, 1, 1)) is None


def test_the_official_list_decides_what_is_exempt_from_present_on_admission(book: CodeBook) -> None:
    class Listed:
        def loaded(self, set_name: str, on: dt.date) -> bool:
            return set_name == "POA-EXEMPT"

        def find(self, set_name: str, key: str, on: dt.date) -> object | None:
            return object() if key == "O24410" else None

    listed = rules_of(book, "O24.410", NOVEMBER, store=Listed())  # type: ignore[arg-type]
    other = rules_of(book, "O24.414", NOVEMBER, store=Listed())  # type: ignore[arg-type]
    assert listed is not None and listed.poa_exempt is True
    assert other is not None and other.poa_exempt is False
    assert not any("POA" in reason for reason in listed.unknown)
