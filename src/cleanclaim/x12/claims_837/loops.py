"""Segments of an 837 in their loops: levels by HL, then the loops of a claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

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
    """The segments of one claim and of the levels above it, HL segments left out; ``heading`` is the BHT."""

    billing: list[Segment]
    subscriber: list[Segment]
    patient: list[Segment]
    claim: list[Segment] = field(factory=list)
    heading: Segment | None = None


def claims_in(body: Iterable[Segment]) -> Iterator[ClaimSegments]:
    """The claims of one transaction set, in order.

    Raises:
        X12Error: an HL of another kind than billing provider, subscriber and patient, a claim outside a
            subscriber, a set without a claim.
    """
    levels: dict[str, list[Segment]] = {"20": [], "22": [], "23": []}
    level, current = "", None
    found = False
    heading: Segment | None = None
    for segment in body:
        if segment.id == "HL":
            if current is not None:
                yield current
                current = None
            level = _open_level(segment, levels)
        elif segment.id == "CLM":
            if current is not None:
                yield current
            if level not in {"22", "23"}:
                raise _unplaced(segment)
            current = ClaimSegments(levels["20"], levels["22"], levels["23"], [segment], heading)
            found = True
        elif current is not None:
            current.claim.append(segment)
        elif level:
            levels[level].append(segment)
        elif segment.id == "BHT":
            heading = segment
    if current is not None:
        yield current
    if not found:
        raise X12Error("a transaction set holds no claim", fix="ask the sender for the file as it was sent")


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


def _open_level(segment: Segment, levels: dict[str, list[Segment]]) -> str:
    level = segment.get(3)
    if level not in levels:
        raise X12Error(
            "HL03 is no level of a claim file",
            segment=segment.ordinal,
            offset=segment.offset,
            why="20, 22 and 23 are billing provider, subscriber and patient",
        )
    if level != "20" and not levels["20"]:
        raise _unplaced(segment)
    for lower in ("20", "22", "23"):
        if lower >= level:
            levels[lower] = []
    return level


def _unplaced(segment: Segment) -> X12Error:
    return X12Error(
        f"{segment.id} stands outside of the level it belongs to",
        segment=segment.ordinal,
        offset=segment.offset,
        why="a claim stands below a subscriber, and a subscriber below a billing provider",
        fix="ask the sender to correct the file",
    )
