"""What the code book demands of a code on a day, in one record: for the encoder's page and `codes show`."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from attrs import frozen

from cleanclaim.codesets import relations
from cleanclaim.codesets.book import CodeBook
from cleanclaim.codesets.cc_exclusions import excluding_principals
from cleanclaim.codesets.imported import ImportedStore
from cleanclaim.codesets.relations import AgeLimit, SexLimit, Side
from cleanclaim.kernel.resources import reference_folder

_EXEMPT_LIST = "POA-EXEMPT"


@frozen
class CodeRules:
    """An ICD-10-CM code's rules on a day.

    ``sides`` are the codes that say the same of each side, this one included. ``poa_exempt`` and ``chronic`` are
    None where what is loaded does not decide. ``severity`` is MCC, CC, NCC, or empty outside the versions at
    hand; ``not_cc_with`` are the principal diagnoses with which a CC or MCC does not count. ``unknown`` names
    what could not be told, and why.
    """

    side: Side | None
    sides: dict[Side, str]
    manifestation: bool
    external_cause: bool
    unspecified: bool
    never_principal: bool
    needs_seventh: bool
    ages: AgeLimit | None
    sex: SexLimit | None
    poa_exempt: bool | None
    chronic: bool | None
    severity: str
    not_cc_with: tuple[str, ...]
    unknown: tuple[str, ...]


def rules_of(
    book: CodeBook, code: str, on: dt.date, *, store: ImportedStore | None = None
) -> CodeRules | None:
    """The rules of a code, or None where the book has no such code on that day.

    ``store`` holds what was imported: the official list of POA exempt codes decides where it covers the day.
    """
    entry = book.find("ICD-10-CM", code, on)
    if entry is None or not entry.valid:
        return None
    side = relations.side_of(entry)
    sides = relations.by_side(book, entry.code, on)
    severity = book.severity(entry.code, on)
    excluded = excluding_principals(entry.code, on) if severity in ("CC", "MCC") else frozenset()
    exempt = relations.poa_exempt(entry.code, _officially_exempt(store, entry.code, on))
    chronic = is_chronic(entry.code)
    return CodeRules(
        side=side if sides or side is not Side.UNSPECIFIED else None,
        sides={one: other.code for one, other in sorted(sides.items())},
        manifestation=relations.is_manifestation(book, entry.code, on),
        external_cause=relations.is_external_cause(entry.code),
        unspecified=relations.is_unspecified(book, entry.code, on),
        never_principal=relations.is_unacceptable_principal(book, entry.code, on),
        needs_seventh=bool(entry.seventh),
        ages=relations.age_limit(book, entry.code, on),
        sex=relations.sex_limit(book, entry.code, on),
        poa_exempt=exempt,
        chronic=chronic,
        severity=severity,
        not_cc_with=tuple(sorted(excluded or ())),
        unknown=tuple(_unknown(severity, on, exempt=exempt, chronic=chronic)),
    )


@lru_cache(maxsize=1)
def _chronic_codes() -> tuple[frozenset[str], frozenset[str]]:
    """The codes that the lexicon marks as lasting conditions, and all codes that it holds."""
    path = reference_folder() / "lexicon" / "diagnoses.tsv"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    marked = frozenset(row[0] for row in rows if len(row) > 2 and "chronic" in row[2].split(","))
    return marked, frozenset(row[0] for row in rows)


def is_chronic(code: str) -> bool | None:
    """Whether a code says a lasting condition, by our lexicon of frequent diagnoses; None for codes not in it."""
    chronic, known = _chronic_codes()
    return code in chronic if code in known else None


def _officially_exempt(store: ImportedStore | None, code: str, on: dt.date) -> tuple[str, ...] | None:
    """The code alone where the official list of the day holds it, nothing where it does not; None without a list."""
    if store is None or not store.loaded(_EXEMPT_LIST, on):
        return None
    plain = code.replace(".", "")
    return (plain,) if store.find(_EXEMPT_LIST, plain, on) is not None else ()


def _unknown(severity: str, on: dt.date, *, exempt: bool | None, chronic: bool | None) -> list[str]:
    found = []
    if not severity:
        found.append(f"CC and MCC: no MS-DRG definitions for {on} are at hand")
    if exempt is None:
        found.append(
            "POA exempt: the official list of the fiscal year is not loaded, our short list does not decide"
        )
    if chronic is None:
        found.append("chronic: not among the frequent diagnoses that are marked")
    return found
