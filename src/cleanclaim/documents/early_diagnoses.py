"""A diagnosis named at the head of a letter, with the story behind it: the part ends where its paragraph does."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from cleanclaim.documents.nesting import Bound
from cleanclaim.documents.words import Words

_KINDS = frozenset(("diagnosis",))
_STORY = "hpi"
_PROBLEMS = re.compile(r"problems?(?: list)?\b", re.IGNORECASE)
# "Interval:" or "Treatment so far:" below an early diagnosis.
_NAMED = re.compile(r"[A-Z][a-z]{3,15}(?: [a-z]{2,12}){0,3}:")
_TELLS = re.compile(
    r"(?:This |A |An |The )?(?:\d{1,3}[- ]?(?:years?|yo|y/o|yr|months?|weeks?|days?)[- ]?(?:old|o)\b"
    r"|patient (?:is|was|has|came|presented))"
)
_LEAST_OF_PROSE = 50
_BULLETS = frozenset("-•*●○▪‣–#(0123456789")


def with_stories(
    text: str, words: Words, bounds: Sequence[Bound], listing: Collection[str]
) -> Iterator[Bound]:
    """The bounds, with the story that follows an early diagnosis after a blank line as a part of its own.

    Only where a later part lists the diagnoses of the day: else the first one is all there is.
    """
    last_listing = max((first for kind, _, first in bounds if kind in listing), default=-1)
    for index, bound in enumerate(bounds):
        kind, heading, first = bound
        early = first < last_listing
        if early and kind == "diagnosis" and heading is not None and _PROBLEMS.match(heading.text):
            bound = ("problem_list", heading, first)
        yield bound
        if kind not in listing or heading is None:
            continue
        until = bounds[index + 1][2] if index + 1 < len(bounds) else len(words.forms)
        place = _story_line(text, words, heading.end, until, early and kind in _KINDS)
        if not place and early and kind in _KINDS:
            place = _paragraph_after(text, words, heading.end, until)
        if place:
            yield (_STORY, None, place)


def _story_line(text: str, words: Words, begin: int, until: int, early: bool) -> int:
    """The first word of a line that begins to tell of the patient, below a heading's own line; 0 for none."""
    end_of_line = text.find("\n", begin, _end(words, until))
    if end_of_line < 0 or not text[begin:end_of_line].strip(" :\t"):
        return 0
    for place, line in _lines_from(text, words, end_of_line, until):
        opening = line[:40]
        if _TELLS.match(opening) or (early and _NAMED.match(opening)):
            return place
    return 0


def _paragraph_after(text: str, words: Words, begin: int, until: int) -> int:
    """The first word of a paragraph of prose that a blank line parts from a heading's own words; 0 for none."""
    said = text[begin : begin + 200].lstrip(" :\t")
    blank = text.find("\n\n", begin, _end(words, until))
    if not said or said[0] == "\n" or blank < 0:
        return 0
    place, line = next(_lines_from(text, words, blank + 1, until), (0, ""))
    return place if len(line) >= _LEAST_OF_PROSE and line[0] not in _BULLETS else 0


def _lines_from(text: str, words: Words, begin: int, until: int) -> Iterator[tuple[int, str]]:
    """The lines that begin at a character or behind it and before a word: the place of their first word, their text."""
    for index in range(bisect_left(words.lines, begin, key=lambda line: line[1]), len(words.lines)):
        place, start, end = words.lines[index]
        if place >= until:
            return
        yield place, text[start:end].strip()


def _end(words: Words, until: int) -> int:
    """The character at which a part that ends before a word is over, so that no search runs through the rest."""
    return words.starts[until] if until < len(words.starts) else sys.maxsize
