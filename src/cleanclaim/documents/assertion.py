"""Whether a condition that is mentioned is asserted: of this patient, now, and for certain."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Any

from attrs import frozen

from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.matcher import PhraseMatcher, longest
from cleanclaim.documents.note import Note, Sentence, Span
from cleanclaim.documents.words import CLAUSE_BREAK, COLON, MARKS, phrase


class Assertion(StrEnum):
    """What a note says of a condition."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"
    FAMILY = "family"
    HISTORICAL = "historical"
    HYPOTHETICAL = "hypothetical"
    UNCERTAIN = "uncertain"


@frozen
class Asserted:
    """An assertion and the words that made it so; ``cue`` is None where the section or nothing decided."""

    assertion: Assertion
    cue: Span | None = None


@frozen
class _Cue:
    assertion: Assertion | None
    direction: str
    reach: int


@frozen
class _Hit:
    first: int
    last: int
    cue: _Cue


_STOP = _Cue(None, "stop", 0)
_PSEUDO = _Cue(None, "pseudo", 0)
_NOTHING = Asserted(Assertion.AFFIRMED)
# When several cues reach a mention, the first of these decides.
_ORDER = (
    Assertion.FAMILY,
    Assertion.NEGATED,
    Assertion.HYPOTHETICAL,
    Assertion.UNCERTAIN,
    Assertion.HISTORICAL,
)
_LONE_DOUBTS = frozenset(("likely", "probable", "suspected", "presumed", "questionable", "considered"))
_WINDOW_BEFORE = 24
_WINDOW_AFTER = 12
_SECTION_ASSERTIONS = {"family_history": Assertion.FAMILY, "instructions": Assertion.HYPOTHETICAL}


def assertion_at(note: Note, first: int, last: int) -> Asserted:
    """The assertion of the words from ``first`` up to ``last`` (places in ``note.words``).

    A cue counts when it stands within its reach in the same sentence and no stop lies between; the window
    is bounded, so that the time grows with the number of mentions only.
    """
    sentence = note.sentence_at(first)
    hits = list(_cues_near(note, sentence, first, last))
    stops = [hit for hit in hits if hit.cue is _STOP]
    reaching = [
        hit
        for hit in hits
        if hit.cue.assertion
        and _reaches(note, hit, first, last, stops)
        and not (hit.cue.direction == "backward" and _cut_off(hit, last, hits))
    ]
    mark = _question_mark(note, first, last)
    for assertion in _ORDER:
        for hit in reaching:
            if hit.cue.assertion is assertion:
                return Asserted(assertion, note.words_span(hit.first, hit.last))
        if assertion is Assertion.UNCERTAIN and mark is not None:
            return Asserted(assertion, mark)
    by_section = _SECTION_ASSERTIONS.get(note.section_at(first).kind)
    return Asserted(by_section) if by_section else _NOTHING


def _cut_off(hit: _Hit, last: int, hits: list[_Hit]) -> bool:
    """Whether a cue that looks forward stands between a mention and one that looks back at another thing."""
    return any(
        other.cue.direction == "forward" and last <= other.first and other.last <= hit.first for other in hits
    )


def _question_mark(note: Note, first: int, last: int) -> Span | None:
    """The question mark directly after a mention or before it ("? pneumonia")."""
    start, end = note.words.starts[first], note.words.ends[last - 1]
    if note.text[end : end + 1] == "?":
        return note.span(end, end + 1)
    for back in (1, 2):
        if (
            start >= back
            and note.text[start - back] == "?"
            and not note.text[start - back + 1 : start].strip()
        ):
            opens = start - back == 0 or not note.text[start - back - 1].isalnum()
            return note.span(start - back, start - back + 1) if opens else None
    return None


