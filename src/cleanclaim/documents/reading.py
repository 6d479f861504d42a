"""Reading a note: refuse what is none, then words, sections, items, sentences and kind."""

from __future__ import annotations

from array import array
from bisect import bisect_left

from cleanclaim.documents.kind import note_kind
from cleanclaim.documents.lexicon import bare_headings, headings
from cleanclaim.documents.note import Item, Note, Section, Span
from cleanclaim.documents.words import BREAK, BULLETS, COLON, MARKS, Words, split
from cleanclaim.kernel.errors import InputError

LARGEST_NOTE_BYTES = 10_000_000 - 1
# Of a note that is longer than both together only these ends are looked at, so that the answer comes in time.
_FIRST_CHARACTERS = 1_500_000
_LAST_CHARACTERS = 500_000
_CONTROLS = bytes((*range(1, 9), *range(14, 32)))
_LONGEST_HEADING = 7
_INLINE_HEADING = 5
_SAID_BEFORE = 8
_MOST_LINES = 60_000
# Single letters head the parts of a note where a dash follows them.
_SOAP = frozenset("SOAP")
# In these a heading in running text is an aside of one sentence ("FH: mother with anemia.").
_ASIDES_IN = frozenset(("assessment", "assessment_plan", "impression", "plan"))
_LONGEST_ITEM_LINES = 200
_LISTING = frozenset(
    ("assessment", "assessment_plan", "impression", "diagnosis", "postop_dx", "discharge_dx", "principal_dx")
)
_LIST_MAY_END = frozenset(("opening", "hpi", "exam", "results", "vitals", "plan"))


def read_note(text: str) -> Note:
    """Read a clinical note; every offset counts characters of the text as given.

    A note of 10,000,000 bytes or more is refused at once. Of one longer than 2,000,000 characters (some six hundred
    pages) the first 1,500,000 and the last 500,000 are looked at, and ``not_read`` says so.

    Raises:
        InputError: the text is empty, 10 MB or larger, or not text a person wrote (binary, RTF, PDF).
    """
    _refuse_what_is_no_note(text)
    parts, passed_over = _ends(text)
    words = split(text, parts)
    if not words.forms:
        raise InputError("the note holds no words", fix="send the text of the note")
    sections = _sections(text, words)
    items = _items(text, words, sections)
    return Note(
        text=text,
        kind=note_kind(words, sections),
        words=words,
        sections=sections,
        items=items,
        section_firsts=[section.first for section in sections],
        sentence_firsts=_sentence_firsts(words),
        item_firsts=[item.first for item in items],
        not_read=passed_over + _not_read(words),
    )


def _ends(text: str) -> tuple[tuple[tuple[int, int], ...], tuple[str, ...]]:
    """Which characters are looked at, cut between words, and a sentence about what is not."""
    if len(text) <= _FIRST_CHARACTERS + _LAST_CHARACTERS:
        return ((0, len(text)),), ()
    first = max(text.rfind(mark, _FIRST_CHARACTERS - 200, _FIRST_CHARACTERS) for mark in " \n")
    last = max(text.rfind(mark, 0, len(text) - _LAST_CHARACTERS + 200) for mark in " \n")
    first, last = (
        first if first > 0 else _FIRST_CHARACTERS,
        last if last > first else len(text) - _LAST_CHARACTERS,
    )
    told = f"characters {first} to {last} of the note were not looked at: it is too long to be read whole"
    return ((0, first), (last, len(text))), (told,)


