"""Phrases in another order, or with a few words between theirs, in the lines that name a problem.

"Osteoarthritis, knee, bilateral" and "fracture of the distal left radius" say what a lexicon writes otherwise.
Looked for only where diagnoses are listed, and never across "and" or "with".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.lexicon import Term
from cleanclaim.coding.phrases.bags import Bag, root
from cleanclaim.coding.phrases.enumerators import enumerators
from cleanclaim.coding.phrases.terms import Terms, terms
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import MARKS, word_set

_PARTING = word_set(
    "and or with without no not due to secondary from vs versus but likely possible possibly probable probably"
    " suspected suspect presumed rule concern consider questionable after history prior s p"
)
_IDLE = word_set("the of a an in on at")
_WIDEST = 8
_MOST_WORDS = 4000


def find_apart(note: Note, book: CodeBook, on: dt.date) -> dict[tuple[int, int, Term], int]:
    """(first, after the last, term) of bags of two words or more in the diagnosis lists, and how many words
    within are not theirs."""
    known = terms(book, on)
    found: dict[tuple[int, int, Term], int] = {}
    looked_at = 0
    numbers = frozenset(item.first for item in note.items if item.number is not None)
    for section in note.sections:
        if section.kind in DIAGNOSTIC and looked_at < _MOST_WORDS:
            last = min(section.last, section.first + _MOST_WORDS - looked_at)
            looked_at += last - section.first
            labels = enumerators(note, section.first, last)
            for run in _stretches(note.words.forms, section.first, last, numbers, labels):
                for hit, foreign in _in_stretch(run, known):
                    found[hit] = min(foreign, found.get(hit, foreign))
    return found


def _stretches(
    forms: list[str], first: int, last: int, numbers: frozenset[int], labels: frozenset[int]
) -> Iterator[list[tuple[int, str]]]:
    run: list[tuple[int, str]] = []
    for place in range(first, last):
        form = forms[place]
        if form in MARKS or form in _PARTING or place in labels:
            if len(run) > 1:
                yield run
            run = []
        elif form not in _IDLE and place not in numbers:
            run.append((place, root(form)))
    if len(run) > 1:
        yield run


def _in_stretch(run: list[tuple[int, str]], known: Terms) -> Iterator[tuple[tuple[int, int, Term], int]]:
    # A dict and no set, so that the words are asked for in the order of the text on every run.
    roots = dict.fromkeys(word for _, word in run)
    held = frozenset(roots)
    for word in roots:
        for phrase, term in known.apart.get(word, ()):
            if held.issuperset(phrase):
                place = _tightest(run, phrase)
                if place is not None:
                    first, last = place
                    yield (first, last, term), last - first - len(phrase)


def _tightest(run: list[tuple[int, str]], phrase: Bag) -> tuple[int, int] | None:
    """The shortest stretch that holds every word of a bag, with at most two foreign words in it."""
    best: tuple[int, int] | None = None
    wanted = set(phrase)
    for begin in range(len(run)):
        if run[begin][1] not in wanted:
            continue
        missing = set(wanted)
        for end in range(begin, min(begin + len(wanted) + 2, begin + _WIDEST, len(run))):
            missing.discard(run[end][1])
            if not missing:
                if best is None or end - begin < best[1] - best[0]:
                    best = (begin, end)
                break
    return None if best is None else (run[best[0]][0], run[best[1]][0] + 1)
