"""The parts of a note: where each heading's part begins, what stands under another part, where a part resumes."""

from __future__ import annotations

import re
from bisect import bisect_left

from cleanclaim.documents.confirmed import with_confirmed
from cleanclaim.documents.early_diagnoses import with_stories
from cleanclaim.documents.heading_words import assessed_kinds, heading_kind
from cleanclaim.documents.headings import bare_headings_at, heading_lines, inline_headings
from cleanclaim.documents.label_lines import label_lines
from cleanclaim.documents.lexicon import headings, headings_alone
from cleanclaim.documents.list_numbers import list_number
from cleanclaim.documents.nesting import MOST_LINES, Bound, Nesting
from cleanclaim.documents.note import Section, Span
from cleanclaim.documents.resumed import with_what_resumes
from cleanclaim.documents.words import BREAK, Words

_SAID_BEFORE = 8
_LEAST_OF_A_LINE = 25
_BULLETS = frozenset("-•*●○▪‣–#")
# In these a heading in running text is an aside of one sentence ("FH: mother with anemia.").
_ASIDES_IN = frozenset(("assessment", "assessment_plan", "impression", "plan"))
# In these a test in running text is told with its line.
_STORIES = frozenset(("opening", "hpi", "hospital_course", "ed_course"))
_TESTS = frozenset(("results", "study"))
_LISTING = frozenset(
    ("assessment", "assessment_plan", "impression", "diagnosis", "postop_dx", "discharge_dx", "principal_dx")
)
# "Follow up - pain after zoster" over a note says what the visit is, and tells the patient nothing.
# "Sleep: good CPAP use" under a plan is a problem, not how a child grows.
_OF_PROBLEM = "development"
_TOLD_TO_PATIENT, _TITLE_WORDS = "instructions", 20
# "Discharge summary, medicine" over a note names the department.
_NO_TITLE = frozenset(("medications", "plan", "results", "exam", "disposition"))
_OF_A_WHOLE = frozenset(("summary", "summ", "discharge", "note"))
_FINDINGS = frozenset(("exam", "results", "vitals", "study", "findings"))
_OWN_HEADING = re.compile(r"[A-Z][A-Za-z'’&/]*(?: [A-Za-z'’&/]+){0,5}:?")
_NOTES = re.compile(r":\s*[\w /,-]{0,40}(?:summary|report|consult|consultation|letter)\b", re.IGNORECASE)
_RULES = ("\n---", "\n___", "\n***", "\n===")
_LIST_MAY_END = frozenset(("opening", "hpi", "exam", "results", "vitals", "plan"))


def sections_of(text: str, words: Words) -> tuple[Section, ...]:
    """The sections of a note in their order; together they cover every word."""
    starts = sorted(heading_lines(text, words) | inline_headings(text, words) | bare_headings_at(text, words))
    headed = [(first, last) for first, last, _ in starts]
    bounds = _bounds(text, words, headed)
    if not any(kind in _LISTING for kind, _, _ in bounds):
        listed = (
            _bare_list(text, words, bounds)
            or _bare_bullets(text, words, headed)
            or label_lines(text, words, headed)
            or _headed_in_own_words(text, words, headed)
            or _ruled_off(text, words, headed)
        )
        if listed:
            bounds = _bounds(text, words, sorted([*headed, (listed, listed)]))
    bounds = list(with_stories(text, words, bounds, _LISTING))
    bounds = list(with_what_resumes(text, words, list(with_confirmed(words, bounds))))
    found: list[Section] = []
    for index, (kind, heading, first) in enumerate(bounds):
        until = bounds[index + 1][2] if index + 1 < len(bounds) else len(words.forms)
        if until > first:
            end = words.starts[until] if until < len(words.forms) else len(text)
            found.append(Section(kind, heading, words.starts[first] if index else 0, end, first, until))
    return tuple(found)


def _bounds(text: str, words: Words, headed: list[tuple[int, int]]) -> list[Bound]:
    """Where each part begins; a heading without words is that of a list that has none."""
    at_line_start = {first for first, _, _ in words.lines}
    limits = [*(first for first, _ in headed[1:]), len(words.forms)]
    nesting = Nesting(text, words)
    bounds: list[Bound] = [("opening", None, 0)]
    above, passed = bounds[0], 0
    for (first, last), limit in zip(headed, limits, strict=False):
        if first < passed:
            continue
        found = _opened(text, words, first, last)
        if len(bounds) == 1 and first < _TITLE_WORDS and found[0] == _TOLD_TO_PATIENT:
            continue
        if first == 0 and found[0] in _NO_TITLE and _heads_the_note(text, words, first, last):
            continue
        if 0 < first < _TITLE_WORDS and _within_title(text, words, first, last):
            continue
        under = found[0] not in assessed_kinds() and nesting.under(above, first, last)
        known = tuple(words.forms[first:last]) in headings() and found[0] != _OF_PROBLEM
        if not found[0] or (under and not known):
            continue
        passed = last
        bounds.append(found)
        resumes = 0
        if under and first in at_line_start:
            resumes = nesting.goes_on(above, last)
        elif first not in at_line_start and above[0] in _STORIES and found[0] in _TESTS:
            resumes = _next_line(words, last)
            above = found if not resumes else above
        elif first in at_line_start or above[0] not in _ASIDES_IN:
            above = found
        else:
            resumes = _sentence_end(words, last + 1, limit)
        if resumes and resumes < limit:
            bounds.append((above[0], above[1], resumes))
    return bounds