def _reaches(note: Note, hit: _Hit, first: int, last: int, stops: list[_Hit]) -> bool:
    if hit.cue.direction == "forward":
        if not (hit.last <= first <= hit.last + hit.cue.reach):
            return False
        low, high = hit.last, first
    else:
        if not (last <= hit.first <= last + hit.cue.reach):
            return False
        low, high = last, hit.first
    if any(low <= stop.first and stop.last <= high for stop in stops):
        return False
    if _bracketed(note, low, high):
        return False
    between = note.words.forms[low:high]
    if CLAUSE_BREAK in between:
        return False
    if hit.cue.assertion is Assertion.HISTORICAL and hit.cue.direction == "forward" and "with" in between:
        return False
    if hit.cue.direction == "backward" and not _closes(note, hit):
        return False
    headed = between[:1] == [COLON] and (hit.cue.direction == "forward" or len(between) == 1)
    if COLON in between and not headed:
        return False
    if hit.cue.direction == "forward":
        return True
    most = 0 if hit.cue.assertion is Assertion.HYPOTHETICAL else 1
    return _one_breath(note, low, high, most)


def _bracketed(note: Note, low: int, high: int) -> bool:
    """Whether a bracket closes or opens between a cue and a mention, so that only one of them stands inside."""
    between = note.text[note.words.ends[low - 1] if low else 0 : note.words.starts[high]]
    return between.count("(") != between.count(")")


def _closes(note: Note, hit: _Hit) -> bool:
    """Whether a lone doubting word that looks back ends its clause; "cough, likely viral" doubts the cause."""
    if hit.cue.assertion is not Assertion.UNCERTAIN or hit.last - hit.first > 1:
        return True
    forms = note.words.forms
    if forms[hit.first] not in _LONE_DOUBTS or hit.last >= len(forms) or forms[hit.last] in MARKS:
        return True
    commas = note.words.commas
    place = bisect_left(commas, hit.last)
    return place < len(commas) and commas[place] == hit.last


def _one_breath(note: Note, low: int, high: int, most: int) -> bool:
    """Whether no more commas than ``most`` separate a mention from a cue that follows it."""
    commas = note.words.commas
    return bisect_left(commas, high + 1) - bisect_left(commas, low) <= most or (most > 0 and high - low <= 1)


def _cues_near(note: Note, sentence: Sentence, first: int, last: int) -> Iterator[_Hit]:
    low = max(sentence.first, first - _WINDOW_BEFORE)
    high = min(sentence.last, last + _WINDOW_AFTER)
    for begin, end in ((low, first), (last, high)):
        found = ((a, b, values[0]) for a, b, values in _matcher().find(note.words.forms[begin:end], begin))
        for a, b, cues in longest(found):
            for cue in cues:
                if cue is not _PSEUDO:
                    yield _Hit(a, b, cue)


@lru_cache(maxsize=1)
def _matcher() -> PhraseMatcher[tuple[_Cue, ...]]:
    cues: dict[tuple[str, ...], list[_Cue]] = {}
    data = read_yaml("cues.yaml")
    for words, cue in _listed_cues(data):
        cues.setdefault(words, []).append(cue)
    return PhraseMatcher((words, tuple(found)) for words, found in cues.items())


def _listed_cues(data: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], _Cue]]:
    for assertion in Assertion:
        for name, group in data.get(assertion.value, {}).items():
            direction = "backward" if name == "backward" else "forward"
            cue = _Cue(assertion, direction, group["reach"])
            for text in group["cues"]:
                yield phrase(text), cue
    for text in data["stops"]:
        yield phrase(text), _STOP
    for text in data["pseudo"]:
        yield phrase(text), _PSEUDO
    family_forward = _Cue(Assertion.FAMILY, "forward", 12)
    family_backward = _Cue(Assertion.FAMILY, "backward", 5)
    for relative in data["relatives"]:
        for verb in data["relative_verbs"]:
            yield (phrase(relative) + (phrase(verb) or (COLON,))), family_forward
        for word in data["relative_after"]:
            yield phrase(word) + phrase(relative), family_backward
