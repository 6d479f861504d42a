"""Where a short part ends: what stands behind the blank line below "Allergies: none." tells of the patient again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cleanclaim.documents.nesting import MOST_LINES, Bound
from cleanclaim.documents.words import Words

# A label such as "Provider:" that heads a long text is no line of the form, but the story itself.
_LABELS = frozenset(("header",))
_LEAST_OF_A_STORY = 140
# Parts that say one thing on their own line; what a blank line parts from it is no longer of them.
_ONE_LINE = frozenset(("allergies", "medications", "family_history", "social_history", "immunizations"))
_SIGNS = re.compile(
    r"(?:Temp\b|T \d|T:|BP\b|HR\b|VS\b|Vitals?\b|P \d|Pulse\b|Wt\b|Weight\b|Afebrile\b|SpO2\b|ECOG\b|\d{2,3}/\d{2,3})"
)
_LEAST_OF_PROSE = 60
_LISTED = re.compile(r"[-•*●○▪‣–#(\d]|[A-Za-z][\w /&-]{0,30}:")


def with_what_resumes(text: str, words: Words, bounds: Sequence[Bound]) -> Iterator[Bound]:
    """The bounds, with the story that a label heads, and with what goes on behind a part of one line."""
    lines = words.lines[:MOST_LINES]
    for index, bound in enumerate(bounds):
        kind, heading, first = bound
        if heading is None or kind not in _LABELS | _ONE_LINE:
            yield bound
            continue
        stop = text.find("\n", heading.end)
        stop = len(text) if stop < 0 else stop
        if kind in _LABELS:
            until = bounds[index + 1][2] if index + 1 < len(bounds) else len(words.forms)
            ends = words.starts[until] if until < len(words.forms) else len(text)
            yield ("hpi", heading, first) if min(stop, ends) - heading.end >= _LEAST_OF_A_STORY else bound
            continue
        yield bound
        until = bounds[index + 1][2] if index + 1 < len(bounds) else len(words.forms)
        if text[heading.end : stop].strip(" :\t-") and text[stop : stop + 80].lstrip(" \t\r")[:2] == "\n\n":
            place = next((place for place, start, _ in lines if start > stop), until)
            resumed = _kind_of(text, words, place) if place < until else ""
            if resumed:
                yield (resumed, None, place)


def _kind_of(text: str, words: Words, place: int) -> str:
    """What a paragraph tells: signs as they were measured, a story, or neither."""
    start = words.starts[place]
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    line = text[begin : end if end >= 0 else len(text)].strip()
    if _SIGNS.match(line):
        return "exam"
    return "opening" if len(line) >= _LEAST_OF_PROSE and not _LISTED.match(line) else ""
