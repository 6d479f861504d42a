"""The project's own lexicon of headings, note kinds and cues, read from reference/lexicon."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from cleanclaim.documents.parsed import parsed
from cleanclaim.documents.words import phrase
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import reference_folder

# The same safe loader, in C where it was built; a start is four times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(name: str) -> Any:
    """One file of reference/lexicon. Raises InputError when it cannot be read."""
    path = reference_folder() / "lexicon" / name
    try:
        return parsed(path.read_bytes(), _parse)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(
            f"the lexicon file {name} cannot be read",
            where=f"reference/lexicon/{name}",
            why=type(error).__name__,
            fix="restore the file from the release",
        ) from error


def _parse(data: bytes) -> Any:
    return yaml.load(data.decode("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader


@lru_cache(maxsize=1)
def headings() -> dict[tuple[str, ...], str]:
    """Heading in folded words -> kind of section."""
    data = read_yaml("sections.yaml")
    return {phrase(title): kind for kind, titles in data.items() if kind != "bare" for title in titles}


@lru_cache(maxsize=1)
def bare_headings() -> frozenset[str]:
    """Abbreviations that head a section without a colon."""
    return frozenset(phrase(title)[0] for title in read_yaml("sections.yaml")["bare"])
