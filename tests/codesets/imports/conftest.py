from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.imports.load import ImportChoices, ImportSummary, import_files

NOW = dt.datetime(2026, 10, 2, 9, 0, tzinfo=dt.UTC)


class Shelf:
    """A store in a folder of its own, and files written beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "codesets.sqlite3"

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def load(self, *paths: Path, **choices: object) -> list[ImportSummary]:
        return import_files(paths, self.path, now=NOW, choices=ImportChoices(**choices))  # type: ignore[arg-type]

    def store(self) -> ImportedStore:
        return ImportedStore(self.path)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def hcpcs_line() -> Callable[..., str]:
    """A record of the alpha-numeric file: 293 described columns, filler behind them."""

    def line(
        code: str, text: str, *, record: str = "3", added: str = "20200101", acted: str = "20261001",
        ended: str = "", width: int = 293, sequence: str = "00100",
    ) -> str:  # fmt: skip
        body = f"{code:>5}{sequence}{record}{text:<80}{text[:28]:<28}".ljust(268)
        if record in "48":
            return body.ljust(width)
        return f"{body}{added:<8}{acted:<8}{ended:<8}N".ljust(width)

    return line
