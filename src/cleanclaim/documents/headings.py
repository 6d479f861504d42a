"""Headings of a note: at the start of a line, before a colon in running text, or as an abbreviation in capitals."""

from __future__ import annotations

import re
from functools import lru_cache

from cleanclaim.documents.heading_words import heading_kind, heading_openings
from cleanclaim.documents.lexicon import bare_headings, headings, headings_alone
from cleanclaim.documents.list_numbers import list_number
from cleanclaim.documents.nesting import MOST_LINES
from cleanclaim.documents.words import BREAK, COLON, MARKS, Words

_LONGEST_HEADING = 8
_SOAP = frozenset("SOAP")
_BEHIND_LETTER = re.compile(r"[ ]{2,}|\t|[.)] ")
_INLINE_HEADING = 5
_COLUMN = 3
_SIGNS = frozenset(("**", "=", "|", "->", "=>", ">", ">>", "::", "~", "…", "→", "»"))
_LEADERS = frozenset(". ·…_-=*>")
# "Exam at 41 h:", "Labs last week:": when a part was found, behind its heading.
_TIMES = frozenset(
    ("at", "on", "last", "this", "before", "after", "upon", "during", "yesterday", "from", "done")
)
_TITLES = frozenset(("problem", "issue"))
_DICTATED = 3
_DICTATED_KINDS = frozenset(
    (
        *("assessment", "assessment_plan", "impression", "plan", "exam", "results", "medications"),
        *("family_history", "social_history", "vitals", "diagnosis"),
        *("chief_complaint", "disposition", "discharge_dx", "principal_dx"),
    )
)
_BULLETS = frozenset("-•*●○▪‣–")
_NAMED_FIRST = frozenset(("principal_dx", "discharge_dx", "diagnosis", "assessment", "impression"))
_FINAL = frozenset(("final", "overall", "clinical", "discharge", "our", "my", "consensus", "team"))
_IMPRESSIONS = frozenset(("impression", "diagnosis", "assessment", "conclusion", "opinion"))
_LEAST_OF_AN_IMPRESSION = 3
_SHORT_TITLE = 3
_JOINS = frozenset(("/", "&", "+"))
# Single letters head the parts of a note where a dash follows them.
_SOAP = frozenset("SOAP")

Found = set[tuple[int, int, int]]
"""First word of a heading, the word after it, the first word of the text it heads."""


def bare_headings_at(text: str, words: Words) -> Found:
    """Abbreviations that open a line or a sentence in capitals, such as "PMH none." """
    bare = bare_headings()
    forms = words.forms
    found: Found = set()
    line_firsts = {first for first, _, _ in words.lines[:MOST_LINES]}
    for place, form in enumerate(forms):
        if form not in bare or place + 1 >= len(forms) or forms[place + 1] in MARKS:
            continue
        title = text[words.starts[place] : words.ends[place]]
        if title == "MED":
            continue  # "MED SUMM"
        opens = place in line_firsts or (place > 0 and forms[place - 1] == BREAK)
        if (
            opens
            and (title.isupper() or title in {"Meds", "Dispo"})
            and (form == "vs" or not forms[place + 1].isdigit())
        ):
            found.add((place, place + 1, place + 1))
    return found


def heading_lines(text: str, words: Words) -> Found:
    """Headings at the start of a line, alone on it or before a colon."""
    known = headings()
    openings = _openings()
    found: Found = _lettered(text, words)
    for index, (first, _, _) in enumerate(words.lines[:MOST_LINES]):
        if words.forms[first] not in openings:
            continue
        until = words.lines[index + 1][0] if index + 1 < len(words.lines) else len(words.forms)
        head = words.forms[first : min(until, first + _LONGEST_HEADING + 1)]
        if told := _numbered_problem(words, first, until) or _dictated_heading(text, words, first, until):
            found.add((first, first + told, first + told + 1))
            continue
        if COLON in head:
            length = head.index(COLON)
        elif dashed := _dashed_heading(text, words, first, len(head)):
            found.add((first, first + dashed, first + dashed))
            continue
        elif stopped := _stopped_heading(text, words, first, until):
            found.add((first, first + stopped, first + stopped + 1))
            continue
        elif leader := _leader_heading(text, words, first, until):
            found.add((first, *leader))
            continue
        elif until - first <= _LONGEST_HEADING + 1 and (
            len(head) > 2 or len(head[0]) > 1 or _joined_letters(text, words, first, until)
        ):
            length = len(head) - (1 if head[-1] == BREAK else 0)
        else:
            continue
        if tuple(head[:length]) in known or _heads_the_rest(text, words, found, index, length):
            found.add((first, first + length, min(first + length + 1, until)))
            continue
        shorter = _qualified_heading(text, words, first, length, COLON in head)
        if shorter:
            found.add((first, first + shorter, min(first + length + 1, until)))
        elif heading_kind(tuple(head[:length])):
            found.add((first, first + length, min(first + length + 1, until)))
    return found


