"""From bytes to segments and back: streaming, lossless, with the place of every segment.

One segment costs one slice and one split; elements are plain text. Input may be bytes or a memory map, so
that a file of any size is read in flat memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from attrs import define
from msgspec import Struct

from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.delimiters import ISA_LENGTH, Bytes, Delimiters, delimiters_at, header_fault

LONGEST_SEGMENT = 65_536
_BLANKS = b" \t\r\n"
_BLANK = frozenset({b" ", b"\t", b"\r", b"\n"})
_BLANK_TEXT = " \t\r\n"
_OUTERMOST = frozenset({"ISA", "IEA"})
_BLOCK, _SHORT_BLOCK = 65_536, 512


class Segment(Struct, eq=False, gc=False):
    """One segment: ``elements[0]`` is its id, ``elements[n]`` its nth element as it stands in the file.

    ``ordinal`` counts from 1 over the whole file, ``offset`` is the byte where it begins, ``line`` the whole
    segment without its terminator. Text is UTF-8 where the bytes are, Latin-1 otherwise (``encoding``), so
    that nothing is replaced. ``length`` counts its bytes without the terminator.

    One is made per segment of a file: a struct of a compiled library costs a third of a class written here, and
    it holds nothing that could refer back to it, so the garbage collector need not know it.
    """

    ordinal: int
    offset: int
    line: str
    elements: list[str]
    delimiters: Delimiters
    id: str

    @property
    def encoding(self) -> str:
        """The encoding of its bytes."""
        return "utf-8"

    @property
    def terminated(self) -> bool:
        """Whether its terminator follows."""
        return True

    @property
    def length(self) -> int:
        """Its bytes without the terminator."""
        return len(self.line)

    def get(self, number: int) -> str:
        """The element with this number from 1, or an empty text where the segment ends before it."""
        return self.elements[number] if number < len(self.elements) else ""

    def components(self, number: int) -> list[str]:
        """The components of an element; one empty component where there is no element."""
        return self.get(number).split(self.delimiters.component)

    def component(self, number: int, part: int) -> str:
        """One component of an element, both counted from 1, or an empty text."""
        parts = self.components(number)
        return parts[part - 1] if part <= len(parts) else ""

    def text(self) -> str:
        """The segment as it stands in the file, without its terminator."""
        return self.delimiters.element.join(self.elements)

    def raw(self) -> bytes:
        """The segment's own bytes, its terminator included where it has one."""
        tail = self.delimiters.terminator if self.terminated else ""
        return (self.text() + tail).encode(self.encoding)


class OddSegment(Segment, eq=False, gc=False):
    """A segment that is not plain ASCII with its terminator behind it; ``odd`` is how its bytes were read."""

    odd: tuple[str, bool, int]

    @property
    def encoding(self) -> str:
        return self.odd[0]

    @property
    def terminated(self) -> bool:
        return self.odd[1]

    @property
    def length(self) -> int:
        return self.odd[2]


@define(eq=False, slots=True)
class Gap:
    """Bytes that belong to no segment: line ends between segments, or what is not X12 at all."""

    offset: int
    content: bytes

    def raw(self) -> bytes:
        """The bytes."""
        return self.content

    def is_blank(self) -> bool:
        """Whether this is only white space, which means nothing between segments."""
        return not self.content.strip(_BLANKS)


@define(eq=False, slots=True)
class Excess(Gap):
    """A piece of a segment longer than any may be, so that none is ever held whole; ``first`` of its pieces."""

    ordinal: int
    first: bool


@define
class _Cursor:
    """How far a file has been cut: the next byte, the segments so far, the delimiters in force."""

    position: int = 0
    ordinal: int = 0
    delimiters: Delimiters | None = None
    block: int = _BLOCK


def tokens(data: Bytes) -> Iterator[Segment | Gap]:
    """Every byte of a file as segments and gaps, in order; joined again they are the file. Never raises."""
    return chain.from_iterable(_stretches(data, _Cursor()))


def _stretches(data: Bytes, at: _Cursor) -> Iterator[Iterable[Segment | Gap]]:
    """The tokens in runs; each is to be taken to its end before the next, for it moves the cursor."""
    end = len(data)
    while at.position < end:
        position = at.position
        ahead = data[position : position + 3]
        if ahead[0] in _BLANKS:
            at.position = _end_of_blanks(data, position, end)
            yield (Gap(position, data[position : at.position]),)
            continue
        if ahead == b"ISA":
            at.delimiters = delimiters_at(data, position) or at.delimiters
        if at.delimiters is None:
            at.position = _next_header(data, position + 1, end)
            yield (Gap(position, data[position : at.position]),)
            continue
        yield _plain_run(data, at, at.delimiters)
        if at.position > position:
            at.block = min(at.block * 4, _BLOCK)
            continue
        at.block = _SHORT_BLOCK
        yield _odd_segment(data, at, at.delimiters)
        if ahead == b"IEA":
            at.delimiters = None


def _plain_run(data: Bytes, at: _Cursor, delimiters: Delimiters) -> Iterable[Segment | Gap]:
    """The whole plain segments of a block, up to the next ISA or IEA; empty where the block is not ASCII.

    Given one by one: a list of them would wake the garbage collector at every block.
    """
    block = data[at.position : at.position + at.block]
    if not block.isascii():
        return ()
    text = block.decode("ascii")
    lines = text.split(delimiters.terminator)
    lines.pop()
    starts = (delimiters.terminator + first for first in _BLANK_TEXT + "I")
    smooth = text[0] != "I" and not any(start in text for start in starts)
    return (_smooth_run if smooth else _rough_run)(lines, at, delimiters)


