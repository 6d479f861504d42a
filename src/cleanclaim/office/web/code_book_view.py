"""What the pages of the code book show: codes found, one code with its rules and notes, what a release changes."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from attrs import evolve

from cleanclaim.codesets.book import CodeBook, CodeEntry, CodeStatus, open_book
from cleanclaim.codesets.changes import ChangeKind, changes_on, next_change_of
from cleanclaim.codesets.entry import CodeNotes, Note
from cleanclaim.codesets.known_sets import KNOWN_SETS
from cleanclaim.codesets.relations import Side
from cleanclaim.codesets.results import Level, coming, grouped, levels_above, standing_at
from cleanclaim.codesets.rules import CodeRules, rules_of
from cleanclaim.codesets.store import imported_sets
from cleanclaim.grouping.hcc_categories import hcc_categories

DIAGNOSES = "ICD-10-CM"
AT_MOST = 24
NOTE_KINDS = {
    "code_first": "Code first",
    "use_additional": "Use additional code",
    "code_also": "Code also",
    "excludes1": "Excludes 1: not coded together",
    "excludes2": "Excludes 2: not included here, may stand beside it",
    "includes": "Includes",
    "general": "Note",
}
_RANGE = re.compile(r"(?<!\s)\s*+\([A-Z][0-9][0-9A-Z](?:-[A-Z][0-9][0-9A-Z])?\)$")
STATUS_WORDS = {
    CodeStatus.BILLABLE: "billable",
    CodeStatus.HEADER: "not billable: more characters are needed",
    CodeStatus.NOT_YET: "not yet in force",
    CodeStatus.TERMINATED: "ended",
    CodeStatus.UNKNOWN: "cannot be told: the set is not loaded for this day",
}


def systems() -> list[str]:
    """The sets that can be searched, diagnoses first."""
    names = [one.system for one in open_book().sets()]
    first = [name for name in (DIAGNOSES, "ICD-10-PCS", "HCPCS", "CPT") if name in names]
    return [*first, *(name for name in names if name not in first)]


def found_page(system: str, words: str, on: dt.date, used: dict[str, int]) -> dict[str, Any]:
    """Codes for words: groups with notes where they stand, and what the next release will add."""
    book = open_book()
    entries = book.search(words, system, on=on, limit=AT_MOST, used=used) if words else []
    groups = [
        {
            "category": group.category,
            "notes": note_blocks(group.category.notes),
            "note_count": sum(len(block["lines"]) for block in note_blocks(group.category.notes)),
            "hits": [
                {"hit": hit, "change": change_words(hit.change), "path": next(iter(hit.index_paths), "")}
                for hit in group.hits
            ],
        }
        for group in grouped(book, entries, on, used=used)
    ]
    return {
        "groups": groups,
        "coming": coming(book, words, on, system=system, limit=8) if words and system == DIAGNOSES else (),
        "coming_on": book.next_change(system, on),
        "loaded": book.loaded(system, on),
        "index_loaded": _index_loaded(),
    }


def entry_page(system: str, code: str, on: dt.date) -> dict[str, Any] | None:
    """One code with everything that is known of it on a day; None where no set knows it."""
    book = open_book()
    entry = book.find(system, code, on)
    if entry is None:
        return None
    diagnosis = entry.system == DIAGNOSES
    above = tuple(_plainly(level) for level in levels_above(book, entry)) if diagnosis else ()
    own = Level(entry.code, entry.title, standing_at(entry.notes, entry.code))
    levels = [
        {"level": level, "notes": note_blocks(level.notes), "is_own": level is own}
        for level in (own, *reversed(above))
    ]
    rules = rules_of(book, entry.code, on, store=imported_sets()) if diagnosis else None
    change = next_change_of(book, entry.code, on, system=entry.system)
    return {
        "entry": entry,
        "status_words": STATUS_WORDS[entry.status],
        "above": above,
        "levels": [one for one in levels if one["notes"]],
        "seventh": _seventh(book, entry, on),
        "children": _children(book, entry, on) if diagnosis and not entry.seventh else [],
        "rules": rule_lines(rules, entry, on) if rules is not None else [],
        "unknown": list(rules.unknown) if rules is not None else [],
        "change": change,
        "change_words": change_words(change),
        "index_paths": book.index_paths(entry.code) if diagnosis else (),
        "index_loaded": _index_loaded(),
    }


def _plainly(level: Level) -> Level:
    """A level without the range of codes that the titles of chapters and blocks end with."""
    return evolve(level, title=_RANGE.sub("", level.title))


def changes_page(on: dt.date) -> dict[str, Any]:
    """What the diagnoses' release of a day changes: the day, counts by kind, and the changes by category."""
    book = open_book()
    rows = []
    for change in changes_on(book, on):
        days = (on - dt.timedelta(days=1), on)
        bills = any(one.billable for day in days if (one := book.find(DIAGNOSES, change.code, day)))
        rows.append({"change": change, "words": change_words(change), "bills": bills})
    counts = {
        "new": sum(
            row["bills"] and row["change"].kind in (ChangeKind.BEGINS, ChangeKind.BILLABLE) for row in rows
        ),
        "retired": sum(
            row["bills"] and row["change"].kind in (ChangeKind.ENDS, ChangeKind.REFINED) for row in rows
        ),
        "retitled": sum(row["change"].kind is ChangeKind.RETITLED for row in rows),
    }
    return {"rows": rows, "counts": counts, "day": on}


