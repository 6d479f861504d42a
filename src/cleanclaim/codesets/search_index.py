"""The words of titles and inclusion terms, and which phrases hold them."""

from __future__ import annotations

import json
import re
import sqlite3
from array import array
from collections import defaultdict

_WORD = re.compile(r"[a-z0-9]+")
_IGNORED = frozenset(
    {"a", "an", "and", "as", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to"}
)


def words_of(text: str) -> list[str]:
    """The words of a text as the index keeps them, in order, without articles and prepositions."""
    found = _WORD.findall(text.lower().replace("'s", ""))
    return [word for word in found if word not in _IGNORED]


def build_search_index(connection: sqlite3.Connection) -> None:
    """Fill the tables `phrase` and `word` from the titles and inclusion terms already written."""
    phrases = _phrases(connection)
    postings: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
    rows = []
    for number, (system, code, text) in enumerate(phrases):
        words = words_of(text)
        rows.append((number, system, code, text, min(len(words), 255)))
        for word in set(words):
            postings[system, word].append(number)
    connection.executemany("INSERT INTO phrase VALUES (?,?,?,?,?)", rows)
    connection.executemany(
        "INSERT INTO word VALUES (?,?,?)",
        [(system, word, found.tobytes()) for (system, word), found in sorted(postings.items())],
    )


def _phrases(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    titles = connection.execute(
        "SELECT DISTINCT system, code, title FROM code WHERE title <> '' ORDER BY system, code, first"
    ).fetchall()
    codes = {code for system, code, _ in titles if system == "ICD-10-CM"}
    terms = []
    for name, notes in connection.execute("SELECT name, notes FROM node WHERE notes <> '' ORDER BY id"):
        if name in codes:
            terms += [("ICD-10-CM", name, text) for text, _ in json.loads(notes).get("inclusion", [])]
    return sorted(titles + terms)
