"""One loop of a file while it is read: what stood in it and in the loops below it."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.x12.guide.guide_specs import LoopSpec, SegmentSpec
from cleanclaim.x12.syntax.amounts import parse_amount
from cleanclaim.x12.syntax.reader import Segment

MOST_KEPT = 20_000
"""Segments, and loops below, kept of one loop: far more than any claim has, and a bound for what is sent in malice."""

_FEW = 24


class Instance:
    """A loop that was opened.

    ``at`` gives the first segment of each use by its key ("DTP435"), ``segments`` all of them with their
    specification, ``kids`` the loops below that are kept (levels, claims and the loops of the set itself are
    not: memory stays flat). ``overfull`` says that there was more than is kept, here or in a loop below.
    """

    # Written by hand: one is made per loop of the file.
    __slots__ = (
        "_firsts",
        "_sorted",
        "at",
        "counts",
        "kids",
        "mask",
        "overfull",
        "parent",
        "segments",
        "spec",
    )

    def __init__(self, spec: LoopSpec, parent: Instance | None) -> None:
        self.spec = spec
        self.parent = parent
        self.mask = 0
        self.at: dict[str, Segment] = {}
        self.segments: list[tuple[SegmentSpec, Segment]] = []
        self.kids = _NO_KIDS
        self.counts: dict[int, int] | None = None
        self.overfull = False
        self._firsts: dict[str, Instance] | None = None
        self._sorted = 0

    def keep_below(self, kid: Instance) -> None:
        """Keep a loop below this one, unless there are too many of them."""
        if self.kids is _NO_KIDS:
            self.kids = [kid]
        elif len(self.kids) < MOST_KEPT:
            self.kids.append(kid)
        else:
            self.overfull = True

    def first(self, *keys: str) -> Segment | None:
        """The first segment under any of these keys, or None."""
        for key in keys:
            found = self.at.get(key)
            if found is not None:
                return found
        return None

    def value(self, key: str, element: int, part: int = 0) -> str:
        """An element (or a component of it) of the first segment under a key, or an empty text."""
        segment = self.at.get(key)
        if segment is None:
            return ""
        return segment.component(element, part) if part else segment.get(element)

    def cents(self, key: str, element: int) -> int | None:
        """An amount in cents; None where it is absent or no amount."""
        return parse_amount(self.value(key, element))

    def all(self, segment_id: str) -> Iterator[Segment]:
        """Every segment with this id."""
        for _, segment in self.segments:
            if segment.id == segment_id:
                yield segment

    def below(self, *names: str) -> Iterator[Instance]:
        """The loops directly below with one of these names."""
        for kid in self.kids:
            if kid.spec.id in names:
                yield kid

    def one(self, name: str) -> Instance | None:
        """The first loop directly below with this name."""
        kids = self.kids
        if len(kids) > _FEW:
            return self._first_of_many(name)
        for kid in kids:
            if kid.spec.id == name:
                return kid
        return None

    def _first_of_many(self, name: str) -> Instance | None:
        """As `one`, looking at every loop below but once: rules ask again for every claim and every line."""
        firsts = self._firsts
        if firsts is None:
            firsts = self._firsts = {}
        for kid in self.kids[self._sorted :]:
            firsts.setdefault(kid.spec.id, kid)
        self._sorted = len(self.kids)
        return firsts.get(name)

    def above(self, name: str) -> Instance | None:
        """The nearest loop above with this name."""
        place = self.parent
        while place is not None and place.spec.id != name:
            place = place.parent
        return place

    def let_go(self) -> None:
        """Forget the loops below: they know this one too, and in a circle they would wait for the collector."""
        for kid in self.kids:
            if kid.kids:
                kid.let_go()
            kid.parent = None
        self.kids, self._firsts, self._sorted = _NO_KIDS, None, 0

    def opener(self) -> Segment:
        """The segment that opened the loop."""
        return self.segments[0][1]


# Most loops have none below them; they share this list, which nothing is ever added to.
_NO_KIDS: list[Instance] = []
