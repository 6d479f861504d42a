"""Every phrase that may stand for a code, as a bag: titles, inclusion terms, synonyms, given terms."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.lexicon import own_phrases
from cleanclaim.coding.phrases.bags import Bag, bag_of_text

BagTerms = Mapping[Bag, Mapping[str, frozenset[str]]]

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CIRCUMSTANCES = "VWXY"
_SHORTEST_WORD = 5
_FEWEST_CATEGORIES = 3


def book_terms(book: CodeBook, on: dt.date) -> Iterable[tuple[str, str, str]]:
    """(phrase, code, source) of a release of ICD-10-CM and of our own lexicon."""
    for entry in book.entries("ICD-10-CM", on):
        if entry.code[0] not in _CIRCUMSTANCES:
            yield entry.title, entry.code, "title"
        for note in entry.notes.includes:
            if note.source == entry.code:
                yield note.text, entry.code, "inclusion"
    for words, term in own_phrases():
        if term.kind == "dx":
            yield " ".join(words), term.name, "lexicon"


def bag_terms(rows: Iterable[tuple[str, str, str]]) -> BagTerms:
    """Bag -> code -> the sources that say so; each phrase with and without what stands in brackets."""
    found: dict[Bag, dict[str, set[str]]] = defaultdict(dict)
    for text, code, source in rows:
        for variant in {text, _BRACKETS.sub(" ", text)}:
            phrase = bag_of_text(variant)
            if phrase:
                found[phrase].setdefault(code, set()).add(source)
    return {
        phrase: {code: frozenset(sources) for code, sources in codes.items()}
        for phrase, codes in found.items()
    }


def telling_words(terms: BagTerms) -> dict[str, tuple[str, ...]]:
    """Words that stand in the terms of few categories -> at most three codes with the shortest terms."""
    by_word: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for phrase, codes in terms.items():
        for word in set(phrase):
            if len(word) >= _SHORTEST_WORD and not word.isdigit():
                by_word[word].update((len(phrase), code) for code in codes)
    found: dict[str, tuple[str, ...]] = {}
    for word, rows in by_word.items():
        if len({code[:3] for _, code in rows}) > _FEWEST_CATEGORIES:
            continue
        ordered = sorted(rows)
        short = [code for length, code in ordered if length <= ordered[0][0] + 1]
        plain = [code for code in short if code.endswith(("9", "0"))]
        found[word] = tuple(sorted(set(plain or short))[:3])
    return found
