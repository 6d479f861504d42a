"""Text cut into the words by which codes are indexed and looked for."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_JOINED = re.compile(r"\(?(?<![a-z0-9])([a-z0-9]+)(?:-|\)(?=[a-z]))([a-z0-9]+)")
_IGNORED = frozenset(
    {"a", "an", "and", "as", "by", "for", "from", "in", "into", "of", "on", "or", "the", "to"}
)
_KEPT_ENDINGS = ("ss", "us", "is")
_SHORTEST_PLURAL = 4
_SIBILANT_PLURALS = ("ches", "shes", "sses", "xes")
_NO_PLURALS = frozenset({"caries", "facies", "rabies", "scabies", "series", "species"})


def words_of(text: str) -> list[str]:
    """The words of a text as the index keeps them, in order: no articles or prepositions, plurals cut.

    Accents fall away ("Sjögren", "Guillain-Barré"), and so does an apostrophe ("Crohn's", "can't").
    """
    return [_singular(word) for word in _WORD.findall(fold(text)) if word not in _IGNORED]


def joined_words(text: str) -> list[str]:
    """Parts that a hyphen or a parenthesis holds apart, as one word: "gastro-esophageal", "(poly)neuropathy"."""
    if "-" not in text and ")" not in text:
        return []
    return [_singular(first + second) for first, second in _JOINED.findall(fold(text))]


def fold(text: str) -> str:
    """Lower case, without accents, ligatures and apostrophes."""
    plain = text.lower()
    if not plain.isascii():
        plain = plain.replace("æ", "ae").replace("œ", "oe").replace("\u2019", "'")
        parts = unicodedata.normalize("NFKD", plain)
        plain = "".join(part for part in parts if not unicodedata.combining(part))
    return plain.replace("'s", "").replace("'", "") if "'" in plain else plain


@lru_cache(maxsize=65_536)
def _singular(word: str) -> str:
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(_KEPT_ENDINGS):
        return word
    if len(word) > _SHORTEST_PLURAL + 1 and word.endswith(_SIBILANT_PLURALS):
        return word[:-2]
    if len(word) > _SHORTEST_PLURAL and word.endswith("ies"):
        return word if word in _NO_PLURALS else f"{word[:-3]}y"
    return word[:-1]
