# ruff: noqa: E501
from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.imports.load import import_files
from cleanclaim.codesets.pcs import PcsTables, pcs_tables

FY2026 = dt.date(2026, 5, 15)


def axis(place: int, title: str, values: str) -> str:
    labels = "".join(f"<label code='{one}'>{title} {one}</label>" for one in values)
    return f"<axis pos='{place}' values='{len(values)}'><title>{title}</title>{labels}</axis>"


def rows(*places: tuple[str, str, str, str]) -> str:
    titles = ("Part", "Approach", "Device", "Qualifier")
    return "".join(
        "<pcsRow>" + "".join(axis(n + 4, titles[n], values) for n, values in enumerate(one)) + "</pcsRow>"
        for one in places
    )


TABLES = (
    "<ICD10PCS.tabular><version>2026</version><pcsTable>"
    + axis(1, "Section", "0") + axis(2, "System", "Q")
    + "<axis pos='3' values='1'><title>Operation</title><label code='X'>Mending</label><definition>made whole</definition></axis>"
    + rows(("01", "0", "Z", "YZ"), ("2", "03", "J", "Z"))
    + "</pcsTable></ICD10PCS.tabular>"
)  # fmt: skip


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> PcsTables:
    folder = tmp_path_factory.mktemp("pcs")
    (folder / "x.xml").write_text(TABLES)
    import_files([folder / "x.xml"], folder / "s.sqlite3", now=dt.datetime(2026, 10, 2, tzinfo=dt.UTC))
    found = pcs_tables(ImportedStore(folder / "s.sqlite3"), FY2026)
    assert found is not None
    return found


def test_only_values_that_lead_to_a_code_are_offered(invented: PcsTables) -> None:
    parts = invented.next_axis("0QX")
    assert parts is not None and (parts.position, parts.title) == (4, "Part")
    assert [value.character for value in parts.values] == ["0", "1", "2"]
    devices = invented.next_axis("0QX20")
    assert devices is not None and [value.character for value in devices.values] == ["J"]
    assert invented.next_axis("0QX03") is None
    whole = invented.next_axis("0QX00ZY")
    assert whole is not None and whole.values == ()
    first = invented.next_axis("")
    assert first is not None and [value.title for value in first.values] == ["Section 0"]


def test_a_code_is_explained_axis_by_axis(invented: PcsTables) -> None:
    meaning = invented.explain("0qx23jz")
    assert meaning is not None
    assert [(one.axis, one.value.character) for one in meaning] == list(
        zip(
            ("Section", "System", "Operation", "Part", "Approach", "Device", "Qualifier"),
            "0QX23JZ",
            strict=True,
        )
    )
    assert meaning[2].value.definition == "made whole"
    assert invented.explain("0QX23JY") is None


def test_every_code_offered_is_a_code_and_no_other(invented: PcsTables) -> None:
    def reach(begun: str) -> set[str]:
        found = invented.next_axis(begun)
        assert found is not None
        return (
            {begun} if not found.values else set().union(*(reach(begun + v.character) for v in found.values))
        )

    assert reach("") == set(invented.codes())


def test_without_tables_there_is_no_builder() -> None:
    assert pcs_tables(None, FY2026) is None


@pytest.mark.shared
def test_the_official_tables_make_every_code_of_the_year(
    shared_codesets: Path, tmp_path: Path, book: CodeBook
) -> None:
    folder = shared_codesets / "icd10pcs-fy2026"
    files = [folder / "icd10pcs_tables_2026.xml", folder / "icd10pcs_definitions_2026.xml"]
    import_files(files, tmp_path / "s.sqlite3", now=dt.datetime(2026, 10, 2, tzinfo=dt.UTC))
    tables = pcs_tables(ImportedStore(tmp_path / "s.sqlite3"), dt.date(2025, 10, 15))
    assert tables is not None
    codes = list(tables.codes())
    assert (len(tables.tables()), len(tables.rows)) == (914, 2_733)
    assert len(codes) == len(set(codes)) == 79_115
    assert set(codes) == {entry.code for entry in book.entries("ICD-10-PCS", dt.date(2025, 10, 15))}
    knee = tables.explain("0SRC0J9")
    assert knee is not None and knee[2].value.title == "Replacement" and knee[2].value.definition
