"""The word lists of a visit: reference/lexicon/visit_*.yaml, loaded once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cleanclaim.documents.lexicon import read_yaml


def visit_table() -> dict[str, Any]:
    """reference/lexicon/visit_words.yaml."""
    return _yaml("visit_words.yaml")


def problem_table() -> dict[str, Any]:
    """reference/lexicon/visit_problems.yaml."""
    return _yaml("visit_problems.yaml")


def drug_table() -> dict[str, Any]:
    """reference/lexicon/visit_drugs.yaml."""
    return _yaml("visit_drugs.yaml")


def test_table() -> dict[str, Any]:
    """reference/lexicon/visit_tests.yaml."""
    return _yaml("visit_tests.yaml")


@lru_cache(maxsize=8)
def _yaml(name: str) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(name)
    return found
