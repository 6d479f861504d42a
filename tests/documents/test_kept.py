"""A lexicon file kept parsed is read back as it was, and a damaged one is parsed again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from cleanclaim.documents.kept import parsed, worked_out, write_kept


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path))
    return tmp_path / "cache" / "coding"


def test_the_second_time_nothing_is_parsed(folder: Path) -> None:
    made: list[bytes] = []

    def parse(data: bytes) -> Any:
        made.append(data)
        return json.loads(data)

    assert parsed(b'{"a": [1, "b"]}', parse) == parsed(b'{"a": [1, "b"]}', parse) == {"a": [1, "b"]}
    assert len(made) == 1
    assert parsed(b'{"a": [2]}', parse) == {"a": [2]}


def test_a_damaged_file_is_parsed_again(folder: Path) -> None:
    parsed(b"[1, 2]", json.loads)
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    for damaged in (
        b"damaged",
        whole[:-1],
        b"",
        *(_with_changed(whole, place) for place in range(len(whole))),
    ):
        path.write_bytes(damaged)
        assert parsed(b"[1, 2]", json.loads) == [1, 2]


def test_what_cannot_be_kept_is_parsed_each_time(folder: Path) -> None:
    assert isinstance(parsed(b"x", lambda _data: Path("x")), Path)
    assert not folder.exists() or not list(folder.iterdir())


def _with_changed(data: bytes, place: int) -> bytes:
    return data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :]


def test_what_was_worked_out_is_kept_until_a_source_changes(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "source.yaml"
    source.write_text("one", encoding="utf-8")
    made: list[str] = []

    def make() -> tuple[str, ...]:
        made.append(source.read_text(encoding="utf-8"))
        return tuple(made)

    assert worked_out("a", [source], make) == worked_out("a", [source], make) == ("one",)
    assert worked_out("b", [source], make) == ("one", "one")
    source.write_text("two", encoding="utf-8")
    assert worked_out("a", [source], make)[-1] == "two"


def test_only_the_newest_files_stay(folder: Path) -> None:
    for number in range(6):
        path = folder / f"terms-{number}"
        write_kept(path, b"x", most=3)
        os.utime(path, ns=(number, number))
    write_kept(folder / "lexicon-a", b"y", most=3)
    assert sorted(path.name for path in folder.iterdir()) == ["lexicon-a", "terms-3", "terms-4", "terms-5"]