def _within_title(text: str, words: Words, first: int, last: int) -> bool:
    """Whether a heading stands in the first line, before what the note is: "ONCOLOGY SERVICE: DISCHARGE SUMMARY"."""
    end = text.find("\n", words.starts[0])
    return last > first and words.starts[first] < end and bool(_NOTES.search(text, words.ends[last - 1], end))


def _next_line(words: Words, place: int) -> int:
    """The first word of the line behind a place, 0 for none: "ECG: no STE." in a story ends with its line."""
    index = bisect_left(words.lines, (place,))
    return words.lines[index][0] if index < len(words.lines) else 0


def _heads_the_note(text: str, words: Words, first: int, last: int) -> bool:
    """Whether words that no list of headings holds stand alone in the first line."""
    name = tuple(words.forms[first:last])
    behind = text[words.ends[last - 1] :].lstrip(" \t.-–—")
    if name in headings() or len(name) < 2:
        return False
    return behind[:1] == "\n" or not _OF_A_WHOLE.isdisjoint(name)


def _opened(text: str, words: Words, first: int, last: int) -> Bound:
    if first == last:
        return ("assessment_plan", None, first)
    start, end = words.starts[first], words.ends[last - 1]
    return (_kind_of(words, first, last), Span(start, end, text[start:end]), first)


def _bare_list(text: str, words: Words, bounds: list[Bound]) -> int:
    """Where a note lists its problems by number without a heading: the last such list is its assessment. 0 for none."""
    numbered = [(list_number(text, words, first), first) for first, _, _ in words.lines[:MOST_LINES]]
    opens = [first for number, first in numbered if number == 1]
    goes_on = {number for number, first in numbered if opens and first > opens[-1]}
    if not opens or 2 not in goes_on:
        return 0
    surrounding = max((bound for bound in bounds if bound[2] <= opens[-1]), key=lambda bound: bound[2])
    if surrounding[0] not in _LIST_MAY_END and not _stands_apart(text, words, surrounding, opens[-1]):
        return 0
    return opens[-1]


def _bare_bullets(text: str, words: Words, headed: list[tuple[int, int]]) -> int:
    """Where the last bullets of a note begin that stand under plain text and under no heading; 0 for none.

    A list of medicines or of instructions stands under its heading; problems without one follow the findings.
    """
    lines = words.lines[:MOST_LINES]
    marked = [_is_marked(text, start) for _, start, _ in lines]
    begin = next(
        (at for at in range(len(lines) - 1, -1, -1) if marked[at] and not (at and marked[at - 1])), 0
    )
    if begin < 1 or begin + 1 >= len(lines) or not marked[begin + 1]:
        return 0
    above, start, end = lines[begin - 1]
    beginnings = {first for first, _ in headed}
    if above in beginnings or text[start:end].rstrip().endswith(":") or end - start < _LEAST_OF_A_LINE:
        return 0
    return lines[begin][0]


def _headed_in_own_words(text: str, words: Words, headed: list[tuple[int, int]]) -> int:
    """Where the lines begin under a heading that no list knows ("What we settled"), behind the findings; 0 for none.

    A few words alone in a line, behind a blank one and with more right below, after an examination or results.
    """
    found = [first for first, last in headed if _kind_of(words, first, last) in _FINDINGS]
    lines, beginnings = words.lines[:MOST_LINES], {first for first, _ in headed}
    if not found:
        return 0
    for at in range(1, len(lines) - 1):
        first, start, end = lines[at]
        below, _, _ = lines[at + 1]
        if first <= found[-1] or first in beginnings or below in beginnings:
            continue
        apart = text.count("\n", lines[at - 1][2], start) > 1
        close = text.count("\n", end, lines[at + 1][1]) <= 1
        if apart and close and _OWN_HEADING.fullmatch(text[start:end].strip()):
            return below
    return 0


def _kind_of(words: Words, first: int, last: int) -> str:
    name = tuple(words.forms[first:last])
    return headings().get(name) or heading_kind(name) or ("diagnosis" if name in headings_alone() else "")


def _ruled_off(text: str, words: Words, headed: list[tuple[int, int]]) -> int:
    """Where lines without a heading begin behind the last rule ("---") that stands under a headed part; 0 for none."""
    rule = max(text.rfind(mark) for mark in _RULES)
    if rule < 0 or not headed:
        return 0
    first = bisect_left(words.starts, rule)
    above = any(words.starts[begin] < rule for begin, _ in headed)
    below = any(words.starts[begin] > rule for begin, _ in headed)
    return first if above and not below and first < len(words.forms) else 0


def _is_marked(text: str, start: int) -> bool:
    """Whether a line opens with a bullet; two of the same sign are a heading or a rule."""
    lead = text[start : start + 3].lstrip()
    return bool(lead) and lead[0] in _BULLETS and lead[1:2] != lead[0]


def _stands_apart(text: str, words: Words, surrounding: Bound, first: int) -> bool:
    """Whether a list begins after a blank line, and what its section is named for was said before it."""
    gap = text[words.ends[first - 1] : words.starts[first]] if first else ""
    return gap.count("\n") > 1 and first - surrounding[2] > _SAID_BEFORE


def _sentence_end(words: Words, place: int, limit: int) -> int:
    """The place after the break that ends the sentence at a place, or the limit where none ends it before.

    Without the limit a line of headings that no full stop parts would be read to its end for each of them.
    """
    forms = words.forms
    while place < limit and forms[place] != BREAK:
        place += 1
    return min(place + 1, limit)