def _refuse_what_is_no_note(text: str) -> None:
    if not isinstance(text, str):
        raise InputError("a note is text", fix="decode the file before coding it")
    data = text[: LARGEST_NOTE_BYTES + 1].encode("utf-8", "surrogatepass")
    if len(data) > LARGEST_NOTE_BYTES:
        raise InputError("the note is 10 MB or larger", fix="send one note at a time, below 10,000,000 bytes")
    if not text or text.isspace():
        raise InputError("the note is empty", fix="send the text of the note")
    head = text[:200].lstrip("\ufeff \t\r\n")
    if head.startswith(("%PDF-", "{\\rtf", "PK\x03\x04")):
        raise InputError("this is a document file, not the text of a note", fix="extract its text first")
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if b"\x00" in data or controls + text.count("\ufffd") > max(2, len(text) // 100):
        raise InputError("the note is not readable text", why="it holds binary data", fix="send plain text")


def _not_read(words: Words) -> tuple[str, ...]:
    if len(words.lines) <= _MOST_LINES:
        return ()
    return (f"headings and list items after line {_MOST_LINES} of the note were not looked for",)


def _sentence_firsts(words: Words) -> array[int]:
    """The place of the first word of each sentence, ascending."""
    forms = words.forms
    firsts = array("I")
    opening = True
    for place, form in enumerate(forms):
        if form == BREAK:
            opening = True
        elif opening:
            firsts.append(place)
            opening = False
    return firsts


def _sections(text: str, words: Words) -> tuple[Section, ...]:
    at_line_start = {first for first, _, _ in words.lines}
    starts = sorted(_heading_lines(text, words) | _inline_headings(text, words) | _bare_headings(text, words))
    known = headings()
    opening = ("opening", None, 0)
    bounds: list[tuple[str, Span | None, int]] = [opening]
    for index, (first, last, _) in enumerate(starts):
        start, end = words.starts[first], words.ends[last - 1]
        title = Span(start, end, text[start:end])
        surrounding = bounds[-1]
        bounds.append((known[tuple(words.forms[first:last])], title, first))
        if first not in at_line_start and surrounding[0] in _ASIDES_IN:
            resumes = _sentence_end(words, last + 1)
            if resumes < (starts[index + 1][0] if index + 1 < len(starts) else len(words.forms)):
                bounds.append((surrounding[0], surrounding[1], resumes))
    if not any(kind in _LISTING for kind, _, _ in bounds):
        bounds = _with_bare_list(text, words, bounds)
    found: list[Section] = []
    for index, (kind, heading, first) in enumerate(bounds):
        until = bounds[index + 1][2] if index + 1 < len(bounds) else len(words.forms)
        if until > first:
            end = words.starts[until] if until < len(words.forms) else len(text)
            found.append(Section(kind, heading, words.starts[first] if index else 0, end, first, until))
    return tuple(found)


def _with_bare_list(
    text: str, words: Words, bounds: list[tuple[str, Span | None, int]]
) -> list[tuple[str, Span | None, int]]:
    """A note that lists its problems by number without a heading: the last such list is its assessment."""
    numbered = [(_list_number(text, words, first), first) for first, _, _ in words.lines[:_MOST_LINES]]
    opens = [first for number, first in numbered if number == 1]
    goes_on = {number for number, first in numbered if opens and first > opens[-1]}
    if not opens or 2 not in goes_on:
        return bounds
    surrounding = max((bound for bound in bounds if bound[2] <= opens[-1]), key=lambda bound: bound[2])
    if surrounding[0] not in _LIST_MAY_END and not _stands_apart(text, words, surrounding, opens[-1]):
        return bounds
    return sorted([*bounds, ("assessment_plan", None, opens[-1])], key=lambda bound: bound[2])


def _stands_apart(text: str, words: Words, surrounding: tuple[str, Span | None, int], first: int) -> bool:
    """Whether a list begins after a blank line, and what its section is named for was said before it."""
    gap = text[words.ends[first - 1] : words.starts[first]] if first else ""
    return gap.count("\n") > 1 and first - surrounding[2] > _SAID_BEFORE


def _sentence_end(words: Words, place: int) -> int:
    """The place after the break that ends the sentence at a place."""
    forms = words.forms
    while place < len(forms) and forms[place] != BREAK:
        place += 1
    return min(place + 1, len(forms))


def _bare_headings(text: str, words: Words) -> set[tuple[int, int, int]]:
    """Abbreviations that open a line or a sentence in capitals, such as "PMH none." """
    bare = bare_headings()
    forms = words.forms
    found: set[tuple[int, int, int]] = set()
    line_firsts = {first for first, _, _ in words.lines[:_MOST_LINES]}
    for place, form in enumerate(forms):
        if form not in bare or place + 1 >= len(forms) or forms[place + 1] in MARKS:
            continue
        title = text[words.starts[place] : words.ends[place]]
        opens = place in line_firsts or (place > 0 and forms[place - 1] == BREAK)
        if (
            opens
            and (title.isupper() or title == "Meds")
            and (form == "vs" or not forms[place + 1].isdigit())
        ):
            found.add((place, place + 1, place + 1))
    return found


def _heading_lines(text: str, words: Words) -> set[tuple[int, int, int]]:
    """Headings at the start of a line, alone on it or before a colon."""
    known = headings()
    openings = {title[0] for title in known}
    found: set[tuple[int, int, int]] = set()
    for index, (first, _, _) in enumerate(words.lines[:_MOST_LINES]):
        if words.forms[first] not in openings:
            continue
        until = words.lines[index + 1][0] if index + 1 < len(words.lines) else len(words.forms)
        head = words.forms[first : min(until, first + _LONGEST_HEADING + 1)]
        if COLON in head:
            length = head.index(COLON)
        elif dashed := _dashed_heading(text, words, first, len(head)):
            found.add((first, first + dashed, first + dashed))
            continue
        elif until - first <= _LONGEST_HEADING + 1 and (len(head) > 2 or len(head[0]) > 1):
            length = len(head) - (1 if head[-1] == BREAK else 0)
        else:
            continue
        if tuple(head[:length]) in known:
            found.add((first, first + length, min(first + length + 1, until)))
            continue
        shorter = _qualified_heading(text, words, first, length)
        if shorter:
            found.add((first, first + shorter, min(first + length + 1, until)))
    return found


def _dashed_heading(text: str, words: Words, first: int, length: int) -> int:
    """The length of a heading that a dash parts from its text: "Assessment - migraine"."""
    known = headings()
    for size in range(min(length - 1, _INLINE_HEADING), 0, -1):
        title = tuple(words.forms[first : first + size])
        gap = text[words.ends[first + size - 1] : words.starts[first + size]]
        if gap.strip() in {"-", "--", "–", "—"} and gap[0].isspace() and gap[-1].isspace():
            letter = size == 1 and text[words.starts[first] : words.ends[first]] in _SOAP
            return size if title in known and (letter or size > 1 or len(title[0]) > 1) else 0
    return 0


def _qualified_heading(text: str, words: Words, first: int, length: int) -> int:
    """The length of a heading that a dash, a bracket or a date qualifies: "Procedure - wound repair:"."""
    known = headings()
    for shorter in range(length - 1, 0, -1):
        if tuple(words.forms[first : first + shorter]) in known and (
            shorter > 1 or len(words.forms[first]) > 2
        ):
            gap = text[words.ends[first + shorter - 1] : words.starts[first + shorter]].strip()
            following = words.forms[first + shorter]
            if gap[:1] in {"-", "–", "—", "("} or following in {"today"} or following[:1].isdigit():
                return shorter
    return 0


def _inline_headings(text: str, words: Words) -> set[tuple[int, int, int]]:
    """Headings before a colon in running text, as in a note that came as one line."""
    known = headings()
    endings = {title[-1] for title in known}
    forms = words.forms
    found: set[tuple[int, int, int]] = set()
    place = -1
    while True:
        try:
            place = forms.index(COLON, place + 1)
        except ValueError:
            return found
        if forms[place - 1] not in endings:
            continue
        for length in range(min(_INLINE_HEADING, place), 0, -1):
            first = place - length
            if tuple(forms[first:place]) in known and _may_head(text, words, first, place):
                found.add((first, place, place + 1))
                break


def _may_head(text: str, words: Words, first: int, last: int) -> bool:
    title = text[words.starts[first] : words.ends[last - 1]]
    if not title[0].isupper():
        return False
    if first == 0 or words.forms[first - 1] in MARKS or title.isupper():
        return True
    # "Est pt. Assessment:" - an abbreviation's full stop ends no sentence, but a heading may follow it.
    return "." in text[words.ends[first - 1] : words.starts[first]]


_Line = tuple[int, int | None, bool, bool]
"""First word, list number, whether a list item begins here, whether it goes on from the line before."""


def _items(text: str, words: Words, sections: tuple[Section, ...]) -> tuple[Item, ...]:
    section_ends = [section.last for section in sections]
    stops = {section.first for section in sections if section.title is not None}
    lines = [_line(text, words, first, start) for first, start, _ in words.lines[:_MOST_LINES]]
    found: list[Item] = []
    for index, (first, number, is_item, _) in enumerate(lines):
        if not is_item:
            continue
        place = bisect_left(section_ends, first + 1)
        limit = section_ends[place] if place < len(section_ends) else len(words.forms)
        until = min(_next_item(lines, index, stops), limit)
        if until > first:
            found.append(Item(number, words.starts[first], words.ends[until - 1], first, until))
    return tuple(found)


def _line(text: str, words: Words, first: int, start: int) -> _Line:
    before = text[start : words.starts[first]]
    lead = before.strip()
    number = _list_number(text, words, first)
    indented = before[:2].isspace() and len(before) > 1
    goes_on = not lead and (indented or text[words.starts[first]].islower())
    return first, number, number is not None or bool(lead and lead[0] in BULLETS), goes_on


def _next_item(lines: list[_Line], index: int, stops: set[int]) -> int:
    """Where an item ends: a numbered one at the next number, a bullet at the next line that is not its own.

    Looks a bounded number of lines ahead, so that the whole stays linear.
    """
    numbered = lines[index][1] is not None
    furthest = min(index + 1 + _LONGEST_ITEM_LINES, len(lines))
    for ahead in range(index + 1, furthest):
        first, number, is_item, goes_on = lines[ahead]
        ends = number is not None if numbered else (is_item or not goes_on)
        if first in stops or ends:
            return first
    return lines[furthest][0] if furthest < len(lines) else 1 << 60


def _list_number(text: str, words: Words, first: int) -> int | None:
    form = words.forms[first]
    if not form.isascii() or not form.isdigit() or len(form) > 2:
        return None
    return int(form) if text[words.ends[first] : words.ends[first] + 1] in {".", ")"} else None
