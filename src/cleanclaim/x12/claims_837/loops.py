"""Segments of an 837 in their loops: levels by HL, then the loops of a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import define, field

from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.reader import Segment


@define
class Loop:
    """One loop: its number in the guides ("2310", with the role of its NM1 as ``role``) and its segments."""

    name: str
    role: str
    segments: list[Segment]


@define
class ClaimSegments:
    """The segments of one claim and of the levels above it, HL segments left out; ``heading`` is the BHT.

    ``fault`` says why it stands in no place a claim can have. Where a level has such a fault and no claim, its HL
    stands for the claim.
    """

    billing: list[Segment]
    subscriber: list[Segment]
    patient: list[Segment]
    claim: list[Segment] = field(factory=list)
    heading: Segment | None = None
    fault: X12Error | None = None

    def is_level(self) -> bool:
        """Whether it is no claim but a level that has a fault."""
        return self.claim[0].id == "HL"


def claims_in(body: Iterable[Segment]) -> Iterator[ClaimSegments]:
    """The claims of one transaction set, in order.

    A claim outside a subscriber, or below an HL of another kind than billing provider, subscriber and patient,
    has that as its ``fault``.
    """
    place = _Place()
    current: ClaimSegments | None = None
    for segment in body:
        if segment.id in {"HL", "CLM"}:
            if current is not None and not (segment.id == "CLM" and current.is_level()):
                yield current
            current = place.open_level(segment) if segment.id == "HL" else place.claim(segment)
        elif current is not None:
            current.claim.append(segment)
        else:
            place.keep(segment)
    if current is not None:
        yield current


@define
class _Place:
    """The levels that the segment at hand stands in."""

    levels: dict[str, list[Segment]] = field(factory=lambda: {"20": [], "22": [], "23": []})
    level: str = ""
    fault: X12Error | None = None
    heading: Segment | None = None

    def open_level(self, segment: Segment) -> ClaimSegments | None:
        """Go to the level of an HL; where there is none such, the HL with its fault."""
        self.level, self.fault = segment.get(3), _level_fault(segment, self.levels)
        if self.fault is not None:
            self.level = ""
            return ClaimSegments([], [], [], [segment], self.heading, self.fault)
        for lower in ("20", "22", "23"):
            if lower >= self.level:
                self.levels[lower] = []
        return None

    def claim(self, segment: Segment) -> ClaimSegments:
        """The claim that begins here."""
        fault = self.fault
        if fault is None and self.level not in {"22", "23"}:
            fault = _unplaced(segment)
        levels = self.levels
        return ClaimSegments(levels["20"], levels["22"], levels["23"], [segment], self.heading, fault)

    def keep(self, segment: Segment) -> None:
        """A segment of the level, or of the heading."""
        if self.level:
            self.levels[self.level].append(segment)
        elif segment.id == "BHT":
            self.heading = segment


def level_loops(segments: Sequence[Segment]) -> list[Loop]:
    """The segments of one level: what stands before the first NM1, then one loop per NM1."""
    loops = [Loop("2000", "", [])]
    for segment in segments:
        if segment.id == "NM1":
            loops.append(Loop("2010", segment.get(1), [segment]))
        else:
            loops[-1].segments.append(segment)
    return loops


def claim_loops(segments: Sequence[Segment]) -> list[Loop]:
    """The segments of one claim as loops 2300, 2310, 2320, 2330, 2400, 2410, 2420, 2430 and 2440, in order."""
    loops = [Loop("2300", "", [])]
    parent = "2300"
    for segment in segments:
        name = segment.id
        if name == "LX":
            parent = "2400"
            loops.append(Loop("2400", "", [segment]))
        elif name == "SBR":
            parent = "2320"
            loops.append(Loop("2320", "", [segment]))
        elif name == "NM1":
            loops.append(Loop(_NAMED[parent], segment.get(1), [segment]))
        elif name == "LIN" and parent == "2400":
            loops.append(Loop("2410", "", [segment]))
        elif name == "SVD" and parent == "2400":
            loops.append(Loop("2430", "", [segment]))
        elif name == "LQ" and parent == "2400":
            loops.append(Loop("2440", "", [segment]))
        else:
            loops[-1].segments.append(segment)
    return loops


_NAMED = {"2300": "2310", "2320": "2330", "2400": "2420"}


def find(loops: Iterable[Loop], name: str, role: str) -> list[Segment]:
    """The segments of the first loop with this name and role, or none."""
    for loop in loops:
        if loop.name == name and loop.role == role:
            return loop.segments
    return []


def _level_fault(segment: Segment, levels: Mapping[str, Sequence[Segment]]) -> X12Error | None:
    level = segment.get(3)
    if level not in levels:
        return X12Error(
            "HL03 is no level of a claim file",
            segment=segment.ordinal,
            offset=segment.offset,
            why="20, 22 and 23 are billing provider, subscriber and patient",
            fix="ask the sender to correct the file",
        )
    return _unplaced(segment) if level != "20" and not levels["20"] else None


def _unplaced(segment: Segment) -> X12Error:
    return X12Error(
        f"{segment.id} stands outside of the level it belongs to",
        segment=segment.ordinal,
        offset=segment.offset,
        why="a claim stands below a subscriber, and a subscriber below a billing provider",
        fix="ask the sender to correct the file",
    )
