"""The example practice, read once for all its tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from cleanclaim.kernel.resources import examples_folder


@pytest.fixture(scope="session")
def folder() -> Path:
    return examples_folder()


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def practice(folder: Path) -> dict[str, Any]:
    return _read(folder / "practice.yaml")


@pytest.fixture(scope="session")
def payers(folder: Path) -> dict[str, Any]:
    return _read(folder / "payers.yaml")


@pytest.fixture(scope="session")
def patients(folder: Path) -> dict[str, Any]:
    return {each["patient_id"]: each for each in _read(folder / "patients.yaml")["patients"]}


@pytest.fixture(scope="session")
def chargemaster(folder: Path) -> dict[str, Any]:
    return _read(folder / "chargemaster.yaml")


@pytest.fixture(scope="session")
def encounters(folder: Path) -> dict[str, dict[str, Any]]:
    read = (_read(path) for path in sorted(folder.glob("encounters/*/encounter.yaml")))
    return {each["id"]: each for each in read}


@pytest.fixture(scope="session")
def notes(folder: Path) -> dict[str, str]:
    """The notes by the id of their encounter."""
    found = {}
    for path in sorted(folder.glob("encounters/*/encounter.yaml")):
        found[_read(path)["id"]] = path.with_name("note.txt").read_text(encoding="utf-8")
    return found
