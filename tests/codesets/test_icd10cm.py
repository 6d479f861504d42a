from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from cleanclaim.codesets import sources
from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.compile import build
from cleanclaim.codesets.icd10cm import merge_spans
from cleanclaim.codesets.medicare_data import CodeSpan
from cleanclaim.codesets.own_tables import read_own_table


def test_spans_that_follow_one_another_are_one() -> None:
    spans = [
        CodeSpan("A", 20241001, 20270331, ()),
        CodeSpan("A", 20151001, 20240930, ()),
        CodeSpan("B", 1, 2, ()),
    ]
    assert merge_spans(spans)["A"] == [(20151001, 20270331)]


def test_a_gap_between_spans_stays_a_gap() -> None:
    spans = [CodeSpan("A", 20151001, 20160930, ()), CodeSpan("A", 20171001, 20270331, ())]
    assert merge_spans(spans)["A"] == [(20151001, 20160930), (20171001, 20270331)]


def test_without_the_grouper_package_the_counts_are_the_same(
    monkeypatch: pytest.MonkeyPatch, book: CodeBook
) -> None:
    monkeypatch.setattr(sources, "medicare_file", lambda: None)
    connection = sqlite3.connect(":memory:")
    build(connection)
    alone = CodeBook(connection)
    for on, billable in ((dt.date(2026, 5, 15), 74_719), (dt.date(2026, 10, 15), 74_879)):
        assert alone.count("ICD-10-CM", on) == billable
        assert [entry.code for entry in alone.entries("ICD-10-CM", on)] == [
            entry.code for entry in book.entries("ICD-10-CM", on)
        ]
    assert not alone.loaded("ICD-10-CM", dt.date(2025, 5, 1))


@pytest.mark.shared
def test_the_change_list_is_the_official_one(shared_codesets: Path) -> None:
    official = set()
    lines = (shared_codesets / "icd10cm-fy2027" / "icd10cm_order_addenda_2027.txt").read_text().splitlines()
    for line in lines:
        action = line[:13].strip().rstrip(":")
        if action in ("Add", "Delete", "Revise to"):
            official.add((action.split()[0].lower(), line[13], line[15:23].strip(), line[84:].strip()))
    table = read_own_table(sources.own_tables_folder() / "icd10cm_fy2027_changes.tsv")
    own = {
        (row.extra["change"], row.extra["billable"], row.code.replace(".", ""), row.title)
        for row in table.rows
    }
    assert own == official
