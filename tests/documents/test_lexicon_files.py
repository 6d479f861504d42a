"""Every file of the lexicon is told in its manifest and is plain YAML, whichever parser a machine has."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from cleanclaim.kernel.resources import read_reference_yaml, reference_folder

_FOLDER = reference_folder() / "lexicon"
_MANIFEST = _FOLDER / "manifest.yaml"
_FILES = sorted(path for path in _FOLDER.iterdir() if path != _MANIFEST)
_SMALL = 20_000


def test_the_manifest_tells_every_file() -> None:
    told = read_reference_yaml(_MANIFEST)["files"]
    assert sorted(told) == [path.name for path in _FILES]


@pytest.mark.parametrize(
    "path",
    [path for path in _FILES if path.suffix == ".yaml" and path.stat().st_size < _SMALL],
    ids=lambda p: p.name,
)
def test_a_small_file_reads_alike_by_either_parser(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == read_reference_yaml(path)


@pytest.mark.prove
@pytest.mark.parametrize(
    "path",
    [path for path in _FILES if path.suffix == ".yaml" and path.stat().st_size >= _SMALL],
    ids=lambda p: p.name,
)
def test_a_large_file_reads_alike_by_either_parser(path: Path) -> None:
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == read_reference_yaml(path)
