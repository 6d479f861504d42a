"""A cross-reference of the Disease Ontology (CC0) to ICD-10-CM as JSON: the phrases of diseases and their codes."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

from cleanclaim.codesets.imports.files import SourceFile
from cleanclaim.codesets.imports.rows import Part, Row
from cleanclaim.kernel.errors import InputError

_SYNONYMS = "synonym_to_icd10cm"
_CODE = re.compile(r"[A-Z](?:[0-9][0-9A-Z]|[A-Z][0-9])(?:\.[0-9A-Z]{1,4})?")
_MOST_BYTES = 64 << 20


def ontology_part(source: SourceFile) -> Part | None:
    """The file as a part, or None where it holds no such cross-reference.

    Phrases that lead to a range of codes, or to none of ICD-10-CM, are left out and counted in what the part says.

    Raises:
        InputError: the JSON is broken, cut off or too large.
    """
    if b'"doid_to_icd10cm"' not in source.head() and f'"{_SYNONYMS}"'.encode() not in source.head():
        return None
    table = _table(source)
    rows = []
    for phrase, told in sorted(table.items()):
        codes = [code for code in (told if isinstance(told, list) else [told]) if isinstance(code, str)]
        if codes and all(_CODE.fullmatch(code) for code in codes):
            rows.append(Row(" ".join(phrase.lower().split()), "", {"codes": codes}))
    part = Part("DISEASE-SYNONYMS", partial(iter, rows), source.archive + source.name)
    if len(rows) < len(table):
        part.said.append(
            f"{len(table) - len(rows)} phrases lead to a range or to no ICD-10-CM code and are left out"
        )
    return part


def _table(source: SourceFile) -> dict[str, Any]:
    data = source.bytes()
    if len(data) > _MOST_BYTES:
        raise InputError("the JSON file is too large", where=source.name)
    try:
        table: Any = json.loads(data.decode("utf-8-sig")).get(_SYNONYMS)
    except (ValueError, AttributeError, RecursionError) as error:
        raise InputError(
            "the JSON is broken or cut off", where=source.name, why=str(error)[:120],
            fix="get it again; nothing was loaded",
        ) from error  # fmt: skip
    if not isinstance(table, dict) or not table:
        raise InputError(
            "the cross-reference has no synonyms", where=source.name, why=f"{_SYNONYMS} is missing"
        )
    return table
