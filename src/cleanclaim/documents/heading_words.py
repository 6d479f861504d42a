"""Headings that no list foresees, known by the words they are made of."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.words import phrase

# "Problem 1: ..." heads a problem with its plan.
_TITLES = frozenset(("problem", "issue"))
_NUMBERED = 2
_PLANNED = frozenset(("assessment", "diagnosis"))


def heading_kind(forms: tuple[str, ...]) -> str:
    """The kind of section that these words of a heading open, or "".

    >>> heading_kind(("my", "overall", "impression"))
    'assessment'
    >>> heading_kind(("problems", "with", "sleep"))
    ''
    """
    if len(forms) == _NUMBERED and forms[0] in _TITLES and forms[1].isdecimal():
        return "assessment_plan"
    kinds = _kinds()
    found: set[str] = set()
    for form in forms:
        kind = kinds.get(form)
        if kind is None:
            return ""
        found.add(kind)
    if "plan" in found and found & _PLANNED:
        return "assessment_plan"
    return next((kind for kind in _order() if kind in found), "")


@lru_cache(maxsize=1)
def heading_openings() -> frozenset[str]:
    """Every word that may stand in such a heading."""
    return frozenset(_kinds())


@lru_cache(maxsize=1)
def assessed_kinds() -> frozenset[str]:
    """The sections which such a heading of another kind does not end: it heads a part of one problem."""
    return frozenset(_words()["within"])


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """Word as `split` folds it -> kind of section, "" for a word that says nothing of it."""
    data = _words()
    found = {form: "" for word in data["beside"] for form in phrase(word)}
    for kind in reversed(data["kinds"]):
        found.update({form: kind for word in data["kinds"][kind] for form in phrase(word)})
    return found


@lru_cache(maxsize=1)
def _order() -> tuple[str, ...]:
    return tuple(_words()["kinds"])


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    data: dict[str, Any] = read_yaml("heading_words.yaml")
    return data
