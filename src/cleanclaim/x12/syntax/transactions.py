"""The transaction sets of a file, one after the other, each with its envelope and its own segments."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define

from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.reader import Segment, segments

_ENVELOPE = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA"})


@define(eq=False)
class Transaction:
    """One ST to SE with the ISA and GS it stands in; ``body`` gives the segments between them once."""

    isa: Segment
    gs: Segment
    st: Segment
    body: Iterator[Segment]

    def set_code(self) -> str:
        """ST01."""
        return self.st.get(1)

    def version(self) -> str:
        """The guide: ST03, or GS08 where the set has no ST03."""
        return self.st.get(3) or self.gs.get(8)

    def control_number(self) -> str:
        """ST02."""
        return self.st.get(2)


def transactions(data: Bytes) -> Iterator[Transaction]:
    """Every transaction set of a file; what a caller leaves of one body is skipped.

    Raises:
        X12Error: as `segments`; an envelope segment out of its place; the file ends before the IEA.
    """
    stream = segments(data)
    isa: Segment | None = None
    gs: Segment | None = None
    for segment in stream:
        name = segment.id
        if name == "ST" and isa is not None and gs is not None:
            transaction = Transaction(isa, gs, segment, _body(stream, segment))
            yield transaction
            for _ in transaction.body:
                pass
        elif name == "ISA" and isa is None:
            isa = segment
        elif name == "GS" and isa is not None and gs is None:
            gs = segment
        elif name == "GE" and gs is not None:
            gs = None
        elif name == "IEA" and isa is not None and gs is None:
            _refuse_cut_trailer(isa, segment)
            isa = None
        elif name != "TA1" or isa is None or gs is not None:
            raise misplaced(segment)
    if isa is not None:
        raise _ends_early(isa)


def misplaced(segment: Segment) -> X12Error:
    """The error for a segment that stands where its like cannot."""
    return X12Error(
        f"{segment.id[:3]} does not belong here",
        segment=segment.ordinal,
        offset=segment.offset,
        why="a segment before it is missing or this one is out of order",
        fix="ask the sender for the file as it was sent",
    )


def _body(stream: Iterator[Segment], st: Segment) -> Iterator[Segment]:
    for segment in stream:
        name = segment.id
        if name in _ENVELOPE:
            if name == "SE":
                return
            raise misplaced(segment)
        if segment.__class__ is not Segment and not segment.terminated:
            raise _ends_early(segment)
        yield segment
    raise _ends_early(st)


def _refuse_cut_trailer(isa: Segment, iea: Segment) -> None:
    # A last line end may be lost on the way, but then the control number must be whole.
    if not iea.terminated and iea.get(2).strip() != isa.get(13):
        raise _ends_early(iea)


def _ends_early(segment: Segment) -> X12Error:
    return X12Error(
        f"the file ends before this {segment.id[:3]} is complete",
        segment=segment.ordinal,
        offset=segment.offset,
        why="the transfer was cut off",
        fix="ask the sender for the whole file",
    )
