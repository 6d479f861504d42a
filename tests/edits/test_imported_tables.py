# ruff: noqa: E501 (the layouts are as wide as they are)
"""Imported tables reach the scrubber: what was not checked is checked, on the days they answer for."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.imports.load import ImportChoices, import_files
from cleanclaim.codesets.relations import poa_exempt
from cleanclaim.edits.imported_tables import tables_from
from cleanclaim.edits.tables import NO_TABLES, EditSetting

NOW = dt.datetime(2026, 10, 2, tzinfo=dt.UTC)
DAY = dt.date(2026, 10, 5)
PTP = (
    "Column1/Column2 Edits\t\t\t\t\t\t\nColumn 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\n"
    "Z0001\tZ0002\t\t20200101\t20201231\t1\tx\nZ0001\tZ0002\t\t20261001\t*\t0\tx\n"
)
MUE = '"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\nZ0001,4,3 Date,x\n'
ADD_ON = "AOC,PRIMARY_CODE,AOC_EDIT_EFF_DT,AOC_EDIT_DEL_DT,AOC_EDIT_TYPE\nZ0003,Z0001,20130401,,1\nZ0003,Z0002,20130401,,1\n"


def stored(folder: Path) -> ImportedStore:
    path = folder / "codesets.sqlite3"
    choices = ImportChoices(setting="practitioner", effective=dt.date(2026, 10, 1))
    for number, text in enumerate((PTP, MUE, ADD_ON)):
        file = folder / f"f{number}"
        file.write_text(text)
        import_files([file], path, now=NOW, choices=choices)
    return ImportedStore(path)


def test_nothing_imported_is_no_table() -> None:
    assert tables_from(None) is NO_TABLES


def test_each_table_answers_for_its_days(tmp_path: Path) -> None:
    tables = tables_from(stored(tmp_path))
    pairs = tables.ptp_on(EditSetting.PRACTITIONER, DAY)
    assert pairs is not None and pairs.release == "2026Q4"
    rows = pairs.rows.get(("Z0001", "Z0002"), ())
    assert [row.indicator for row in rows if row.in_force(DAY)] == ["0"]
    assert [row.indicator for row in rows if row.in_force(dt.date(2020, 5, 1))] == ["1"]
    assert pairs.rows.get(("Z0002", "Z0001"), ()) == ()
    assert tables.ptp_on(EditSetting.HOSPITAL, DAY) is None
    assert tables.ptp_on(EditSetting.PRACTITIONER, dt.date(2027, 1, 1)) is None
    units = tables.mue_on(EditSetting.PRACTITIONER, DAY)
    assert units is not None and units.rows["Z0001"].units == Decimal(4)
    assert tables.mue_on(EditSetting.PRACTITIONER, dt.date(2026, 9, 30)) is None
    add_on = tables.add_on_on(DAY)
    assert add_on is not None and add_on.rows["Z0003"][0].primaries == {"Z0001", "Z0002"}


def test_tables_are_read_once_until_another_import(tmp_path: Path) -> None:
    store = stored(tmp_path)
    assert tables_from(store) is tables_from(store)
    file = tmp_path / "later"
    file.write_text(MUE.replace(",4,", ",5,"))
    import_files([file], store.path, now=NOW, choices=ImportChoices(effective=dt.date(2026, 10, 1)))
    units = tables_from(store).mue_on(EditSetting.PRACTITIONER, DAY)
    assert units is not None and units.rows["Z0001"].units == Decimal(5)


def test_the_official_list_decides_alone_which_diagnosis_needs_no_indicator(tmp_path: Path) -> None:
    file = tmp_path / "POAexemptCodes2027.txt"
    file.write_text("Order2027\tPOAexemptCode\tDescription\n00001\tZ1610\tinvented\n")
    path = tmp_path / "codesets.sqlite3"
    import_files([file], path, now=NOW)
    tables = tables_from(ImportedStore(path))
    found = tables.poa_exempt_on(DAY)
    assert found is not None and found.release == "FY2027"
    assert tables.poa_exempt_on(dt.date(2026, 9, 30)) is None
    assert poa_exempt("Z16.10", found.codes) is True
    assert poa_exempt("Z66", found.codes) is False
    assert poa_exempt("Z16.10") is None
