"""SNIP type 1 of the envelopes: does the file hold together, and do its own counts and numbers agree?

This is the first of the seven types; the guides' own rules (types 2, 4, 5, 6, 7) are not checked here.
"""

from __future__ import annotations

from attrs import define, field

from cleanclaim.x12.judging.finding import X12Finding
from cleanclaim.x12.syntax.delimiters import ISA_LENGTH, Bytes, header_fault
from cleanclaim.x12.syntax.reader import Excess, Gap, Segment, tokens

MOST_ENVELOPE_FINDINGS = 5_000
"""Findings kept for the envelopes of one file; a file with more is not read to its end."""
MOST_NUMBERS = 300_000
"""Control numbers compared within one group, interchange or file."""
_TRAILERS = {"IEA": "ISA", "GE": "GS", "SE": "ST"}
_NUMBER_AT = {"ISA": 13, "GS": 6, "ST": 2}
_LONGEST_NUMBER = 64
_OUTER = {"ISA": "", "GS": "ISA", "ST": "GS"}


def check_envelope(data: Bytes) -> tuple[X12Finding, ...]:
    """Every fault of the envelopes, in order of the file; empty when they hold together. Never raises.

    Checked: ISA shape and delimiters, order and nesting of ISA, GS, ST and their trailers, counts (SE01,
    GE01, IEA01), control numbers that differ or repeat, empty, cut and over-long segments, bytes between
    interchanges that are none.
    """
    walk = EnvelopeWalk()
    if len(data) == 0:
        walk.say("EMPTY", "the file is empty")
        return tuple(walk.findings)
    for token in tokens(data):
        if isinstance(token, Excess):
            walk.excess(token)
        elif isinstance(token, Gap):
            walk.gap(token, data)
        else:
            walk.segment(token)
        if walk.is_hopeless():
            break
    walk.end()
    return tuple(walk.findings)


@define
class _Open:
    """A header whose trailer is still to come."""

    header: Segment
    members: int = 0
    numbers: set[str] = field(factory=set)


@define
class EnvelopeWalk:
    """Where in the envelopes the check stands, and what it found."""

    findings: list[X12Finding] = field(factory=list)
    open: list[_Open] = field(factory=list)
    seen: set[str] = field(factory=set)
    last: int = 0
    said: int = 0

    def is_hopeless(self) -> bool:
        """Whether so much is wrong that nothing is gained by reading on."""
        return self.said > MOST_ENVELOPE_FINDINGS

    def say(
        self, code: str, message: str, at: Segment | Gap | None = None, element: str = "", *, segment: int = 0
    ) -> None:
        """A finding at a segment; ``segment`` is the ordinal that a gap has not."""
        self.said += 1
        if self.said > MOST_ENVELOPE_FINDINGS:
            return
        inside = self.open[-1].header if self.open else None
        self.findings.append(
            X12Finding(
                snip=1,
                severity="error",
                code=code,
                message=message,
                fix="ask the sender for the file as it was sent",
                segment=at.ordinal if isinstance(at, Segment) else segment,
                offset=at.offset if at is not None else -1,
                element=element,
                transaction=inside.get(2) if inside is not None and inside.id == "ST" else "",
            )
        )

    def is_in_set(self) -> bool:
        """Whether a transaction set is open."""
        return bool(self.open) and self.open[-1].header.id == "ST"

    def gap(self, gap: Gap, data: Bytes) -> None:
        if gap.content == b"\xef\xbb\xbf":
            self.say(
                "BYTE-ORDER-MARK",
                "a byte order mark stands before the ISA segment",
                gap,
                segment=self.last + 1,
            )
        elif not gap.is_blank() or (gap.offset == 0 and self.last == 0):
            why = header_fault(data[gap.offset : gap.offset + ISA_LENGTH]) or "this is no segment"
            self.say("NOT-X12", why, gap, segment=self.last + 1)

    def excess(self, piece: Excess) -> None:
        if piece.first:
            self.last = piece.ordinal
            if self.open and self.open[-1].header.id == "ST":
                self.open[-1].members += 1
            self.say("TOO-LONG", "this segment is longer than 64 KiB", piece, segment=piece.ordinal)

    def segment(self, segment: Segment) -> None:
        self.last = segment.ordinal
        if not segment.terminated:
            self.say("CUT-OFF", "the last segment has no terminator: the file was cut off", segment)
        name = segment.id
        if name in _NUMBER_AT:
            self._header(segment)
        elif name in _TRAILERS:
            self._trailer(segment)
        else:
            self._inner(segment)

    def end(self) -> None:
        while self.open:
            header = self.open[-1].header
            self.say("NO-TRAILER", f"the {header.id} of this segment never ends", header)
            self.open.pop()

    def _inner(self, segment: Segment) -> None:
        inside = self.open[-1].header.id if self.open else ""
        if inside == "ST":
            self.open[-1].members += 1
        if not segment.id:
            self.say("EMPTY-SEGMENT", "this segment is empty", segment)
        elif inside != "ST" and not (segment.id == "TA1" and inside == "ISA"):
            self.say("MISPLACED", "this segment stands outside of a transaction set", segment)

    def _header(self, segment: Segment) -> None:
        name = segment.id
        outer = _OUTER[name]
        while self.open and self.open[-1].header.id != outer:
            missing = self.open.pop().header
            self.say("NO-TRAILER", f"the {missing.id} of this segment never ends", missing)
        if outer and not self.open:
            self.say("MISPLACED", f"{name} stands without its {outer}", segment)
        number = segment.get(_NUMBER_AT[name])[:_LONGEST_NUMBER]
        numbers = self.open[-1].numbers if self.open else self.seen
        if number in numbers:
            element = f"{name}{_NUMBER_AT[name]:02d}"
            self.say("REPEATED-NUMBER", f"the control number of this {name} stands twice", segment, element)
        if len(numbers) < MOST_NUMBERS:
            numbers.add(number)
        elif len(numbers) == MOST_NUMBERS:
            numbers.add(" " * (_LONGEST_NUMBER + 1))
            self.say(
                "TOO-MANY-NUMBERS",
                f"there are more than {MOST_NUMBERS} {name}: from here on repeated numbers are not found",
                segment,
            )
        if self.open:
            self.open[-1].members += 1
        self.open.append(_Open(segment))

    def _trailer(self, segment: Segment) -> None:
        name, header_id = segment.id, _TRAILERS[segment.id]
        while self.open and self.open[-1].header.id != header_id and self._has_open(header_id):
            missing = self.open.pop().header
            self.say("NO-TRAILER", f"the {missing.id} of this segment never ends", missing)
        if not self._has_open(header_id):
            self.say("MISPLACED", f"{name} stands without its {header_id}", segment)
            return
        opened = self.open[-1]
        count = opened.members + (2 if name == "SE" else 0)
        if not _same_number(segment.get(1), str(count)):
            self.say("WRONG-COUNT", f"{name} does not count {count}, which is there", segment, f"{name}01")
        number = opened.header.get(_NUMBER_AT[header_id])
        if segment.get(2).strip() != number.strip():
            self.say(
                "NUMBERS-DIFFER",
                f"the control numbers of {header_id} and {name} differ",
                segment,
                f"{name}02",
            )
        self.open.pop()

    def _has_open(self, header_id: str) -> bool:
        return any(item.header.id == header_id for item in self.open)


def _same_number(one: str, other: str) -> bool:
    return one.isascii() and one.isdigit() and one.lstrip("0").rjust(1, "0") == other
