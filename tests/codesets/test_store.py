from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from cleanclaim.codesets import sources, store
from cleanclaim.codesets.book import CodeBook

FY2027 = dt.date(2026, 10, 15)


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Only our own tables, so that building takes no time; a home of its own."""
    for name in ("tabular_file", "code_list_file", "medicare_file"):
        monkeypatch.setattr(sources, name, lambda: None)
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "cache" / "codesets"


def test_without_packages_the_small_sets_still_answer(tiny: Path) -> None:
    book = CodeBook(store.open_store())
    assert book.find("POS", "11", FY2027) is not None
    assert not book.loaded("ICD-10-CM", FY2027)
    unknown = book.find("ICD-10-CM", "I10", FY2027)
    assert unknown is not None and not unknown.valid


def test_the_second_opening_does_not_build(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.open_store().close()
    monkeypatch.setattr(store, "build", lambda connection: pytest.fail("built again"))
    assert CodeBook(store.open_store()).loaded("POS", FY2027)


def test_a_build_that_fails_leaves_nothing_behind(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(connection: sqlite3.Connection, imported: object = None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "build", fails)
    with pytest.raises(KeyboardInterrupt):
        store.open_store()
    assert list(tiny.iterdir()) == []


def test_a_damaged_cache_is_not_used(tiny: Path) -> None:
    store.open_store().close()
    (kept,) = tiny.iterdir()
    kept.write_bytes(b"not a database at all" * 100)
    assert CodeBook(store.open_store()).loaded("POS", FY2027)


def test_a_folder_that_cannot_be_written_is_no_obstacle(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CLEANCLAIM_HOME", str(tmp_path / "file"))
    assert CodeBook(store.open_store()).loaded("POS", FY2027)


def test_the_cache_follows_the_user_when_there_is_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLEANCLAIM_HOME", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert store.cache_folder() == Path("/somewhere/cleanclaim/codesets")
