"""One transaction set walked along its guide: which loop and which use every segment is, and what is missing.

Where a segment stands is one state: the innermost open loop and the slot reached in it; the loops around it
are at the slot of the loop inside. The step that a segment makes from a state is worked out once and kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from attrs import define, field

from cleanclaim.x12.guide.guide_specs import UNLIMITED, GuideSpec, LoopSpec, SegmentSpec
from cleanclaim.x12.guide.guides import is_known_segment
from cleanclaim.x12.judging.element_check import ElementCheck
from cleanclaim.x12.judging.finder import Finder
from cleanclaim.x12.judging.instances import MOST_KEPT, Instance
from cleanclaim.x12.judging.levels import Levels
from cleanclaim.x12.syntax.reader import Segment


@define(eq=False, frozen=True)
class _Step:
    """What a segment does: close ``pops`` loops, open ``opens`` (or none), be ``spec``, stand at ``slot``."""

    pops: int
    opens: LoopSpec | None
    spec: SegmentSpec
    slot: int
    late: bool = False


@define(eq=False)
class Steps:
    """The steps of one guide, worked out as they are met."""

    guide: GuideSpec
    known: dict[tuple[LoopSpec, int, str, str], _Step] = field(factory=dict)
    nowhere: set[tuple[LoopSpec, int, str, str]] = field(factory=set)
    qualifiers: dict[str, set[str]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.qualifiers = {name: set() for name in self.guide.segment_ids}
        for spec in _segment_specs(self.guide.root):
            self.qualifiers[spec.id].update(spec.qualifiers or ())

    def step(self, loop: LoopSpec, slot: int, name: str, qualifier: str) -> _Step | None:
        """The step for a segment, or None where it has no place from here.

        What is remembered is bounded by the guide: names and qualifiers that it has nowhere are all as one.
        """
        heard_of = self.qualifiers.get(name)
        if heard_of is None:
            return None
        if qualifier not in heard_of:
            qualifier = ""
        key = loop, slot, name, qualifier
        step = self.known.get(key)
        if step is None and key not in self.nowhere:
            step = self._find(loop, slot, name, qualifier)
            if step is None:
                self.nowhere.add(key)
            else:
                self.known[key] = step
        return step

    def _find(self, loop: LoopSpec, slot: int, name: str, qualifier: str) -> _Step | None:
        exact = self._search(loop, slot, name, qualifier)
        return exact or self._only(loop, slot, name)

    def _search(self, loop: LoopSpec, slot: int, name: str, qualifier: str) -> _Step | None:
        for late in (False, True):
            for pops, place, reached in _around(loop, slot):
                for member in place.members:
                    if (member.slot < reached) is not late:
                        continue
                    spec = member if isinstance(member, SegmentSpec) else member.starter()
                    if spec.id != name or not _fits(spec, qualifier):
                        continue
                    if member is place.members[0] and place.parent is not None and spec.repeat == 1:
                        continue
                    opens = member if isinstance(member, LoopSpec) else None
                    return _Step(pops, opens, spec, reached if late and not opens else member.slot, late)
        return None

    def _only(self, loop: LoopSpec, slot: int, name: str) -> _Step | None:
        """The one use that this segment can be meant for although its qualifier says otherwise."""
        for pops, place, reached in _around(loop, slot):
            found = [
                member
                for member in place.members
                if member.slot >= reached
                and (member if isinstance(member, SegmentSpec) else member.starter()).id == name
                and (member is not place.members[0] or place.parent is None)
            ]
            if len(found) > 1:
                return None
            if found:
                member = found[0]
                opens = member if isinstance(member, LoopSpec) else None
                spec = member if isinstance(member, SegmentSpec) else member.starter()
                return _Step(pops, opens, spec, member.slot)
        return None


@lru_cache(maxsize=64)
def steps_of(guide: GuideSpec) -> Steps:
    """The steps of a guide, shared by all files: what one file taught, the next need not work out."""
    return Steps(guide)


def _segment_specs(loop: LoopSpec) -> Iterator[SegmentSpec]:
    for member in loop.members:
        if isinstance(member, LoopSpec):
            yield from _segment_specs(member)
        else:
            yield member


def _fits(spec: SegmentSpec, qualifier: str) -> bool:
    return spec.qualifiers is None or qualifier in spec.qualifiers


def _around(loop: LoopSpec, slot: int) -> Iterator[tuple[int, LoopSpec, int]]:
    """This loop and the loops around it, each with the slot reached in it, from the inside out."""
    pops = 0
    place: LoopSpec | None = loop
    while place is not None:
        yield pops, place, slot
        slot, place, pops = place.slot, place.parent, pops + 1


@define(eq=False)
class Walker:
    """Walks one transaction set; ``closed`` is called for every loop that ends, the outermost last."""

    steps: Steps
    finder: Finder
    check: ElementCheck
    closed: Callable[[Instance], None]
    opened: Callable[[Instance, Segment], None]
    levels: Levels
    here: Instance = field(init=False)
    loop: LoopSpec = field(init=False)
    slot: int = 0
    lost: bool = False
    skipping: bool = False

    def __attrs_post_init__(self) -> None:
        self.loop = self.steps.guide.root
        self.here = Instance(self.loop, None)

    def feed(self, segment: Segment) -> None:
        """The next segment, from ST to SE."""
        elements = segment.elements
        name = segment.id
        steps = self.steps
        qualifier = ""
        if name in steps.guide.qualified_ids:
            qualifier = elements[1] if len(elements) > 1 else ""
            if name == "HL":
                qualifier = segment.get(3)
            elif name in steps.guide.part_ids:
                qualifier = qualifier.partition(segment.delimiters.component)[0]
        step = steps.known.get((self.loop, self.slot, name, qualifier))
        if step is None:
            step = steps.step(self.loop, self.slot, name, qualifier)
            if step is None:
                self._unexpected(segment, qualifier)
                return
        if self.skipping and step.opens is None and name != "SE":
            return
        self.lost = self.skipping = False
        self._take(step, segment)

    def end(self) -> None:
        """Close whatever is open."""
        while self.here.parent is not None:
            self._close()
        self.finder.leave_levels()
        self._missing(self.here)
        self.closed(self.here)

    def _take(self, step: _Step, segment: Segment) -> None:
        if step.pops:
            for _ in range(step.pops):
                self._close()
        spec = step.spec
        opens = step.opens
        if opens is not None:
            if opens.is_claim or opens.is_above:
                self._missing(self.here, before=opens.slot)
            self._count(self.here, opens.bit, opens.repeat, segment, spec, opens)
            here = Instance(opens, self.here)
            if not (opens.is_level or opens.is_claim or self.here.parent is None):
                self.here.keep_below(here)
            self.here = here
            self.loop, self.slot = opens, 0
            self.opened(here, segment)
        else:
            here = self.here
            self.loop, self.slot = here.spec, step.slot
        if step.late:
            self._late(spec, segment)
        if here.mask & spec.bit:
            self._count(here, spec.bit, spec.repeat, segment, spec, None)
        else:
            here.mask |= spec.bit
            here.at[spec.key] = segment
        if len(here.segments) < MOST_KEPT:
            here.segments.append((spec, segment))
        else:
            here.overfull = True
        self.check.check(spec, segment)

    def _count(
        self,
        here: Instance,
        bit: int,
        repeat: int,
        segment: Segment,
        spec: SegmentSpec,
        loop: LoopSpec | None,
    ) -> None:
        """Count a member that may have come before, and say so where that is once too often."""
        if not here.mask & bit:
            here.mask |= bit
            return
        if repeat >= UNLIMITED:
            return
        if here.counts is None:
            here.counts = {}
        count = here.counts[bit] = here.counts.get(bit, 1) + 1
        if count == repeat + 1:
            what = f"loop {loop.id} ({loop.words})" if loop else f"{spec.words} ({spec.id})"
            self.finder.say(
                2,
                "TOO-MANY",
                f"{what} stands more than {_times(repeat)}",
                "send no more than that",
                segment,
                loop=(loop or here.spec).id,
                element=spec.id,
            )

    def _close(self) -> None:
        here = self.here
        if here.spec.is_level and not here.spec.is_above:
            self.finder.leave_levels()
        if here.mask & here.spec.required_mask != here.spec.required_mask:
            self._missing(here)
        if here.spec.is_level:
            self.levels.close(here, self.finder)
        self.closed(here)
        assert here.parent is not None
        if here.spec.is_claim or here.spec.is_level or here.parent.parent is None:
            here.let_go()
        elif here.overfull:
            here.parent.overfull = True
        self.here = here.parent

    def _missing(self, here: Instance, before: int = UNLIMITED) -> None:
        """Say what required members are missing, those up to a slot where more may still come."""
        spec = here.spec
        if here.mask & spec.required_mask == spec.required_mask:
            return
        for member in spec.members:
            if not member.required or here.mask & member.bit or member.slot >= before:
                continue
            here.mask |= member.bit
            if isinstance(member, SegmentSpec):
                what, element, loop = f"{member.words} ({member.id})", member.id, spec.id
            else:
                what, element, loop = f"{member.words} (loop {member.id})", member.starter().id, member.id
            at = here.opener() if here.segments else None
            self.finder.say(
                2,
                "MISSING-SEGMENT" if isinstance(member, SegmentSpec) else "MISSING-LOOP",
                f"{what} is missing in {spec.words}",
                "add it",
                at,
                element=element,
                loop=loop,
            )

    def _late(self, spec: SegmentSpec, segment: Segment) -> None:
        self.finder.say(
            2,
            "OUT-OF-ORDER",
            f"{spec.words} ({spec.id}) stands after what it should stand before",
            "put it in the order of the guide",
            segment,
            loop=spec.loop.id if spec.loop else "",
            element=spec.id,
        )

    def _unexpected(self, segment: Segment, qualifier: str) -> None:
        guide = self.steps.guide
        name = segment.id
        quiet = self.lost
        self.lost = True
        if name in guide.starters:
            self.skipping = True
            quiet = False
        if quiet or not name:
            return
        shown = name[:3] if name.isascii() and name.isprintable() else "(not printable)"
        if name not in guide.segment_ids:
            known = is_known_segment(name)
            self.finder.say(
                2 if known else 1,
                "UNKNOWN-SEGMENT",
                f"{shown} is no segment of {'this guide' if known else 'X12 health care'}",
                "leave it out",
                segment,
                loop=self.loop.id,
                element=shown,
            )
            return
        code = qualifier[:6] if qualifier.isascii() and qualifier.isprintable() else ""
        self.finder.say(
            2,
            "UNEXPECTED-SEGMENT",
            f"{shown} with {code or 'nothing'} as its qualifier has no place here, in {self.loop.words}",
            "correct its qualifier, or put it where the guide has it",
            segment,
            loop=self.loop.id,
            element=f"{shown}{'03' if name == 'HL' else '01'}",
        )


def _times(repeat: int) -> str:
    return "once" if repeat == 1 else f"{repeat} times"
