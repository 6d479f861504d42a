"""The kept schema is what the migrations make, and a bare home is made whole or not at all."""

from __future__ import annotations

import sqlite3
import subprocess
import sys

import pytest

from cleanclaim.kernel.errors import Refused
from cleanclaim.office.blank_home import SCHEMA, create_blank


def test_the_kept_schema_is_what_the_migrations_make():
    made = subprocess.run(
        [sys.executable, "-m", "cleanclaim.office.blank_home", "--print"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout == SCHEMA.read_text(encoding="utf-8"), "run make schema after a migration"


def test_a_bare_home_has_both_tenants_and_every_guard(tmp_path):
    create_blank(tmp_path / "office.sqlite3")
    connection = sqlite3.connect(tmp_path / "office.sqlite3")
    assert connection.execute("SELECT slug FROM people_tenant ORDER BY slug").fetchall() == [
        ("example",),
        ("practice",),
    ]
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone() == (34,)
    assert [path.name for path in tmp_path.iterdir()] == ["office.sqlite3"]


def test_a_database_that_is_there_is_left_alone(tmp_path):
    database = tmp_path / "office.sqlite3"
    database.write_bytes(b"somebody's data")
    create_blank(database)
    assert database.read_bytes() == b"somebody's data"


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(tmp_path):
    with pytest.raises(Refused, match="the database cannot be made"):
        create_blank(tmp_path / "gone" / "office.sqlite3")
    assert list(tmp_path.iterdir()) == []
