"""Phrases of diseases from an imported ontology, each with the diagnoses it may mean."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleanclaim.codesets.imported import ImportedStore, open_imported

_SET = "DISEASE-SYNONYMS"
_STORE = "codesets.sqlite3"


def disease_synonyms(home: Path | ImportedStore | None) -> Iterator[tuple[str, str]]:
    """(phrase, code) of the imported cross-reference, phrases in lower case; nothing where none was imported.

    ``home`` is the folder of the home, or its opened store. A phrase that means several codes comes once for each.

    Raises:
        InputError: the store of the home cannot be read.
    """
    store = open_imported(home / _STORE) if isinstance(home, Path) else home
    if store is None:
        return
    releases = store.releases(_SET)
    for item in store.items(releases[-1]) if releases else ():
        for code in item.data["codes"]:
            yield item.key, code
