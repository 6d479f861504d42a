from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import yaml

from cleanclaim.codesets.own_tables import own_table_files, read_own_table
from cleanclaim.codesets.sources import own_tables_folder
from cleanclaim.kernel.errors import InputError

GOOD = "code\ttitle\tvalid_from\tvalid_to\n01\tOne\t2020-01-01\t\n02\tTwo\t\t2020-12-31\n"


def write_table(folder: Path, text: str, **changed: object) -> Path:
    path = folder / "some.tsv"
    path.write_text(text, encoding="utf-8")
    manifest = {
        "system": "POS",
        "source": "s",
        "release": "r",
        "licence": "l",
        "complete": True,
        "enables": "e",
        "without": "w",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    manifest.update(changed)
    kept = {key: value for key, value in manifest.items() if value is not None}
    path.with_suffix(".manifest.yaml").write_text(yaml.safe_dump(kept))
    return path


@pytest.mark.parametrize("path", own_table_files(own_tables_folder()), ids=lambda path: path.stem)
def test_every_table_fits_its_manifest(path: Path) -> None:
    table = read_own_table(path)
    assert table.rows
    if table.system != "ICD-10-CM changes":
        assert len({(row.code, row.first) for row in table.rows}) == len(table.rows)


def test_a_row_keeps_its_days(tmp_path: Path) -> None:
    first, second = read_own_table(write_table(tmp_path, GOOD)).rows
    assert (first.first, second.last) == (20200101, 20201231)


@pytest.mark.parametrize("missing", ["sha256", "licence", "system", "complete"])
def test_a_manifest_without_a_key_is_refused(tmp_path: Path, missing: str) -> None:
    with pytest.raises(InputError, match="manifest"):
        read_own_table(write_table(tmp_path, GOOD, **{missing: None}))


def test_a_changed_table_is_refused(tmp_path: Path) -> None:
    path = write_table(tmp_path, GOOD)
    path.write_text(GOOD.replace("One", "Won"), encoding="utf-8")
    with pytest.raises(InputError, match="differs"):
        read_own_table(path)


@pytest.mark.parametrize("row", ["03\tThree\t2020-13-01\t\n", "03\n", "03\tThree\tyesterday\t\n"])
def test_a_row_out_of_shape_is_refused_with_its_line(tmp_path: Path, row: str) -> None:
    with pytest.raises(InputError, match="line 4"):
        read_own_table(write_table(tmp_path, GOOD + row))
