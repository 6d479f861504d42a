"""A diagnosis line taken as a whole and matched with the titles of the tabular list.

Phrases find what a lexicon writes; a line such as "Type 2 diabetes with moderate nonproliferative retinopathy
without macular edema, left eye" holds one code in all its words, in any order. Every word a title asks for must
stand in the line, nothing the title rules out may, and the title that uses most of the line wins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.lexicon import Term
from cleanclaim.coding.phrases.bags import root
from cleanclaim.coding.phrases.enumerators import enumerators
from cleanclaim.coding.phrases.shapes import Shape, implied_words, same_words
from cleanclaim.coding.phrases.term_file import Shelf
from cleanclaim.coding.phrases.terms import terms
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import CLAUSE_BREAK, MARKS, word_set

_PARTING = word_set(
    "vs versus but likely possible possibly probable probably suspected suspect presumed rule concern consider"
    " questionable after history prior continue start follow plan refer discussed recheck refill"
)
_IDLE = word_set("the of a an in on at to by for from due and or is was has have")
_DENYING = word_set("without no not denies")
_ENDING_DENIAL = word_set("with but")
_SKIPPED = _IDLE | _DENYING | _ENDING_DENIAL | {"w", "o", "non"}
_MOST_WORDS = 4000
_MOST_OF_A_LINE = 30
_LEAST = 3


@frozen
class _Line:
    """The words of a line: their places, those said by root, these roots as a set, and those denied."""

    places: list[int]
    said: dict[str, list[int]]
    words: frozenset[str]
    denied: frozenset[str]
    implied: list[int]


def find_whole_lines(note: Note, book: CodeBook, on: dt.date) -> dict[tuple[int, int, Term], int]:
    """(first, after the last, term) of titles that a diagnosis line says whole, and how many words within are
    not theirs."""
    index = terms(book, on).shapes
    found: dict[tuple[int, int, Term], int] = {}
    numbers = frozenset(item.first for item in note.items if item.number is not None)
    commas = frozenset(note.words.commas)
    looked_at = 0
    for section in note.sections:
        if section.kind not in DIAGNOSTIC:
            continue
        last = min(section.last, section.first + _MOST_WORDS - looked_at)
        looked_at += last - section.first
        labels = enumerators(note, section.first, last)
        for line in _between(note.words.forms, section.first, last, numbers, commas, labels):
            hit = _best(line, index)
            if hit is not None:
                code, first, end, foreign = hit
                found[(first, end, Term("dx", code, "title"))] = foreign
        if looked_at >= _MOST_WORDS:
            break
    return found


def _between(
    forms: list[str],
    first: int,
    last: int,
    numbers: frozenset[int],
    commas: frozenset[int],
    labels: frozenset[int],
) -> Iterator[_Line]:
    """The lines of each stretch between two labels of a list."""
    for label in (*sorted(labels), last):
        yield from _lines(forms, first, label, numbers, commas)
        first = label + 1


def _lines(
    forms: list[str], first: int, last: int, numbers: frozenset[int], commas: frozenset[int]
) -> Iterator[_Line]:
    """The stretches between two breaks or words that part one problem from the next."""
    places: list[int] = []
    said: dict[str, list[int]] = {}
    denied: set[str] = set()
    implied: list[int] = []
    denying = False
    for place in range(first, last + 1):
        form = forms[place] if place < last else CLAUSE_BREAK
        if form in MARKS or form in _PARTING or len(places) > _MOST_OF_A_LINE:
            if len(places) >= _LEAST:
                _type_diabetes(said)
                yield _Line(places, said, frozenset(said), frozenset(denied), implied)
            places, said, denied, implied, denying = [], {}, set(), [], False
            continue
        if place in commas or form in _ENDING_DENIAL:
            denying = False
        if form in _DENYING or forms[place : place + 2] == ["w", "o"]:
            denying = True
        if form in _SKIPPED or place in numbers:
            continue
        prefix = "non" if forms[place - 1 : place] == ["non"] else ""
        # A dict and no set, so that the line is read alike on every run.
        roots = dict.fromkeys((root(prefix + form), *(() if prefix else same_words().get(form, ()))))
        if denying:
            denied.update(roots)
            continue
        places.append(place)
        if prefix:
            implied.append(place - 1)
        if form in implied_words():
            implied.append(place)
        for word in roots:
            said.setdefault(word, []).append(place)


def _type_diabetes(said: dict[str, list[int]]) -> None:
    """Diabetes of a type that is not told is of type 2 (Section I.C.4.a.2); "DM II" tells it."""
    named = said.get(root("diabetes")) or said.get(root("diabete"))
    if named and not said.keys() & {"1", "i", "3c", "gestat", "gestational", "steroid", "drug", "2"}:
        for word in ("type", "2"):
            said.setdefault(root(word), []).extend(named)


def _best(line: _Line, index: Shelf[Shape]) -> tuple[str, int, int, int] | None:
    best: tuple[tuple[float, str], tuple[str, int, int, int]] | None = None
    for word in line.said:
        for shape in index.get(word, ()):
            placed = _placed(shape, line)
            if placed is None:
                continue
            used, first, last = placed
            first, last = _stretched(shape, line, first, last)
            foreign = sum(first <= place < last for place in line.places) - len(used)
            if len(used) < _LEAST or foreign > len(used):
                continue
            # What is denied in both counts half; an open title gives way to an exact one.
            score = len(used) + 0.5 * len(shape.denied & line.denied) - 0.2 * shape.open - 0.1 * foreign
            key = (score, shape.code)
            if best is None or (key[0], best[0][1]) > (best[0][0], key[1]):
                best = (key, (shape.code, first, last, last - first - _spoken_for(shape, line, first, last)))
    return best[1] if best else None


def _stretched(shape: Shape, line: _Line, first: int, last: int) -> tuple[int, int]:
    """The stretch with the words right before and behind it that are the title's own or implied by it."""
    asked = frozenset().union(*shape.asked)
    own = {place for word in asked for place in line.said.get(word, ())} | set(line.implied)
    while first - 1 in own:
        first -= 1
    while last in own:
        last += 1
    return first, last


def _spoken_for(shape: Shape, line: _Line, first: int, last: int) -> int:
    """How many words within are the title's own, said once more, or implied by it."""
    asked = frozenset().union(*shape.asked)
    own = {place for word in asked for place in line.said.get(word, ()) if first <= place < last}
    return len(own | {place for place in line.implied if first <= place < last})


def _placed(shape: Shape, line: _Line) -> tuple[set[int], int, int] | None:
    """The places a title uses, from the first to after the last, or None where the line does not say it."""
    if not shape.denied.isdisjoint(line.words):
        return None
    for group in shape.asked:
        if group.isdisjoint(line.words):
            return None
    used: set[int] = set()
    for group in shape.asked:
        places = [place for word in group for place in line.said.get(word, ())]
        if not places:
            return None
        used.add(min(places, key=lambda place: (abs(place - min(used, default=place)), place)))
    return used, min(used), max(used) + 1
