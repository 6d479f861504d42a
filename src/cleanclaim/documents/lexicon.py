"""The project's own lexicon of headings, note kinds and cues, read from reference/lexicon."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from cleanclaim.documents.kept import parsed, worked_out
from cleanclaim.documents.matcher import automaton_mark
from cleanclaim.documents.words import phrase
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import reference_folder

# The same safe loader, in C where it was built; a start is four times as fast.
_PACKAGE = Path(__file__).parents[1]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Headings that count in a place of their own only.
_OWN_WAYS = frozenset(("bare", "alone"))

FOLDING = ("documents/words.py", "documents/word_forms.py", "documents/spelling.py")
"""The modules of whose code the folded words of a phrase hang."""


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


def compiled_once(name: str, files: Iterable[str], makers: Iterable[str], make: Callable[[], Any]) -> Any:
    """What ``make`` works out of files of reference/lexicon, plain data, kept until they or its code change.

    ``makers`` are modules of the package ("documents/words.py") of whose code the answer hangs.
    """
    folder = reference_folder() / "lexicon"
    sources = (*(folder / one for one in files), *(_PACKAGE / one for one in makers))
    return worked_out(f"{name} {automaton_mark()}", sources, make)


@lru_cache(maxsize=1)
def headings() -> dict[tuple[str, ...], str]:
    """Heading in folded words -> kind of section."""
    data = read_yaml("sections.yaml")
    return {phrase(title): kind for kind, titles in data.items() if kind not in _OWN_WAYS for title in titles}


@lru_cache(maxsize=1)
def headings_alone() -> frozenset[tuple[str, ...]]:
    """What heads more diagnoses only where it stands alone over a list, behind the diagnoses named first ("Also:")."""
    return frozenset(phrase(title) for title in read_yaml("sections.yaml")["alone"])


@lru_cache(maxsize=1)
def bare_headings() -> frozenset[str]:
    """Abbreviations that head a section without a colon."""
    return frozenset(phrase(title)[0] for title in read_yaml("sections.yaml")["bare"])
