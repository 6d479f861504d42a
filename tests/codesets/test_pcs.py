# ruff: noqa: E501
from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.imports.load import import_files
from cleanclaim.codesets.pcs import PcsTables, newest_tables, pcs_tables

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


DEFINITIONS = """<ICD10PCS.definitions><version>2026</version><section code="0">
<axis pos="3"><terms><title>Mending</title><definition>making whole</definition>
<explanation>nothing is put in</explanation></terms></axis>
<axis pos="4"><terms><title>Part 0</title><title>Part 1</title><includes>Hallux</includes>
<includes>First digit</includes></terms></axis></section></ICD10PCS.definitions>"""


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> PcsTables:
    folder = tmp_path_factory.mktemp("pcs")
    (folder / "x.xml").write_text(TABLES)
    (folder / "y.xml").write_text(DEFINITIONS)
    files = [folder / "x.xml", folder / "y.xml"]
    import_files(files, folder / "s.sqlite3", now=dt.datetime(2026, 10, 2, tzinfo=dt.UTC))
    found = pcs_tables(ImportedStore(folder / "s.sqlite3"), FY2026)
    assert found is not None
    return found


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


def test_keys_belong_to_every_value_that_they_name(keyed: PcsTables) -> None:
    parts = keyed.next_axis("0QX")
    assert keyed.has_keys and parts is not None
    assert [value.character for value in parts.values if value.named_by("hallux")] == ["0", "1"]
    assert [value.character for value in parts.values if value.named_by("digit fir")] == ["0", "1"]
    assert [value.character for value in parts.values if value.named_by("part 2")] == ["2"]
    assert not any(value.named_by("no such part") for value in parts.values)


def test_definitions_take_the_place_of_the_words_of_the_tables(keyed: PcsTables, invented: PcsTables) -> None:
    meaning = keyed.explain("0QX23JZ")
    assert meaning is not None
    assert (meaning[2].value.definition, meaning[2].value.explanation) == (
        "making whole",
        "nothing is put in",
    )
    assert not invented.has_keys


def test_tables_say_for_which_days_they_are(invented: PcsTables, tmp_path: Path) -> None:
    assert (invented.first, invented.last) == (dt.date(2025, 10, 1), dt.date(2026, 9, 30))
    (tmp_path / "x.xml").write_text(TABLES)
    import_files([tmp_path / "x.xml"], tmp_path / "s.sqlite3", now=dt.datetime(2026, 10, 2, tzinfo=dt.UTC))
    store = ImportedStore(tmp_path / "s.sqlite3")
    assert pcs_tables(store, dt.date(2026, 10, 15)) is None
    newest = newest_tables(store)
    assert newest is not None and newest.release == invented.release
    assert newest_tables(None) is None


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
    toes = tables.next_axis("0Y6")
    assert toes is not None
    assert [one.title for one in toes.values if one.named_by("hallux")] == ["1st Toe, Right", "1st Toe, Left"]
    knee = tables.explain("0SRC0J9")
    assert knee is not None and knee[2].value.title == "Replacement" and knee[2].value.definition
