"""Reading a note: refuse what is none, then words, sections, items, sentences and kind."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator

from cleanclaim.documents.kind import note_kind
from cleanclaim.documents.list_numbers import list_number
from cleanclaim.documents.nesting import MOST_LINES
from cleanclaim.documents.note import Item, Note, Section
from cleanclaim.documents.sections import sections_of
from cleanclaim.documents.typing_errors import mend_typing
from cleanclaim.documents.words import BREAK, BULLETS, MARKS, Words, split
from cleanclaim.kernel.errors import InputError

LARGEST_NOTE_BYTES = 10_000_000 - 1
# Of a note that is longer than both together only these ends are looked at, so that the answer comes in time.
_FIRST_CHARACTERS = 200_000
_LAST_CHARACTERS = 100_000
_CONTROLS = bytes((*range(1, 9), *range(14, 32)))
_LONGEST_ITEM_LINES = 200
# Marks of emphasis and of headings, which are no bullets.
_EMPHASIS = ("**", "##")


def read_note(text: str) -> Note:
    """Read a clinical note; every offset counts characters of the text as given.

    A note of 10,000,000 bytes or more is refused at once. Of one longer than 300,000 characters (some eighty-five
    pages) the first 200,000 and the last 100,000 are looked at, and ``not_read`` says so.

    Raises:
        InputError: the text is empty, 10 MB or larger, or not text a person wrote (binary, RTF, PDF).
    """
    _refuse_what_is_no_note(text)
    parts, passed_over = _ends(text)
    words = split(text, parts)
    if not words.forms:
        raise InputError("the note holds no words", fix="send the text of the note")
    sections = sections_of(text, words)
    mend_typing(text, words, sections)
    items = _items(text, words, sections)
    return Note(
        text=text,
        kind=note_kind(words, sections),
        words=words,
        sections=sections,
        items=items,
        section_firsts=[section.first for section in sections],
        sentence_firsts=_sentence_firsts(words, sections),
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
    if len(words.lines) <= MOST_LINES:
        return ()
    return (f"headings and list items after line {MOST_LINES} of the note were not looked for",)


def _sentence_firsts(words: Words, sections: tuple[Section, ...]) -> array[int]:
    """The place of the first word of each sentence, ascending; none reaches from one section into the next."""
    forms = words.forms
    begun = {section.first for section in sections}
    firsts = array("I")
    opening = True
    for place, form in enumerate(forms):
        if form == BREAK:
            opening = True
        elif opening or place in begun:
            firsts.append(place)
            opening = False
    return firsts


_Line = tuple[int, int | None, bool, bool]
"""First word, list number, whether a list item begins here, whether it goes on from the line before."""


def _items(text: str, words: Words, sections: tuple[Section, ...]) -> tuple[Item, ...]:
    section_ends = [section.last for section in sections]
    stops = {section.first for section in sections if section.title is not None}
    lines = [_line(text, words, first, start) for first, start, _ in words.lines[:MOST_LINES]]
    found: list[Item] = []
    for index, (first, number, is_item, _) in enumerate(lines):
        if not is_item:
            continue
        place = bisect_left(section_ends, first + 1)
        limit = section_ends[place] if place < len(section_ends) else len(words.forms)
        until = min(_next_item(lines, index, stops), limit)
        for part, begin, end in _parts(text, words, number, first, until):
            found.append(Item(part, words.starts[begin], words.ends[end - 1], begin, end))
    return tuple(found)


def _parts(
    text: str, words: Words, number: int | None, first: int, until: int
) -> Iterator[tuple[int | None, int, int]]:
    """(number, first, after the last) of an entry, and of those that go on counting in the same line."""
    if until <= first:
        return
    begin = first
    if number is not None:
        for place in range(first + 1, until - 1):
            if list_number(text, words, place) == number + 1 and _counts_on(text, words, place):
                yield number, begin, place
                number, begin = number + 1, place
    yield number, begin, until


def _counts_on(text: str, words: Words, place: int) -> bool:
    """Whether a number within a line is that of the next entry: set apart, before a word with a capital."""
    apart = (
        text[words.starts[place] - 1].isspace()
        and text[words.ends[place] + 1 : words.ends[place] + 2].isspace()
    )
    following = place + 2 if words.forms[place + 1] in MARKS and place + 2 < len(words.forms) else place + 1
    return apart and text[words.starts[following]].isupper()


def _line(text: str, words: Words, first: int, start: int) -> _Line:
    before = text[start : words.starts[first]]
    lead = before.strip()
    number = list_number(text, words, first)
    indented = before[:2].isspace() and len(before) > 1
    goes_on = not lead and (indented or text[words.starts[first]].islower())
    bullet = bool(lead) and lead[0] in BULLETS and not lead.startswith(_EMPHASIS)
    return first, number, number is not None or bullet, goes_on


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
