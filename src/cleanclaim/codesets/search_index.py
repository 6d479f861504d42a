"""The words of titles and inclusion terms, and which phrases hold them, the likeliest phrases first."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterator

from cleanclaim.codesets.periods import OPEN
from cleanclaim.codesets.words import joined_words, words_of

_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LIGHT = frozenset(
    {"unspecified", "nos", "essential", "primary", "mellitus", "without", "complication", "organism", "site"}
)
_HEAVY = frozenset(
    {
        "other",
        "history",
        "family",
        "elsewhere",
        "nec",
        "neonatal",
        "newborn",
        "maternal",
        "childbirth",
        "sequela",
    }
)
_CATEGORY_COST = {"E08": 3, "E09": 3, "E10": 2, "E13": 2}
_CHAPTER_COST = {"A": 1, "B": 1, "O": 5, "P": 5, "Q": 4, "T": 2, "Z": 2, "V": 3, "W": 3, "X": 3, "Y": 3}
_ASIDE_COST = 7
_TERM_COST = 1
_INDEX_COST = 2
_NOTE_COST = 2
_NAMING = ("excludes1", "excludes2", "code_first", "use_additional", "code_also")
_CODES = re.compile(r"\([^()]*[A-Z][0-9][0-9A-Z][^()]*\)|\b(?:code|of|to identify|such as|any|the)\b")
PRECOMPUTED = 3
"""Beginnings of words up to this length are worked out when the book is built."""

_Phrase = tuple[str, int, str, tuple[str, ...]]


def build_search_index(connection: sqlite3.Connection) -> None:
    """Fill the tables `phrase` and `word` from the titles and inclusion terms already written.

    Phrases are numbered within a set in the order of their cost, so that the best of a result are its lowest
    numbers.
    """
    postings: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
    rows = []
    system_before, number = "", 0
    for system, cost, code, words in sorted(_phrases(connection)):
        number = number + 1 if system == system_before else 0
        system_before = system
        rows.append((system, number, code, cost))
        for word in set(words):
            postings[system, word].append(number)
    connection.executemany("INSERT INTO phrase VALUES (?,?,?,?)", rows)
    connection.executemany(
        "INSERT INTO word VALUES (?,?,?)",
        [(system, word, found.tobytes()) for (system, word), found in sorted(postings.items())],
    )
    _write_beginnings(connection, postings)


def _write_beginnings(connection: sqlite3.Connection, postings: dict[tuple[str, str], array[int]]) -> None:
    """For beginnings of few letters, which hundreds of words share, the phrases as a set of bits."""
    sets: dict[tuple[str, str], bytearray] = {}
    for (system, word), numbers in postings.items():
        for length in range(1, PRECOMPUTED + 1):
            bits = sets.setdefault((system, word[:length]), bytearray())
            for number in numbers:
                byte = number >> 3
                if byte >= len(bits):
                    bits.extend(bytes(byte + 1 - len(bits)))
                bits[byte] |= 1 << (number & 7)
    rows = [(system, prefix, zlib.compress(bytes(bits), 1)) for (system, prefix), bits in sets.items()]
    connection.executemany("INSERT OR REPLACE INTO prefix VALUES (?,?,?)", rows)


def _phrases(connection: sqlite3.Connection) -> list[_Phrase]:
    """Every title and inclusion term: its set, what it costs to say it, its code, its words."""
    found: list[_Phrase] = []
    kinds: dict[str, str] = {}
    newest = connection.execute("SELECT max(last) FROM code WHERE system = 'ICD-10-CM'").fetchone()[0]
    for system, code, kind, last, title in connection.execute(
        "SELECT system, code, kind, max(last) OVER (PARTITION BY system, code), title FROM code"
        " WHERE title <> '' ORDER BY system, code, first"
    ):
        ended = last < (newest if system == "ICD-10-CM" else OPEN)
        found += _phrase(system, code, title, kind, ended=ended)
        if system == "ICD-10-CM":
            kinds[code] = kind
    for name, notes in connection.execute("SELECT name, notes FROM node WHERE notes <> '' ORDER BY id"):
        if name in kinds:
            terms = json.loads(notes)
            for text, _ in terms.get("inclusion", []) + terms.get("includes", []):
                found += _phrase("ICD-10-CM", name, text, kinds[name], ended=False, more=_TERM_COST)
        found += _named_in_notes(json.loads(notes), kinds)
    for code, path in connection.execute("SELECT code, path FROM index_term ORDER BY code, path"):
        if code in kinds:
            found += _phrase("ICD-10-CM", code, path, kinds[code], ended=False, more=_INDEX_COST)
    return list(dict.fromkeys(found))


def _named_in_notes(
    notes: dict[str, list[tuple[str, list[str]]]], kinds: dict[str, str]
) -> Iterator[_Phrase]:
    """A note that names one code says in its own words what the code is for: "renal colic (N23)"."""
    for kind in _NAMING:
        for text, codes in notes.get(kind, ()):
            words = _CODES.sub(" ", text)
            if len(codes) == 1 and codes[0] in kinds and words_of(words):
                yield from _phrase(
                    "ICD-10-CM", codes[0], words, kinds[codes[0]], ended=False, more=_NOTE_COST
                )


def cost_of(code: str, words: list[str]) -> int:
    """What it costs to say a phrase for a code: few plain words and a common chapter come first."""
    cost = sum(0 if word in _LIGHT else 4 if word in _HEAVY else 2 for word in words)
    return cost + _CATEGORY_COST.get(code[:3], _CHAPTER_COST.get(code[:1], 0))


def _phrase(system: str, code: str, text: str, kind: str, *, ended: bool, more: int = 0) -> Iterator[_Phrase]:
    """A phrase and its cost: low for few plain words and a billable code of a common chapter.

    Words in parentheses say nothing of what a code is for, so the phrase with them is offered later.
    """
    counted = words_of(_ASIDE.sub(" ", text)) if "(" in text or "[" in text else words_of(text)
    cost = more + cost_of(code if system == "ICD-10-CM" else "", counted)
    cost += (1 if kind == "header" else 0) + (40 if ended else 0)
    yield system, cost, code, (*counted, *joined_words(text))
    words = tuple(words_of(text))
    if len(words) > len(counted):
        yield system, cost + _ASIDE_COST, code, words
