"""Where a short part ends: what stands behind the blank line below "Allergies: none." tells of the patient again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from cleanclaim.documents.nesting import MOST_LINES, Bound
from cleanclaim.documents.words import Words, word_set

# A label such as "Provider:" that heads a long text is no line of the form, but the story itself.
_LABELS = frozenset(("header",))
_LEAST_OF_A_STORY = 140
_LEAST_OF_LABELLED = 60
# Parts that say one thing on their own line; what a blank line parts from it is no longer of them.
_ONE_LINE = frozenset(("allergies", "medications", "family_history", "social_history", "immunizations"))
# "ALLERGY" over a whole note names the department.
_DEPARTMENTS = frozenset(("allergies", "family_history", "results", "immunizations", "development"))
_SIGNS = re.compile(
    r"(?:Temp\b|T \d|T:|BP\b|HR\b|VS\b|Vitals?\b|P \d|Pulse\b|Wt\b|Weight\b|Afebrile\b|SpO2\b|ECOG\b|\d{2,3}/\d{2,3})"
)
# Two measures that open the very next line: "Ht 168 Wt 57", "T 98.6, HR 72".
_MEASURE = r"(?:Ht|Wt|Height|Weight|BP|HR|RR|T|Temp|P|Pulse|SpO2|BMI|VS)[: ]{1,2}[\d.]{2,6}(?:/\d{2,3})?[^\d\n]{0,12}"
_MEASURED = re.compile(rf"\n[ \t]*{_MEASURE}{_MEASURE}")
_LEAST_OF_PROSE = 60
# What was found ends where a paragraph tells what was done ("Diltiazem infusion, back to sinus rhythm after a day").
_FOUND = frozenset(("exam", "results", "findings", "vitals"))
_DONE = word_set(
    "infusion started given treated admitted discharged continued received replaced transfused weaned underwent"
    " improved resolved extubated switched broadened narrowed tolerated stayed managed transferred"
)
_LEAST_DONE = 2
_END = 4
_MOST_OF_FINDINGS = 60
# Lines of a form that may stand between a label and the story below it.
_MOST_OF_FORM = 12
_LISTED = re.compile(r"[-•*●○▪‣–#(\d]|[A-Za-z][\w /&-]{0,30}:")


def _line_behind(lines: Sequence[tuple[int, int, int]], stop: int, otherwise: int) -> int:
    """The first word of the first line that begins behind a character."""
    index = bisect_right(lines, stop, key=lambda line: line[1])
    return lines[index][0] if index < len(lines) else otherwise


def with_what_resumes(text: str, words: Words, bounds: Sequence[Bound]) -> Iterator[Bound]:
    """The bounds, with the story that a label heads, and with what goes on behind a part of one line."""
    lines = words.lines[:MOST_LINES]
    for index, bound in enumerate(bounds):
        kind, heading, first = bound
        if first == 0 and heading is not None and kind in _DEPARTMENTS and _alone(text, heading.end):
            yield ("opening", None, 0)
            continue
        if heading is not None and kind in _FOUND:
            yield bound
            until = bounds[index + 1][2] if index + 1 < len(bounds) else len(words.forms)
            place = _course_after(text, words, first, until)
            if place:
                yield ("hpi", None, place)
            continue
        if heading is None or kind not in _LABELS | _ONE_LINE:
            yield bound
            continue
        until = bounds[index + 1][2] if index + 1 < len(bounds) else len(words.forms)
        ends = words.starts[until] if until < len(words.forms) else len(text)
        stop = text.find("\n", heading.end, ends)
        stop = ends if stop < 0 else stop
        if kind in _LABELS:
            heads_story = min(stop, ends) - heading.end >= _LEAST_OF_A_STORY
            yield ("hpi", heading, first) if heads_story else bound
            if not heads_story:
                yield from _below_a_label(text, words, stop, until)
            continue
        yield bound
        said = text[heading.end : stop].strip(" :\t-")
        if said and _MEASURED.match(text[stop : stop + 80]):
            place = _line_behind(lines, stop, until)
            if place < until:
                yield ("exam", None, place)
        elif said and text[stop : stop + 80].lstrip(" \t\r")[:2] == "\n\n":
            place = _line_behind(lines, stop, until)
            resumed = _kind_of(text, words, place) if place < until else ""
            if resumed:
                yield (resumed, None, place)


def _story_below(text: str, words: Words, stop: int, until: int) -> int:
    """The first word of prose right below a label ("Patient: M, 57") or behind a blank line; 0 for none."""
    lines = words.lines[:MOST_LINES]
    index = bisect_right(lines, stop, key=lambda line: line[1])
    for place, _, _ in lines[index : index + _MOST_OF_FORM]:
        if place >= until:
            return 0
        apart = text[words.ends[place - 1] : words.starts[place]].count("\n") > 1
        prose = _kind_of(text, words, place) == "opening"
        if (prose and (apart or place == lines[index][0])) or (apart and _labelled_prose(text, words, place)):
            return place
    return 0


def _below_a_label(text: str, words: Words, stop: int, until: int) -> Iterator[Bound]:
    """What begins behind the first blank line below a label, which is no line of the form: the story, or a list."""
    place = _story_below(text, words, stop, until)
    if place:
        yield ("hpi", None, place)
        return
    lines = words.lines[:MOST_LINES]
    index = bisect_right(lines, stop, key=lambda line: line[1])
    for place, _, _ in lines[index : index + _MOST_OF_FORM]:
        if place >= until:
            return
        if text[words.ends[place - 1] : words.starts[place]].count("\n") > 1:
            yield ("opening", None, place)
            return


def _labelled_prose(text: str, words: Words, place: int) -> bool:
    """Whether a line of prose stands behind a label that no list knows ("Mechanism: She was riding ...")."""
    start = words.starts[place]
    line = text[start : start + _LEAST_OF_A_STORY].partition("\n")[0]
    label, colon, said = line.partition(":")
    return bool(colon) and len(said) >= _LEAST_OF_LABELLED and label.replace(" ", "").isalpha()


def _course_after(text: str, words: Words, first: int, until: int) -> int:
    """The first word of a paragraph that tells the course, parted from the findings by a line that ends; 0 for none."""
    if not _DONE.intersection(words.forms[first:until]):
        return 0
    at = bisect_left(words.lines, (first + 1,))
    for index in range(at, min(len(words.lines), at + _MOST_OF_FINDINGS)):
        place, start, end = words.lines[index]
        if place >= until:
            return 0
        gap = text[words.ends[place - 1] : start]
        if gap.count("\n") < 2 and text[max(0, start - _END) : start].rstrip()[-1:] != ".":
            continue
        last = min(until, words.lines[index + 1][0] if index + 1 < len(words.lines) else until)
        said = _DONE.intersection(words.forms[place:last])
        prose = end - start >= _LEAST_OF_PROSE and not _LISTED.match(text[start:end].strip())
        if prose and len(said) >= _LEAST_DONE:
            return place
    return 0


def _alone(text: str, end: int) -> bool:
    """Whether nothing follows on the line, and it ends in no colon."""
    stop = text.find("\n", end)
    return not text[end : stop if stop >= 0 else len(text)].strip()


def _kind_of(text: str, words: Words, place: int) -> str:
    """What a paragraph tells: signs as they were measured, a story, or neither."""
    start = words.starts[place]
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    line = text[begin : end if end >= 0 else len(text)].strip()
    if _SIGNS.match(line):
        return "exam"
    return "opening" if len(line) >= _LEAST_OF_PROSE and not _LISTED.match(line) else ""