def _heads_the_rest(text: str, words: Words, found: Found, index: int, length: int) -> bool:
    """Whether a line is "Also:" alone over a list, where a heading above has named the first diagnoses."""
    first, _, _ = words.lines[index]
    if tuple(words.forms[first : first + length]) not in headings_alone() or index + 1 >= len(words.lines):
        return False
    below, start, _ = words.lines[index + 1]
    if text[words.ends[first + length - 1] : start].strip() != ":":
        return False
    listed = text[start : start + 1] in _BULLETS or list_number(text, words, below) is not None
    return listed and any(
        headings().get(tuple(words.forms[one:last])) in _NAMED_FIRST for one, last, _ in found
    )


def _lettered(text: str, words: Words) -> Found:
    """Lines that open with the letters of SOAP and two blanks or a full stop, where both A and P do so ("A. Toe.")."""
    places: dict[str, int] = {}
    for first, start, _ in words.lines[:MOST_LINES]:
        begin = words.starts[first]
        if text[begin : begin + 1] in _SOAP and _BEHIND_LETTER.match(text, begin + 1) and begin == start:
            places.setdefault(text[begin], first)
    return (
        {(first, first + 1, first + 1) for first in places.values()} if {"A", "P"} <= places.keys() else set()
    )


@lru_cache(maxsize=1)
def _openings() -> frozenset[str]:
    """The words with which a heading begins."""
    return frozenset(title[0] for title in headings()) | heading_openings()


def _dashed_heading(text: str, words: Words, first: int, length: int) -> int:
    """The length of a heading that a dash parts from its text: "Assessment - migraine"."""
    known = headings()
    for size in range(min(length - 1, _INLINE_HEADING), 0, -1):
        title = tuple(words.forms[first : first + size])
        gap = text[words.ends[first + size - 1] : words.starts[first + size]]
        stroke = text[words.ends[first] : words.ends[first] + 2]
        if size == 1 and stroke[:1] == "/" and not stroke[1:].strip():
            # "S/", "A/": a letter with a stroke.
            return size if text[words.starts[first] : words.ends[first]].upper() in _SOAP else 0
        if gap.strip() in {"-", "--", "–", "—"} and gap[0].isspace() and gap[-1].isspace():
            letter = size == 1 and text[words.starts[first] : words.ends[first]] in _SOAP
            return size if title in known and (letter or size > 1 or len(title[0]) > 1) else 0
    return 0


def _numbered_problem(words: Words, first: int, until: int) -> int:
    """The length of "Problem 2" before a full stop, a colon or a dash."""
    forms = words.forms
    if forms[first] not in _TITLES or first + 3 > until or not forms[first + 1].isdecimal():
        return 0
    return 2 if forms[first + 2] in MARKS else 0


def _dictated_heading(text: str, words: Words, first: int, until: int) -> int:
    """The length of a heading that a full stop parts from its text, as it is dictated: "Impression. She is well"."""
    known = headings()
    for size in range(min(_DICTATED, until - first - 2), 0, -1):
        title = tuple(words.forms[first : first + size])
        if title not in known or known[title] not in _DICTATED_KINDS or (size == 1 and len(title[0]) < 3):
            continue
        if text[words.starts[first]].islower() and not _begins_afresh(words, first):
            continue
        end = words.ends[first + size - 1]
        if text[end : end + 2] == ". " and (
            text[end + 2 : end + 3].isupper() or text[end + 2 : end + 3].isdigit()
        ):
            return size
    return 0


def _begins_afresh(words: Words, first: int) -> bool:
    """Whether no sentence of the line above goes on in the words at a place ("lowered her, so no / injury. Warm")."""
    return first == 0 or words.forms[first - 1] in MARKS


def _joined_letters(text: str, words: Words, first: int, until: int) -> bool:
    """Whether two letters alone on their line are joined by a sign, as those of a heading are: "a/p", "a&p"."""
    gap = text[words.ends[first] : words.starts[first + 1]].strip() if first + 1 < until else ""
    return gap in _JOINS