def change_words(change: Any) -> str:
    """What happens to a code, in a few words; nothing where nothing does."""
    if change is None:
        return ""
    return {
        ChangeKind.BEGINS: "begins",
        ChangeKind.ENDS: "ends",
        ChangeKind.REFINED: "is refined: longer codes take its place",
        ChangeKind.BILLABLE: "becomes billable",
        ChangeKind.RETITLED: "has a new title",
    }[change.kind]


def note_blocks(notes: CodeNotes) -> list[dict[str, Any]]:
    """Notes by kind, in the order in which a coder must heed them."""
    blocks = []
    for kind, words in NOTE_KINDS.items():
        lines = getattr(notes, kind)
        if lines:
            short = words.partition(":")[0].lower()
            blocks.append(
                {"kind": kind, "words": words, "kind_words": short, "lines": [_line(note) for note in lines]}
            )
    return blocks


def _line(note: Note) -> list[dict[str, str]]:
    """A note cut into its words and the codes in them that can be opened."""
    named = {code for code in note.codes if "-" not in code and "[" not in code}
    if not named:
        return [{"text": note.text}]
    longest_first = sorted(named, key=len, reverse=True)
    pattern = re.compile("(" + "|".join(rf"\b{re.escape(code)}\b" for code in longest_first) + ")")
    return [{"code": part} if part in named else {"text": part} for part in pattern.split(note.text) if part]


def rule_lines(rules: CodeRules, entry: CodeEntry, on: dt.date) -> list[dict[str, Any]]:
    """The rules of a code as short lines: a name, words, and the codes that belong to it."""
    lines = [*_body_lines(rules, entry), *_claim_lines(rules)]
    categories = hcc_categories(entry.code) if entry.billable else {}
    if categories:
        words = "; ".join(f"{model} {', '.join(one)}" for model, one in categories.items())
        lines.append({"name": "HCC", "words": words, "codes": []})
    elif categories is None:
        lines.append({"name": "HCC", "words": "not told: the engine is not installed", "codes": []})
    return lines


def _body_lines(rules: CodeRules, entry: CodeEntry) -> list[dict[str, Any]]:
    lines = []
    if rules.side is not None or rules.sides:
        others = [
            {"code": code, "words": str(side)} for side, code in rules.sides.items() if code != entry.code
        ]
        words = str(rules.side or Side.UNSPECIFIED)
        lines.append({"name": "Side", "words": words, "codes": others})
    if rules.ages is not None:
        words = f"{rules.ages.youngest} to {rules.ages.oldest} years ({rules.ages.name})"
        lines.append({"name": "Age", "words": words, "codes": []})
    if rules.sex is not None:
        words = "female" if rules.sex.sex == "F" else "male"
        words += "" if rules.sex.enforced else " (advice: the code editor no longer checks it)"
        lines.append({"name": "Sex", "words": words, "codes": []})
    if rules.chronic is not None:
        lines.append(
            {"name": "Course", "words": "chronic" if rules.chronic else "not marked as chronic", "codes": []}
        )
    return lines


def _claim_lines(rules: CodeRules) -> list[dict[str, Any]]:
    lines = []
    said = {
        "Manifestation: never first": rules.manifestation,
        "External cause: never first": rules.external_cause,
        "Not accepted as principal diagnosis of a stay": rules.never_principal and not rules.external_cause,
        "Unspecified: look for a more specific code": rules.unspecified,
    }
    lines += [{"name": "Heed", "words": words, "codes": []} for words, holds in said.items() if holds]
    if rules.severity in ("CC", "MCC"):
        count = len(rules.not_cc_with)
        words = f"{rules.severity}, but not beside {count} principal diagnoses" if count else rules.severity
        lines.append({"name": "MS-DRG", "words": words, "codes": [], "more": rules.not_cc_with})
    elif rules.severity:
        lines.append({"name": "MS-DRG", "words": "neither CC nor MCC", "codes": []})
    if rules.poa_exempt is not None:
        words = "exempt" if rules.poa_exempt else "indicator needed"
        lines.append({"name": "POA", "words": words, "codes": []})
    return lines


def _seventh(book: CodeBook, entry: CodeEntry, on: dt.date) -> list[dict[str, str]]:
    plain = entry.code.replace(".", "").ljust(6, "X")
    made = [
        (character, f"{plain[:3]}.{plain[3:]}{character}", words)
        for character, words in entry.seventh.items()
    ]
    return [
        {"character": character, "code": code, "words": words}
        for character, code, words in made
        if book.find(DIAGNOSES, code, on) is not None
    ]


def _children(book: CodeBook, entry: CodeEntry, on: dt.date) -> list[CodeEntry]:
    return [child for child in book.children(DIAGNOSES, entry.code, on) if child.valid]


def _index_loaded() -> bool:
    store = imported_sets()
    return store is not None and "ICD-10-CM-INDEX" in KNOWN_SETS and bool(store.releases("ICD-10-CM-INDEX"))
