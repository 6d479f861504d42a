"""The code book with imported sets over what is built in: each decides its own days and no others."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from cleanclaim.codesets.book import CodeBook, CodeStatus
from cleanclaim.codesets.compile import build
from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.imports.load import ImportChoices, import_files

NOW = dt.datetime(2026, 10, 2, tzinfo=dt.UTC)
FY2027, FY2028, FY2030 = dt.date(2026, 10, 15), dt.date(2027, 10, 15), dt.date(2029, 10, 15)
ORDER = "".join(
    f"{n:05d} {code:<7} {flag} {title:<60} {title} in full\n"
    for n, (code, flag, title) in enumerate(
        [("A00", 0, "Cholera"), ("A000", 1, "Cholera one"), ("A00X", 1, "Quill fever")], 1
    )
)
TABULAR = """<ICD10CM.tabular><version>2028</version><chapter><name>1</name><desc>Chapter (A00-B99)</desc>
<section id="A00-A09"><desc>Block</desc><diag><name>A00</name><desc>Cholera</desc>
<excludes1><note>quill fever (A00.X)</note></excludes1><diag><name>A00.0</name><desc>Cholera one</desc></diag>
</diag></section></chapter></ICD10CM.tabular>"""
HCPCS = (
    "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,ADD DT,ACT EFF DT,TERM DT,ACTION CD\n"
    "A9990,00100,3,Invented quill,Quill,20200101,20261001,,A\n"
    "A9991,00100,3,Invented nib,Nib,20200101,20261001,20261115,D\n"
    "   QZ,00100,7,Invented modifier,Mod,20200101,20200101,,N\n"
)
CPT = (
    "American Medical Association\ncopyright 2025\n\n"
    "9997T\tMending of a quill\n9998T\tMending of a nib\n9999T\tMending\n"
)
INDEX = """<ICD10CM.index><version>2027</version><letter><title>Q</title><mainTerm><title>Quillitis</title>
<code>J18.9</code><term level="1"><title>raging</title><code>J18.-</code></term></mainTerm></letter></ICD10CM.index>"""


@pytest.fixture(scope="module")
def imported_book(tmp_path_factory: pytest.TempPathFactory) -> CodeBook:
    folder = tmp_path_factory.mktemp("store")
    path = folder / "codesets.sqlite3"

    def load(name: str, text: str, effective: dt.date | None = None) -> None:
        file = folder / name
        file.write_text(text)
        import_files([file], path, now=NOW, choices=ImportChoices(effective=effective))

    load("order", ORDER, dt.date(2027, 10, 1))
    load("tabular", TABULAR)
    load("hcpcs", HCPCS)
    load("cpt", CPT)
    load("index", INDEX)
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    build(connection, ImportedStore(Path(path)))
    return CodeBook(connection)


def status(book: CodeBook, system: str, code: str, on: dt.date) -> CodeStatus | None:
    entry = book.find(system, code, on)
    return entry.status if entry else None


def test_the_built_in_days_keep_their_counts(imported_book: CodeBook) -> None:
    assert imported_book.count("ICD-10-CM", dt.date(2026, 5, 15)) == 74_719
    assert imported_book.count("ICD-10-CM", FY2027) == 74_879


def test_a_whole_list_decides_what_exists_in_its_days(imported_book: CodeBook) -> None:
    assert imported_book.count("ICD-10-CM", FY2028) == 2
    assert status(imported_book, "ICD-10-CM", "A00.X", FY2028) is CodeStatus.BILLABLE
    assert status(imported_book, "ICD-10-CM", "A00.X", FY2027) is CodeStatus.NOT_YET
    assert status(imported_book, "ICD-10-CM", "E11.65", FY2028) is CodeStatus.TERMINATED
    assert status(imported_book, "ICD-10-CM", "E11.65", FY2027) is CodeStatus.BILLABLE


@pytest.mark.parametrize("on", [dt.date(2027, 6, 1), FY2030])
def test_days_that_no_release_covers_are_unknown(imported_book: CodeBook, on: dt.date) -> None:
    assert not imported_book.loaded("ICD-10-CM", on)
    assert status(imported_book, "ICD-10-CM", "A00.0", on) is CodeStatus.UNKNOWN


def test_notes_are_those_of_the_day(imported_book: CodeBook) -> None:
    new = imported_book.find("ICD-10-CM", "A00.0", FY2028)
    old = imported_book.find("ICD-10-CM", "A00.0", FY2027)
    assert new is not None and old is not None
    assert [note.text for note in new.notes.excludes1] == ["quill fever (A00.X)"]
    assert "quill fever (A00.X)" not in {note.text for note in old.notes.excludes1}


def test_services_and_modifiers_by_their_own_days(imported_book: CodeBook) -> None:
    assert status(imported_book, "HCPCS", "A9990", FY2027) is CodeStatus.BILLABLE
    assert status(imported_book, "HCPCS", "A9991", dt.date(2026, 11, 15)) is CodeStatus.BILLABLE
    assert status(imported_book, "HCPCS", "A9991", dt.date(2026, 11, 16)) is CodeStatus.TERMINATED
    assert imported_book.find("HCPCS", "A9992", FY2027) is None
    assert status(imported_book, "HCPCS", "A9990", FY2028) is CodeStatus.UNKNOWN
    assert status(imported_book, "MODIFIER", "QZ", FY2027) is CodeStatus.BILLABLE
    assert status(imported_book, "MODIFIER", "25", FY2027) is CodeStatus.BILLABLE


def test_licensed_descriptors_are_shown_once_loaded(imported_book: CodeBook) -> None:
    entry = imported_book.find("CPT", "9997T", FY2027)
    assert entry is not None
    assert (entry.title, entry.billable) == ("Mending of a quill", True)
    assert imported_book.find("CPT", "9990T", FY2027) is None
    assert not imported_book.loaded("CPT", FY2028)


def test_the_index_leads_the_search_and_shows_its_path(imported_book: CodeBook) -> None:
    assert imported_book.search("quillitis", on=FY2027)[0].code == "J18.9"
    assert imported_book.index_paths("J18.9") == ("Quillitis",)
    assert imported_book.index_paths("J18") == ("Quillitis, raging",)
