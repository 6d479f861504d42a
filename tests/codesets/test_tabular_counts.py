"""The counts that the tabular and the change list of FY2027 are known by."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from cleanclaim.codesets import sources
from cleanclaim.codesets.book import CodeBook, CodeStatus
from cleanclaim.codesets.own_tables import read_own_table
from cleanclaim.codesets.tabular import read_tabular

LAST, FIRST = dt.date(2026, 9, 30), dt.date(2026, 10, 1)
BLOCKS = {
    "excludes1": 2_644,
    "excludes2": 1_165,
    "code_first": 363,
    "use_additional": 844,
    "code_also": 320,
    "seventh": 508,
}


def test_every_block_of_instructions_is_parsed() -> None:
    path = sources.tabular_file()
    assert path is not None
    with path.open("rb") as stream:
        _, nodes = read_tabular(stream)
    found: Counter[str] = Counter()
    for node in nodes:
        found.update(node.blocks)
        assert all(node.notes.get(kind) for kind in node.blocks)
    found["seventh"] = sum(bool(node.seventh) for node in nodes)
    assert {kind: found[kind] for kind in BLOCKS} == BLOCKS


def test_new_and_retired_codes_are_right_on_both_sides_of_october(book: CodeBook) -> None:
    table = read_own_table(sources.own_tables_folder() / "icd10cm_fy2027_changes.tsv")
    rows = [row for row in table.rows if row.extra["billable"] == "1"]
    new = {row.code for row in rows if row.extra["change"] == "add"}
    retired = {row.code for row in rows if row.extra["change"] == "delete"}
    assert (len(new), len(retired)) == (190, 30)
    for code in new:
        before, after = book.find("ICD-10-CM", code, LAST), book.find("ICD-10-CM", code, FIRST)
        assert before is not None and not before.billable, code
        assert after is not None and after.billable and after.title, code
    for code in retired:
        before, after = book.find("ICD-10-CM", code, LAST), book.find("ICD-10-CM", code, FIRST)
        assert before is not None and before.billable, code
        assert after is not None and not after.billable, code
        assert after.status in (CodeStatus.HEADER, CodeStatus.TERMINATED)
