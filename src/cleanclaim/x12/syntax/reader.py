"""From bytes to segments and back: streaming, lossless, with the place of every segment.

One segment costs one slice and one split; elements are plain text. Input may be bytes or a memory map, so
that a file of any size is read in flat memory.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

from attrs import define

from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.delimiters import ISA_LENGTH, Bytes, Delimiters, delimiters_at, header_fault

LONGEST_SEGMENT = 65_536
_BLANKS = b" \t\r\n"
_BLANK = frozenset({b" ", b"\t", b"\r", b"\n"})
_BLANK_TEXT = " \t\r\n"
_OUTERMOST = frozenset({"ISA", "IEA"})
_BLOCK, _SHORT_BLOCK = 65_536, 512


class Segment:
    """One segment: ``elements[0]`` is its id, ``elements[n]`` its nth element as it stands in the file.

    ``ordinal`` counts from 1 over the whole file, ``offset`` is the byte where it begins, ``line`` the whole
    segment without its terminator. Text is UTF-8 where the bytes are, Latin-1 otherwise (``encoding``), so
    that nothing is replaced. ``length`` counts its bytes without the terminator.
    """

    # Written by hand: one is made per segment of the file, and this is the quickest way to make it.
    __slots__ = ("delimiters", "elements", "id", "line", "offset", "ordinal")

    def __init__(
        self, ordinal: int, offset: int, line: str, elements: list[str], delimiters: Delimiters
    ) -> None:
        self.ordinal = ordinal
        self.offset = offset
        self.line = line
        self.elements = elements
        self.delimiters = delimiters
        self.id = elements[0]

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


class OddSegment(Segment):
    """A segment that is not plain ASCII with its terminator behind it."""

    __slots__ = ("_encoding", "_length", "_terminated")

    def __init__(
        self, ordinal: int, offset: int, raw: bytes, delimiters: Delimiters, *, terminated: bool
    ) -> None:
        self._encoding, self._length, self._terminated = "utf-8", len(raw), terminated
        try:
            line = raw.decode()
        except UnicodeDecodeError:
            self._encoding = "latin-1"
            line = raw.decode(self._encoding)
        super().__init__(ordinal, offset, line, line.split(delimiters.element), delimiters)

    @property
    def encoding(self) -> str:
        return self._encoding

    @property
    def terminated(self) -> bool:
        return self._terminated

    @property
    def length(self) -> int:
        return self._length


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


def tokens(data: Bytes) -> Iterator[Segment | Gap]:
    """Every byte of a file as segments and gaps, in order; joined again they are the file. Never raises."""
    position, ordinal, end, block = 0, 0, len(data), _BLOCK
    delimiters: Delimiters | None = None
    while position < end:
        ahead = data[position : position + 3]
        if ahead[0] in _BLANKS:
            stop = _end_of_blanks(data, position, end)
            yield Gap(position, data[position:stop])
            position = stop
            continue
        if ahead == b"ISA":
            delimiters = delimiters_at(data, position) or delimiters
        if delimiters is None:
            stop = _next_header(data, position + 1, end)
            yield Gap(position, data[position:stop])
            position = stop
            continue
        before = position
        position, ordinal = yield from _plain_run(data, position, ordinal, delimiters, block)
        if position > before:
            block = min(block * 4, _BLOCK)
            continue
        block = _SHORT_BLOCK
        stop = data.find(delimiters.terminator.encode("ascii"), position)
        ordinal += 1
        size = (end if stop < 0 else stop) - position
        if size > LONGEST_SEGMENT:
            for start in range(position, end if stop < 0 else stop + 1, LONGEST_SEGMENT):
                piece = data[start : min(start + LONGEST_SEGMENT, end if stop < 0 else stop + 1)]
                yield Excess(start, piece, ordinal, start == position)
        else:
            raw = data[position : position + size]
            yield OddSegment(ordinal, position, raw, delimiters, terminated=stop >= 0)
        position += size + 1
        if ahead == b"IEA":
            delimiters = None


def _plain_run(
    data: Bytes, position: int, ordinal: int, delimiters: Delimiters, size: int
) -> Generator[Segment | Gap, None, tuple[int, int]]:
    """The whole plain segments of a block, up to the next ISA or IEA; returns where they end and their count.

    Given one by one: a list of them would wake the garbage collector at every block.
    """
    block = data[position : position + size]
    if not block.isascii():
        return position, ordinal
    terminator, element = delimiters.terminator, delimiters.element
    lines = block.decode("ascii").split(terminator)
    lines.pop()
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
        ordinal += 1
        yield Segment(ordinal, position, line, line.split(element), delimiters)
        position += len(line) + 1
    return position, ordinal


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
