"""Files that are broken, hostile or of the wrong release: refused with the line, and the old release stays."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.codesets.imports.files import Limits
from cleanclaim.codesets.imports.load import import_files
from cleanclaim.kernel.errors import InputError, Refused

OCTOBER = dt.date(2026, 10, 5)
HEADER = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,ADD DT,ACT EFF DT,TERM DT,ACTION CD\n"
ROW = "{},00100,3,Invented,Inv,20200101,{},{},N\n"
PTP = (
    "CPT only\t\t\t\t\t\t\nColumn1/Column2 Edits\t\t\t\t\t\t\n"
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\t\n"
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t\n\t\t\t\t*=no data\t1=allowed\t\n\t\t\t\t\t9=not applicable\t\n"
)


def table(*codes: str, acted: str = "20261001") -> str:
    return HEADER + "".join(ROW.format(code, acted, "") for code in codes)


def many(count: int, *, acted: str = "20261001") -> str:
    return table(*(f"Z{n:04d}" for n in range(count)), acted=acted)


def refused(shelf, path: Path, why: str, error: type[Exception] = InputError, **choices: object) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(error, match=why):
        shelf.load(path, **choices)


def test_a_byte_order_mark_and_cp1252_are_read_rightly(shelf) -> None:  # type: ignore[no-untyped-def]
    text = table("Z0001").replace("Invented", "Méthode d’essai")
    shelf.load(shelf.write("a", b"\xef\xbb\xbf" + text.encode()))
    assert shelf.store().find("HCPCS", "Z0001", OCTOBER).title == "Méthode d’essai"
    shelf.load(shelf.write("b", text.replace("Z0001", "Z0002").encode("cp1252")))
    assert shelf.store().find("HCPCS", "Z0002", OCTOBER).title == "Méthode d’essai"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"hello\nworld\n", "no code set"),
        (b"\xff\xfeH\0C\0", "UTF-16"),
        (b"a\0b", "zero byte"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "no code set"),
        (b"<html><body>log in</body></html>", "no code set"),
        (table("Z0001", "Z0001x").encode(), r"line 3.*neither a HCPCS"),
        (table("Z0001").encode() + ROW.format("Z0002", "20261332", "").encode(), "line 3.*no date"),
        (table("Z0001").encode() + b'Z0002,00100,3,"broken', "line 3"),
    ],
)
def test_what_is_no_official_file_is_refused(shelf, content: bytes, why: str) -> None:  # type: ignore[no-untyped-def]
    refused(shelf, shelf.write("renamed_HCPC2026_OCT_ANWEB.csv", content), why)


def test_a_code_that_stands_twice_is_named_with_both_lines(shelf) -> None:  # type: ignore[no-untyped-def]
    text = table("Z0001", "Z0002") + ROW.format("Z0001", "20261001", "20261231")
    refused(shelf, shelf.write("x", text), "line 4.*Z0001 stands in x, line 2")


def test_days_that_overlap_are_named_with_both_lines(shelf) -> None:  # type: ignore[no-untyped-def]
    text = table("Z0001", "Z0002") + ROW.format("Z0001", "20261001", "").replace("20200101", "20210101")
    refused(shelf, shelf.write("x", text), "line 4.*overlap.*line 2")


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("Z0001\tZ0002\t\t20220101\t*\t1\n" * 2, "line 8.*twice"),
        ("Z0001\tZ0002\t\t20220101\t*\t1\nZ0001\tZ0002\t\t20230101\t*\t0\n", "line 8.*overlap"),
        ("Z0001\tZ0002\t\t20220101\t*\t5\n", "line 7"),
        ("Z0001\tZ0002\t\t20220101\t*\t1\nZ0001\tZ00", "line 8"),
        ("Z0001\tZ0002\t\t20221301\t*\t1\n", "line 7.*calendar"),
        ("Z0001\tZ0002\t\t20220201\t20220101\t1\n", "line 7.*before it is effective"),
    ],
)
def test_a_bad_pair_is_named_with_its_line(shelf, lines: str, why: str) -> None:  # type: ignore[no-untyped-def]
    refused(shelf, shelf.write("x", PTP + lines), why, setting="hospital")


def test_a_pair_that_never_was_an_edit_overlaps_nothing(shelf) -> None:  # type: ignore[no-untyped-def]
    text = PTP + "Z0001\tZ0002\t\t20220101\t20220101\t9\nZ0001\tZ0002\t\t20220101\t*\t0\n"
    shelf.load(shelf.write("x", text), setting="hospital")
    assert shelf.store().ptp("hospital", "Z0001", "Z0002", dt.date(2022, 1, 1)).indicator == "0"


def test_whose_edits_they_are_must_be_told(shelf) -> None:  # type: ignore[no-untyped-def]
    refused(shelf, shelf.write("x", PTP + "Z0001\tZ0002\t\t20220101\t*\t1\n"), "--setting", Refused)


def test_from_which_day_must_be_told(shelf) -> None:  # type: ignore[no-untyped-def]
    order = "".join(f"{n:05d} A0{n}     1 {'x':<60} x\n" for n in range(3))
    refused(shelf, shelf.write("x", order), "--effective", Refused)


def test_a_change_list_without_its_footer_is_cut_off(shelf) -> None:  # type: ignore[no-untyped-def]
    line = f"Add:         1 A0011   {'Short':<60} Long\n"
    refused(shelf, shelf.write("x", line), "footer is missing")
    footer = "    9 codes in icd10cm_order_2028.txt\n      2 additions\n      0 deletions\n"
    refused(shelf, shelf.write("y", line + footer), "1 additions.*says 2")


def test_an_older_release_needs_a_person_to_say_so(shelf) -> None:  # type: ignore[no-untyped-def]
    shelf.load(shelf.write("new", table("Z0001")))
    old = shelf.write("old", table("Z0002", acted="20260701"))
    refused(shelf, old, "older", Refused)
    assert shelf.store().find("HCPCS", "Z0001", OCTOBER) is not None
    shelf.load(old, allow_older=True)
    store = shelf.store()
    assert store.find("HCPCS", "Z0002", dt.date(2026, 8, 1)) is not None
    assert store.find("HCPCS", "Z0002", OCTOBER) is None
    assert store.find("HCPCS", "Z0001", OCTOBER) is not None


def test_half_a_release_is_refused_and_the_old_one_stays(shelf) -> None:  # type: ignore[no-untyped-def]
    shelf.load(shelf.write("a", many(200)))
    refused(shelf, shelf.write("b", many(90, acted="20270101")), "less than half", Refused)
    assert [item.rows for item in shelf.store().releases()] == [200]
    shelf.load(shelf.write("b", many(90, acted="20270101")), allow_smaller=True)
    assert [item.rows for item in shelf.store().releases()] == [200, 90]


def test_one_bad_file_keeps_the_good_one_out_too(shelf) -> None:  # type: ignore[no-untyped-def]
    good = shelf.write("good", table("Z0001"))
    bad = shelf.write("bad", "YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE\n2026,Z0001,,20261001,N,twelve\n")
    with pytest.raises(InputError, match="line 2"):
        shelf.load(good, bad)
    assert not shelf.path.exists()
    bad.write_text(PTP + "Z0001\tZ0002\t\t20220101\t*\t1\n" * 2)
    with pytest.raises(InputError, match="line 8"):
        shelf.load(good, bad, setting="hospital")
    assert shelf.store().releases() == ()


def test_a_release_touches_only_its_own_set_and_twice_is_once(shelf) -> None:  # type: ignore[no-untyped-def]
    shelf.load(shelf.write("a", table("Z0001", "Z0003")))
    shelf.load(shelf.write("b", "YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE\n2026,Z0001,,20261001,N,1.20\n"))
    again = shelf.load(shelf.write("c", table("Z0001", "Z0003")))
    assert again[0].already_loaded
    later = shelf.load(
        shelf.write("d", table("Z0001", "Z0002").replace("Z0001,00100,3,Invented", "Z0001,00100,3,Other"))
    )
    assert (later[0].added, later[0].changed, later[0].ended_keys) == (1, 1, ("Z0003",))
    assert {item.set_name for item in shelf.store().releases()} == {"HCPCS", "CLFS"}


def test_a_newer_pair_release_takes_the_place_of_the_old_at_once(shelf) -> None:  # type: ignore[no-untyped-def]
    shelf.load(shelf.write("a", PTP + "Z0001\tZ0002\t\t20260701\t*\t1\n"), setting="hospital")
    store = shelf.store()
    assert store.ptp("hospital", "Z0001", "Z0002", dt.date(2026, 9, 1)) is not None
    shelf.load(shelf.write("b", PTP + "Z0001\tZ0003\t\t20261001\t*\t1\n"), setting="hospital")
    assert store.ptp("hospital", "Z0001", "Z0002", dt.date(2026, 9, 1)) is None
    assert store.ptp("hospital", "Z0001", "Z0003", OCTOBER) is not None


@pytest.mark.parametrize("keep", [10, 200, -30])
def test_a_zip_or_gz_cut_off_is_refused(shelf, keep: int) -> None:  # type: ignore[no-untyped-def]
    text = many(500)
    refused(shelf, shelf.write("a.zip", zipped({"x.csv": text})[:keep]), "broken|cut off|no code set")
    refused(shelf, shelf.write("a.gz", gzip.compress(text.encode())[:keep]), "broken|cut off|no code set")


def test_a_zip_bomb_is_refused_before_it_goes_off(shelf) -> None:  # type: ignore[no-untyped-def]
    bomb = zipped({"x.csv": b"0" * (64 << 20)})
    started = time.perf_counter()
    refused(shelf, shelf.write("a.zip", bomb), "beyond belief")
    assert time.perf_counter() - started < 5
    small = Limits(most_bytes=1 << 20)
    packed = shelf.write("b.gz", gzip.compress(table("Z0001").encode() + b"\n" * (2 << 20)))
    with pytest.raises(InputError, match="more than is allowed"):
        import_files([packed], shelf.path, now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC), limits=small)


def test_a_workbook_that_is_a_bomb_is_refused_before_it_goes_off(shelf) -> None:  # type: ignore[no-untyped-def]
    sheet = b"<worksheet><sheetData>" + b"<row></row>" * (4 << 20)
    bomb = zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": sheet})
    started = time.perf_counter()
    refused(shelf, shelf.write("a.xlsx", bomb), "beyond belief")
    refused(shelf, shelf.write("b.zip", zipped({"a.xlsx": bomb})), "beyond belief")
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("keep", [200, -30])
def test_a_workbook_cut_off_is_refused(shelf, keep: int) -> None:  # type: ignore[no-untyped-def]
    whole = zipped(
        {"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": "<worksheet><sheetData/>" * 900}
    )
    refused(shelf, shelf.write("a.xlsx", whole[:keep]), "broken|cut off|no code set")


@pytest.mark.parametrize("name", ["../x.csv", "/x.csv", "a/../../x.csv", "c:\\x.csv"])
def test_a_path_outside_the_archive_is_refused(shelf, name: str) -> None:  # type: ignore[no-untyped-def]
    refused(shelf, shelf.write("a.zip", zipped({name: table("Z0001")})), "outside itself")
    assert sorted(path.name for path in shelf.folder.iterdir()) == ["a.zip"]


def test_archives_nested_deeply_are_refused(shelf) -> None:  # type: ignore[no-untyped-def]
    data: bytes = zipped({"x.csv": table("Z0001")})
    for _ in range(4):
        data = zipped({"x.zip": data})
    refused(shelf, shelf.write("a.zip", data), "too deeply")


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE x [<!ENTITY a "b">]><ICD10CM.index><letter/></ICD10CM.index>',
        "<ICD10CM.index><version>2027</version>",
        "<ICD10CM.index>" + "<term>" * 500,
        "<ICD10PCS.tabular><version>2027</version><pcsTable/></ICD10PCS.tabular>",
    ],
)
def test_hostile_or_broken_xml_is_refused(shelf, text: str) -> None:  # type: ignore[no-untyped-def]
    refused(shelf, shelf.write("x.xml", text), "document type|cut off|deeply|three axes")
    assert not shelf.path.is_file() or shelf.store().releases() == ()


@pytest.mark.parametrize("batches", [1, 8])
def test_a_kill_at_any_point_leaves_a_whole_release(shelf, batches: int) -> None:  # type: ignore[no-untyped-def]
    """Killed after the first rows the old release stands; after the last ones the old or the new, never a part."""
    count = 160_000
    pairs = "".join(f"Z{n // 50:04d}\tY{n % 50:04d}\t\t20261001\t*\t1\n" for n in range(count))
    shelf.load(shelf.write("old", PTP + "Z0001\tZ0002\t\t20260701\t*\t1\n"), setting="hospital")
    big = shelf.write("new", PTP + pairs)
    program = (
        "import datetime, pathlib, sys\n"
        "from cleanclaim.codesets.imports.load import import_files, ImportChoices\n"
        "def told(name, rows):\n    print(rows, flush=True)\n"
        "import_files([pathlib.Path(sys.argv[1])], pathlib.Path(sys.argv[2]), progress=told,\n"
        "    now=datetime.datetime.now(datetime.UTC), choices=ImportChoices(setting='hospital'))\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", program, str(big), str(shelf.path)], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    for _ in range(batches):
        assert child.stdout.readline()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    store = shelf.store()
    (release,) = store.releases()
    old = store.ptp("hospital", "Z0001", "Z0002", dt.date(2026, 9, 1))
    new = store.ptp("hospital", "Z3199", "Y0049", OCTOBER)
    assert (release.rows, old is None, new is None) in {(1, False, True), (count, True, False)}
    assert batches > 1 or release.rows == 1
    again = shelf.load(shelf.write("later", PTP + "Z0001\tZ0003\t\t20261001\t*\t1\n"), setting="hospital",
                       allow_smaller=True)  # fmt: skip
    assert again[0].rows == 1


def test_a_file_that_is_no_store_is_told(shelf) -> None:  # type: ignore[no-untyped-def]
    shelf.path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(InputError, match="store of code sets"):
        shelf.load(shelf.write("x", table("Z0001")))


def test_another_database_is_left_alone(shelf) -> None:  # type: ignore[no-untyped-def]
    connection = sqlite3.connect(shelf.path)
    connection.execute("PRAGMA user_version = 77")
    connection.commit()
    connection.close()
    with pytest.raises(InputError, match="store of code sets"):
        shelf.load(shelf.write("x", table("Z0001")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    st.binary(max_size=600),
    st.sampled_from([b"", HEADER.encode(), PTP.encode(), b"PK\x03\x04", b"\x1f\x8b\x08", b"<ICD10"]),
)
def test_rubbish_is_refused_never_an_accident(shelf, data: bytes, start: bytes) -> None:  # type: ignore[no-untyped-def]
    path = shelf.write("x", start + data)
    with pytest.raises((InputError, Refused)):
        shelf.load(path)


def zipped(files: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name) if "\\" in name or ".." in name else name, content)
    return out.getvalue()
