"""The project's own phrases and rules for coding, read from reference/lexicon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from attrs import frozen

from cleanclaim.documents.lexicon import FOLDING, compiled_once, read_yaml
from cleanclaim.documents.words import phrase
from cleanclaim.kernel.errors import InputError
from cleanclaim.kernel.resources import reference_folder


@frozen(cache_hash=True)
class Term:
    """What a phrase stands for: a diagnosis code, a concept or a service (``kind``), and where it is from."""

    kind: str
    name: str
    source: str
    flags: frozenset[str] = frozenset()


Phrase = tuple[str, ...]

_LONGEST_ABBREVIATION = 5
_MAKERS = ("coding/lexicon.py", *FOLDING)
_PIECES = re.compile(r"[|{}/]")

DIAGNOSES = (
    "clinic_diagnoses.tsv",
    "bone_birth_diagnoses.tsv",
    "diagnoses.tsv",
    "acute_diagnoses.tsv",
    "medical_diagnoses.tsv",
)
"""The files of our own phrases for diagnoses."""

CHOICES = "choices.yaml"
"""The file of the choices that many phrases share."""


def rules() -> dict[str, Any]:
    """reference/lexicon/rules.yaml."""
    found: dict[str, Any] = _yaml("rules.yaml")
    return found


def families() -> dict[str, Any]:
    """reference/lexicon/families.yaml."""
    found: dict[str, Any] = _yaml("families.yaml")
    return found


def services() -> list[dict[str, Any]]:
    """reference/lexicon/services.yaml."""
    found: list[dict[str, Any]] = _yaml("services.yaml")
    return found


def evaluation() -> dict[str, Any]:
    """reference/lexicon/evaluation.yaml."""
    found: dict[str, Any] = _yaml("evaluation.yaml")
    return found


def choices() -> dict[str, list[str]]:
    """reference/lexicon/choices.yaml."""
    found: dict[str, list[str]] = _yaml(CHOICES)
    return found


def query_table() -> dict[str, Any]:
    """reference/lexicon/queries.yaml."""
    found: dict[str, Any] = _yaml("queries.yaml")
    return found


@lru_cache(maxsize=8)
def _yaml(name: str) -> Any:
    return read_yaml(name)


def lexicon_path(name: str) -> Path:
    """Where a lexicon file lies."""
    return reference_folder() / "lexicon" / name


def own_phrases() -> Iterator[tuple[Phrase, Term]]:
    """Every phrase of our own lexicon."""
    for code, phrases, flags in _diagnoses():
        term = Term("dx", code, "lexicon", frozenset(flag for flag in flags.split(",") if flag))
        for text in phrases.split("|"):
            for one in _spelled_out(text):
                yield phrase(one), term
                if " disorder" in one:
                    yield phrase(one.replace(" disorder", " d o")), term
    for name, phrases, _ in _rows("concepts.tsv"):
        for text in phrases.split("|"):
            yield phrase(text), Term("concept", name, "lexicon")
    for index, service in enumerate(services()):
        for text in service["says"]:
            yield phrase(text), Term("service", str(index), "lexicon")


@lru_cache(maxsize=1)
def abbreviation_forms() -> frozenset[str]:
    """Folded words that the lexicon writes in capitals only."""
    return frozenset(compiled_once("abbreviations", DIAGNOSES, _MAKERS, _abbreviation_forms))


def _abbreviation_forms() -> list[str]:
    capitals: set[str] = set()
    ordinary: set[str] = set()
    for _, phrases, _ in _diagnoses():
        for word in _PIECES.split(phrases):
            if 2 <= len(word) <= _LONGEST_ABBREVIATION and word.isalpha():
                (capitals if word.isupper() else ordinary).update(phrase(word))
    return sorted(capitals - ordinary)


def _spelled_out(text: str) -> Iterator[str]:
    """A phrase with each of its choices: "{prior/old} stroke" is two phrases, "{@past} stroke" as many as the
    shared choice ``past`` has."""
    head, found, rest = text.partition("{")
    if not found:
        yield text
        return
    written, _, tail = rest.partition("}")
    shared = written.startswith("@")
    for choice in choices()[written[1:]] if shared else written.split("/"):
        for following in _spelled_out(tail):
            yield f"{head}{choice}{following}"


@lru_cache(maxsize=1)
def flags_by_code() -> dict[str, frozenset[str]]:
    """Code -> what the lexicon knows of it ("chronic", "symptom", ...)."""
    kept: dict[str, frozenset[str]] = compiled_once("flags", DIAGNOSES, _MAKERS, _flags_by_code)
    return kept


def _flags_by_code() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for code, _, flags in _diagnoses():
        found[code] = found.get(code, frozenset()) | frozenset(flag for flag in flags.split(",") if flag)
    return found


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[Phrase]:
    """Titles that are everyday words and no diagnosis by themselves."""
    lines = lexicon_path("ordinary_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(phrase(line) for line in lines if line and not line.startswith("#"))


def _diagnoses() -> Iterator[tuple[str, str, str]]:
    for name in DIAGNOSES:
        yield from _rows(name)


def _rows(name: str) -> Iterator[tuple[str, str, str]]:
    try:
        lines = lexicon_path(name).read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise InputError(
            f"the lexicon file {name} cannot be read", where=f"reference/lexicon/{name}"
        ) from error
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) not in {2, 3}:
            raise InputError("a lexicon row has two or three columns", where=f"{name} line {number}")
        yield fields[0], fields[1], fields[2] if len(fields) == 3 else ""
