"""Loops about to be written: each knows its rows and the loops below it, the guide knows their order.

What a record carried along without a field for it is put where the guide has its like, so that a file read and
written again keeps its order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from attrs import define, field

from cleanclaim.x12.guide.guide_specs import LoopSpec, SegmentSpec
from cleanclaim.x12.syntax.rows import Repeated, Row, row
from cleanclaim.x12.syntax.writer import STANDARD


@define(eq=False)
class Branch:
    """One loop to write. ``name`` is its number in the guide; a level gets its HL segment by itself."""

    name: str
    rows: list[Row] = field(factory=list)
    kids: list[Branch] = field(factory=list)

    def add(self, rows: Iterable[Row], carried: Iterable[str] = ()) -> Branch:
        """Put rows into the loop, then what was carried along."""
        self.rows += rows
        self.rows += [carried_row(text) for text in carried]
        return self


@define
class _Count:
    levels: int = 0


def in_order(top: Branch, root: LoopSpec) -> list[Row]:
    """The rows of a transaction set between ST and SE, levels numbered and every loop in the guide's order."""
    return list(_rows(top, root, _Count(), ""))


def carried_row(text: str) -> Row:
    """A segment that was carried along as text, as a row."""
    elements = tuple(_element(part) for part in text.split(STANDARD.element))
    return Row("a segment carried along", elements, as_is=True)


def _element(text: str) -> str | tuple[str, ...]:
    if STANDARD.repetition in text and STANDARD.component not in text:
        return Repeated(text.split(STANDARD.repetition))
    return tuple(text.split(STANDARD.component)) if STANDARD.component in text else text


def _rows(branch: Branch, loop: LoopSpec, count: _Count, above: str) -> Iterator[Row]:
    number = above
    if loop.is_level:
        count.levels += 1
        number = str(count.levels)
        yield _level_row(branch, loop, number, above)
    loops = _loops(loop)
    items: list[tuple[int, int, Row | Branch]] = []
    for item in branch.rows:
        first = item.elements[1] if len(item.elements) > 1 else ""
        qualifier = first if isinstance(first, str) else "".join(first[:1])
        items.append((_slot(loop, str(item.elements[0]), qualifier), len(items), item))
    for kid in branch.kids:
        items.append((loops[kid.name].slot, len(items), kid))
    for _, _, thing in sorted(items, key=lambda item: item[:2]):
        if isinstance(thing, Branch):
            yield from _rows(thing, loops[thing.name], count, number)
        else:
            yield thing


def _level_row(branch: Branch, loop: LoopSpec, number: str, above: str) -> Row:
    loops = _loops(loop)
    child = "1" if any(loops[kid.name].is_level for kid in branch.kids) else "0"
    opener = loop.starter()
    states_child = len(opener.elements) > 3 and opener.elements[3] is not None
    (kind,) = opener.qualifiers or ("",)
    return row(loop.words, "HL", number, above, kind, child if states_child else "")


@lru_cache(maxsize=1024)
def _loops(loop: LoopSpec) -> dict[str, LoopSpec]:
    return {member.id: member for member in loop.members if isinstance(member, LoopSpec)}


@lru_cache(maxsize=4096)
def _slot(loop: LoopSpec, name: str, qualifier: str) -> int:
    """The place of a segment in a loop."""
    same = [member for member in loop.members if isinstance(member, SegmentSpec) and member.id == name]
    for member in same:
        if member.qualifiers is None or qualifier in member.qualifiers:
            return member.slot
    if same:
        return same[0].slot
    # What the guide has no place for stands behind the segment that opens its loop.
    return loop.members[0 if loop.parent is not None else 1].slot
