from __future__ import annotations

import datetime as dt
from pathlib import Path

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.imports.load import ImportChoices, import_files
from cleanclaim.codesets.status import SetState, codes_status


def test_every_set_is_listed_with_its_state(book: CodeBook) -> None:
    rows = {row.system: row for row in codes_status(book)}
    assert rows["ICD-10-CM"].state is SetState.COMPLETE
    assert rows["ICD-10-CM"].rows == 74_879
    assert rows["HCPCS"].state is SetState.PARTIAL
    assert rows["CPT"].state is SetState.ABSENT
    assert {
        "POS",
        "TOB",
        "REVENUE",
        "CARC",
        "RARC",
        "TAXONOMY",
        "MODIFIER",
        "MS-DRG",
        "ICD-10-PCS",
    } <= rows.keys()


def test_what_is_not_whole_says_what_is_not_checked(book: CodeBook) -> None:
    for row in codes_status(book):
        if row.state is not SetState.COMPLETE:
            assert row.not_checked, row.system
        assert row.licence and row.source


def test_a_release_that_is_due_is_told_thirty_days_before(book: CodeBook) -> None:
    def warning(on: dt.date, system: str) -> str:
        return next(row.warning for row in codes_status(book, None, on) if row.system == system)

    assert warning(dt.date(2027, 2, 1), "MS-DRG") == ""
    assert "2027-04-01" in warning(dt.date(2027, 3, 5), "MS-DRG")
    assert "ended on 2027-03-31" in warning(dt.date(2027, 4, 2), "ICD-10-CM")


def test_imported_tables_are_listed_by_setting(book: CodeBook, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(
        '"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator\nZ0001,4,3 Date\n'
    )
    store = tmp_path / "s.sqlite3"
    choices = ImportChoices(effective=dt.date(2026, 10, 1))
    import_files([file], store, now=dt.datetime(2026, 10, 2, tzinfo=dt.UTC), choices=choices)
    rows = {row.system: row for row in codes_status(book, ImportedStore(store), dt.date(2026, 12, 10))}
    assert rows["MUE practitioner"].state is SetState.COMPLETE
    assert rows["MUE practitioner"].needed_from == dt.date(2027, 1, 1)
    assert "due" in rows["MUE practitioner"].warning
    assert rows["MUE hospital"].state is SetState.ABSENT
    assert rows["NCCI-PTP practitioner"].not_checked
