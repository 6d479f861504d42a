from __future__ import annotations

from pathlib import Path

import pytest

from cleanclaim.codesets.book import CodeBook, open_book


@pytest.fixture(scope="session")
def book() -> CodeBook:
    return open_book()


@pytest.fixture(scope="session")
def shared_codesets() -> Path:
    folder = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "codesets"
    if not folder.is_dir():
        pytest.skip("the official files beside the project are not there")
    return folder
