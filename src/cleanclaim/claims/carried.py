"""What a file said about a claim and no field holds: kept with the claim and written back where it stood."""

from __future__ import annotations

from attrs import frozen

Composite = tuple[str, ...]


@frozen
class CarriedSegment:
    """A segment of a claim that was read, element by element, each as its components.

    ``loop`` is the way to its place: one step per loop, such as ("2320:EXMCR", "2330:PR") or ("2400:2",), with the
    payer's identifier, the line's number or the role behind the colon. ``place`` counts from 1 among its likes
    of that loop.

    ``instead_of`` is empty where the whole segment has no field. Otherwise it is what the claim's own fields
    say in this place: an element of the segment is written only while the fields still say that, so that a
    correction of the claim is never undone by what was read.
    """

    loop: tuple[str, ...]
    place: int
    elements: tuple[Composite, ...]
    instead_of: tuple[Composite, ...] = ()
