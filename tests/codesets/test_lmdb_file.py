from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.codesets import sources
from cleanclaim.codesets.lmdb_file import read_lmdb
from cleanclaim.kernel.errors import InputError


def test_the_packaged_tables_are_all_there() -> None:
    path = sources.medicare_file()
    assert path is not None
    tables = read_lmdb(path)
    assert {"mce_i10dx_master", "mce_i10sg_master", "diagnosis", "drg_descriptions"} <= tables.keys()
    assert tables["mce_i10dx_master"][:4] == b"DECM"


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.mdb"):
        read_lmdb(tmp_path / "none.mdb")


def test_a_file_cut_off_is_refused(tmp_path: Path) -> None:
    path = sources.medicare_file()
    assert path is not None
    cut = tmp_path / "cut.mdb"
    with path.open("rb") as stream:
        cut.write_bytes(stream.read(3 * 4096))
    with pytest.raises(InputError):
        read_lmdb(cut)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=9_000))
def test_rubbish_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "rubbish.mdb"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_lmdb(path)