def _smooth_run(lines: list[str], at: _Cursor, delimiters: Delimiters) -> Iterator[Segment]:
    """Segments with nothing between them, none of which is an ISA or IEA."""
    position, ordinal, element = at.position, at.ordinal, delimiters.element
    for line in lines:
        elements = line.split(element)
        ordinal += 1
        yield Segment(ordinal, position, line, elements, delimiters, elements[0])
        position += len(line) + 1
    at.position, at.ordinal = position, ordinal


def _rough_run(lines: list[str], at: _Cursor, delimiters: Delimiters) -> Iterator[Segment | Gap]:
    """Segments with white space between them, up to an ISA or IEA."""
    position, ordinal, element = at.position, at.ordinal, delimiters.element
    terminator = delimiters.terminator
    for line in lines:
        first = line[:1]
        if first <= " ":
            body = line.lstrip(_BLANK_TEXT)
            blank = len(line) - len(body)
            if not body and terminator in _BLANK_TEXT:
                yield Gap(position, (line + terminator).encode("ascii"))
                position += blank + 1
                continue
            if blank:
                yield Gap(position, line[:blank].encode("ascii"))
                position += blank
                line, first = body, body[:1]
        if first == "I" and line[:3] in _OUTERMOST:
            break
        elements = line.split(element)
        ordinal += 1
        yield Segment(ordinal, position, line, elements, delimiters, elements[0])
        position += len(line) + 1
    at.position, at.ordinal = position, ordinal


def _odd_segment(data: Bytes, at: _Cursor, delimiters: Delimiters) -> Iterator[Segment | Gap]:
    """The next segment whatever it holds, in pieces where it is longer than any may be."""
    start = at.position
    stop = data.find(delimiters.terminator.encode("ascii"), start)
    terminated, end = stop >= 0, stop if stop >= 0 else len(data)
    at.ordinal += 1
    at.position = end + 1
    if end - start <= LONGEST_SEGMENT:
        yield _odd(at.ordinal, start, data[start:end], delimiters, terminated=terminated)
        return
    for piece in range(start, end + terminated, LONGEST_SEGMENT):
        held = data[piece : min(piece + LONGEST_SEGMENT, end + terminated)]
        yield Excess(piece, held, at.ordinal, piece == start)


def _odd(ordinal: int, offset: int, raw: bytes, delimiters: Delimiters, *, terminated: bool) -> OddSegment:
    encoding = "utf-8"
    try:
        line = raw.decode()
    except UnicodeDecodeError:
        encoding = "latin-1"
        line = raw.decode(encoding)
    elements = line.split(delimiters.element)
    odd = (encoding, terminated, len(raw))
    return OddSegment(ordinal, offset, line, elements, delimiters, elements[0], odd)


def segments(data: Bytes) -> Iterator[Segment]:
    """The segments of one or more interchanges, in order.

    Raises:
        X12Error: no ISA at the very start, something between two interchanges that is none, an empty
            segment, or one longer than 64 KiB. A last segment without its terminator is given as it is.
    """
    if data[:3] != b"ISA" or header_fault(data[:ISA_LENGTH]):
        raise X12Error(
            header_fault(data[:ISA_LENGTH]) or "this is no X12 file",
            why="an X12 file begins with an ISA segment of 106 characters, nothing before it",
            fix="ask the sender for the file as it was sent",
        )
    ordinal = 0
    for token in tokens(data):
        if token.__class__ is Segment and token.id:
            ordinal = token.ordinal
            yield token
        elif isinstance(token, Segment):
            ordinal = token.ordinal
            if len(token.elements) == 1 and not token.terminated and not token.id.strip("\0\x1a"):
                continue
            _refuse_misshapen(token)
            yield token
        elif isinstance(token, Excess):
            raise _too_long(token.ordinal, token.offset)
        elif not token.is_blank() and token.content.strip(b" \t\r\n\0\x1a"):
            raise X12Error(
                "something that is no segment follows",
                segment=ordinal + 1,
                offset=token.offset,
                why=header_fault(data[token.offset : token.offset + ISA_LENGTH]) or "an ISA segment was due",
                fix="ask the sender for the file as it was sent",
            )


def copy(data: Bytes) -> bytes:
    """The file read into elements and written again: the same bytes for any input, broken ones too."""
    return b"".join(token.raw() for token in tokens(data))


def _refuse_misshapen(segment: Segment) -> None:
    if not segment.id:
        raise X12Error(
            "this segment is empty",
            segment=segment.ordinal,
            offset=segment.offset,
            fix="ask the sender for the file as it was sent",
        )


def _too_long(ordinal: int, offset: int) -> X12Error:
    return X12Error(
        "this segment is longer than 64 KiB",
        segment=ordinal,
        offset=offset,
        why="the segment terminator is missing or the file is damaged",
        fix="ask the sender for the file as it was sent",
    )


def _end_of_blanks(data: Bytes, position: int, end: int) -> int:
    while position < end and data[position : position + 1] in _BLANK:
        position += 1
    return position


def _next_header(data: Bytes, position: int, end: int) -> int:
    while True:
        position = data.find(b"ISA", position)
        if position < 0:
            return end
        if delimiters_at(data, position) is not None:
            return position
        position += 1