def _stopped_heading(text: str, words: Words, first: int, until: int) -> int:
    """The length of a heading in capitals that a full stop parts from its text: "COURSE. She came in with"."""
    known = headings()
    for size in range(min(until - first - 1, _INLINE_HEADING), 0, -1):
        place = first + size
        if words.forms[place] != BREAK or tuple(words.forms[first:place]) not in known:
            continue
        title = text[words.starts[first] : words.ends[place - 1]]
        end = words.ends[place - 1]
        return size if title.isupper() and len(title) > _SHORT_TITLE and text[end : end + 2] == ". " else 0
    return 0


def _leader_heading(text: str, words: Words, first: int, until: int) -> tuple[int, int] | None:
    """Where a heading ends that dots, a bar, an arrow or a column parts from its text, and where the text begins."""
    known = headings()
    for size in range(min(until - first - 1, _INLINE_HEADING), 0, -1):
        title = tuple(words.forms[first : first + size])
        if title not in known or (size == 1 and len(title[0]) == 1):
            continue
        place = first + size
        while place < until and words.forms[place] in MARKS:
            place += 1
        if place < until and _leads(text[words.ends[first + size - 1] : words.starts[place]]):
            return first + size, place
    return None


def _leads(gap: str) -> bool:
    """Whether what stands between two words leads from a heading to its text."""
    sign = gap.strip()
    if not sign:
        return "\t" in gap or len(gap) >= _COLUMN
    return sign in _SIGNS or (len(sign) >= _COLUMN and _LEADERS.issuperset(sign))


def _qualified_heading(text: str, words: Words, first: int, length: int, colon: bool) -> int:
    """The length of a heading that a dash, a bracket or a date qualifies: "Procedure - wound repair:"."""
    known = headings()
    for shorter in range(length - 1, 0, -1):
        if tuple(words.forms[first : first + shorter]) in known and (
            shorter > 1 or len(words.forms[first]) > 2
        ):
            gap = text[words.ends[first + shorter - 1] : words.starts[first + shorter]].strip()
            following = words.forms[first + shorter]
            if (
                gap[:1] in {"-", "–", "—", "("}
                or following in {"today"}
                or following[:1].isdigit()
                or (colon and following in _TIMES)
            ):
                return shorter
    return 0


@lru_cache(maxsize=1)
def _endings() -> frozenset[str]:
    """The words with which a heading ends."""
    return frozenset(title[-1] for title in headings())


def inline_headings(text: str, words: Words) -> Found:
    """Headings before a colon in running text, as in a note that came as one line."""
    endings = _endings()
    forms = words.forms
    line_firsts = {first for first, _, _ in words.lines[:MOST_LINES]}
    found: Found = set()
    place = -1
    while True:
        try:
            place = forms.index(COLON, place + 1)
        except ValueError:
            return found
        first = _listed_before(text, words, place) if forms[place - 1] in endings else None
        following = place + 2 if forms[place + 1 : place + 2] == [BREAK] else place + 1
        if first is None and following in line_firsts:
            first = _sentence_first(forms, place)
            first = first if first is not None and heading_kind(tuple(forms[first:place])) else None
        if first is not None:
            found.add((first, place, place + 1))
        elif (named := _impression_before(forms, place)) is not None:
            found.add((named, named + 2, place + 1))


def _impression_before(forms: list[str], colon: int) -> int | None:
    """Where a sentence begins that calls what follows the impression: "Final impression, agreed with medicine:"."""
    first = _sentence_first(forms, colon)
    if first is None or colon - first < _LEAST_OF_AN_IMPRESSION:
        return None
    return first if forms[first] in _FINAL and forms[first + 1] in _IMPRESSIONS else None


def _listed_before(text: str, words: Words, place: int) -> int | None:
    """Where the longest heading of the lexicon before the colon at a place begins."""
    known = headings()
    for length in range(min(_INLINE_HEADING, place), 0, -1):
        first = place - length
        if tuple(words.forms[first:place]) in known and _may_head(text, words, first, place):
            return first
    return None


def _sentence_first(forms: list[str], colon: int) -> int | None:
    """Where the sentence of a colon begins, unless that is too far for a heading."""
    before = range(colon - 1, max(colon - _LONGEST_HEADING - 2, 0), -1)
    return next((place + 1 for place in before if forms[place] in MARKS), None)


def _may_head(text: str, words: Words, first: int, last: int) -> bool:
    title = text[words.starts[first] : words.ends[last - 1]]
    if not title[0].isupper():
        return False
    if first == 0 or words.forms[first - 1] in MARKS or title.isupper():
        return True
    # "Est pt. Assessment:" - an abbreviation's full stop ends no sentence, but a heading may follow it.
    return "." in text[words.ends[first - 1] : words.starts[first]]
