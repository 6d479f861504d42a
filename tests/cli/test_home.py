"""A home that is missing, in the way, closed or full: one sentence, exit 2, nothing half-written."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys

import pytest


@pytest.mark.parametrize("words", [("balances",), ("verify",)], ids=" ".join)
def test_a_command_that_only_looks_makes_no_home(command, home, words):
    done = command(*words, "--json", home=home)
    done.refused(str(home), "no office here", "CLEANCLAIM_HOME")
    assert not home.exists()


def test_a_home_that_is_not_there_is_made_by_a_command_that_writes(command, home, sent):
    done = command("import", sent.professional, "--json", home=home)
    assert done.status == 0
    assert stat.S_IMODE((home / "office.key").stat().st_mode) == 0o600


def test_an_empty_folder_is_a_bare_home(command, home):
    home.mkdir()
    assert command("balances", "--json", home=home).status == 0
    assert command("verify", "--json", home=home).status == 0


COMMANDS = [
    ("demo",),
    ("serve", "--port", "0"),
    ("balances",),
    ("verify",),
    ("post", "{835}"),
    ("import", "{837}"),
    ("take-in", "{835}"),
]


@pytest.fixture
def filled(sent, tmp_path):
    def fill(words):
        return [
            word.replace("{835}", str(sent.remittance)).replace("{837}", str(sent.professional))
            for word in words
        ]

    return fill


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_file_in_the_place_of_the_home_is_told(command, filled, home, tmp_path, words, everything_in):
    home.write_text("a file")
    command(*filled(words), home=home, cwd=tmp_path).refused(str(home), "is a file")
    assert home.read_text() == "a file"
    assert [name for name in everything_in(tmp_path) if name.startswith("cleanclaim-demo/")] == []


@pytest.mark.parametrize("words", [("demo",), ("post", "{835}")], ids=" ".join)
def test_a_home_below_a_file_is_told(command, filled, tmp_path, words):
    (tmp_path / "file").touch()
    command(*filled(words), home=tmp_path / "file" / "home", cwd=tmp_path).refused("file/home")


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_read_only_disk_is_told(command, filled, small_disk, tmp_path, words, everything_in):
    disk = small_disk("ro")
    command(*filled(words), home=disk, cwd=tmp_path).refused(str(disk), "read-only file system")
    assert everything_in(disk) == []


def test_a_place_for_the_demos_files_is_tried_before_its_work(command, home, tmp_path, small_disk):
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", small_disk("ro") / "out"):
        command("demo", "--out", place, home=home).refused(str(place), "cannot be written")
    assert not home.exists()


def test_a_full_disk_leaves_no_half_office(command, sent, small_disk):
    disk = small_disk("size=200k")
    command("import", sent.professional, home=disk / "home").refused()
    assert [path.name for path in disk.rglob("*.part*")] == []


def test_a_disk_that_fills_up_loses_nothing_that_was_done(command, worked, sent, small_disk, tmp_path):
    used = sum(path.stat().st_size for path in worked.rglob("*") if path.is_file())
    disk = small_disk(f"size={used + 200_000}")
    home = disk / "home"
    shutil.copytree(worked, home)
    before = command("balances", "--json", home=home).out
    filler = disk / "filler"
    with pytest.raises(OSError, match="No space"), filler.open("wb", buffering=0) as handle:
        while True:
            handle.write(b"x" * 4096)
    other = tmp_path / "other.835"
    other.write_bytes(sent.remittance.read_bytes().replace(b"*V01*", b"*V77*"))
    command("post", other, home=home).refused()
    filler.unlink()
    assert command("balances", "--json", home=home).out == before
    assert command("verify", home=home).status == 0


def test_a_key_that_others_can_read_is_refused(command, worked):
    (worked / "office.key").chmod(0o644)
    command("verify", home=worked).refused("office.key", "chmod 600")


def test_a_database_address_that_is_none_is_told(command, home):
    done = subprocess.run(
        [sys.executable, "-m", "cleanclaim", "balances"],
        env={**os.environ, "CLEANCLAIM_HOME": str(home), "DATABASE_URL": "mysql://host/name"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_tenant_that_is_not_there_is_named_with_those_that_are(command, worked):
    command("balances", "--tenant", "nobody", home=worked).refused("nobody", "example", "practice")
