"""The page of the PCS builder over invented tables: what it offers, refuses and explains."""

from __future__ import annotations

import datetime as dt

import pytest

from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.imports.load import import_files
from cleanclaim.office.people.roles import Role

ON = "2026-05-15"
TABLES = """<ICD10PCS.tabular><version>2026</version><pcsTable>
<axis pos='1' values='1'><title>Section</title><label code='0'>Mending</label></axis>
<axis pos='2' values='1'><title>Body System</title><label code='Q'>Limbs</label></axis>
<axis pos='3' values='1'><title>Operation</title><label code='X'>Splicing</label></axis>
<pcsRow>
<axis pos='4' values='2'><title>Body Part</title>
<label code='0'>Toe, Left</label><label code='1'>Toe, Right</label></axis>
<axis pos='5' values='1'><title>Approach</title><label code='0'>Open</label></axis>
<axis pos='6' values='1'><title>Device</title><label code='Z'>No Device</label></axis>
<axis pos='7' values='1'><title>Qualifier</title><label code='Z'>No Qualifier</label></axis>
</pcsRow></pcsTable></ICD10PCS.tabular>"""
DEFINITIONS = """<ICD10PCS.definitions><version>2026</version><section code="0">
<axis pos="3"><terms><title>Splicing</title><definition>joining two ends</definition></terms></axis>
<axis pos="4"><terms><title>Toe, Left</title><title>Toe, Right</title><includes>Hallux</includes></terms></axis>
</section></ICD10PCS.definitions>"""


@pytest.fixture(scope="module")
def tables(tmp_path_factory) -> ImportedStore:
    folder = tmp_path_factory.mktemp("pcs")
    files = [folder / "tables.xml", folder / "definitions.xml"]
    for file, text in zip(files, (TABLES, DEFINITIONS), strict=True):
        file.write_text(text, encoding="utf-8")
    import_files(files, folder / "s.sqlite3", now=dt.datetime(2026, 10, 2, tzinfo=dt.UTC))
    return ImportedStore(folder / "s.sqlite3")


@pytest.fixture
def built(person, practice, tables, monkeypatch):
    from cleanclaim.office.web import pcs_view

    monkeypatch.setattr(pcs_view, "imported_sets", lambda: tables)
    client = person(practice.tenant, Role.CODER)

    def page(code, on=ON, **headers):
        answer = client.get("/codes/pcs/", {"code": code, "on": on}, headers=headers)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return page


def test_only_values_that_lead_to_a_code_are_offered_with_their_keys(built):
    page = built("0QX")
    assert "4 Body Part" in page and "2 values" in page
    assert 'data-names="Toe, Right Hallux"' in page
    assert "code=0QX1" in page and "code=0QX2" not in page


def test_a_beginning_of_no_code_is_cut_and_said(built):
    page = built("0QX9ZZ")
    assert "“9ZZ” was left out" in page
    assert 'data-reached="0QX"' in page


def test_a_whole_code_is_explained_axis_by_axis(built):
    page = built("0qx10zz")
    for words in (
        "0QX10ZZ",
        "joining two ends",
        "Toe, Right",
        "Also: Hallux",
        "No Qualifier",
        "not in the list of codes",
    ):
        assert words in page, words


def test_a_day_without_tables_leads_to_those_there_are(built):
    page = built("0QX", on="2026-11-01")
    assert "tables for 11/01/2026 are not loaded" in page
    assert "?on=2026-09-30&amp;code=0QX" in page


@pytest.mark.parametrize("code", ["", "'\"><b>", "０ＱＸ", "0" * 50, "OI"])
def test_any_beginning_is_answered(built, code):
    assert '<b>"' not in built(code)


def test_the_part_that_changes_is_sent_alone(built):
    assert "<html" not in built("0Q", **{"HX-Request": "true"})
