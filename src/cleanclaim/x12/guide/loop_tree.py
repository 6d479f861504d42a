"""A transaction set as the tree of its loops: which segment belongs to which loop of the guide."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from attrs import define, field

from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.guide.guide_specs import GuideSpec, LoopSpec
from cleanclaim.x12.guide.guides import find_guide
from cleanclaim.x12.judging.walker import Steps, steps_of
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.transactions import Transaction, transactions


@define(eq=False)
class Node:
    """A loop that was read: its own segments and the loops below it, both in the order of the file.

    A segment for which the guide has no place stays with the loop it was met in, so that it is not lost.
    """

    loop: LoopSpec
    segments: list[Segment] = field(factory=list)
    kids: list[Node] = field(factory=list)

    def all(self, name: str, *qualifiers: str) -> Iterator[Segment]:
        """The segments of the loop with this id and, where given, one of these first elements."""
        for segment in self.segments:
            if segment.id == name and (not qualifiers or segment.get(1) in qualifiers):
                yield segment

    def first(self, name: str, *qualifiers: str) -> Segment | None:
        """The first of `all`, or None."""
        return next(self.all(name, *qualifiers), None)

    def below(self, *names: str) -> Iterator[Node]:
        """The loops directly below with one of these names; a name ending in ``*`` stands for all that begin so."""
        for kid in self.kids:
            if kid.loop.id in names or any(n[-1] == "*" and kid.loop.id.startswith(n[:-1]) for n in names):
                yield kid

    def one(self, *names: str) -> Node | None:
        """The first loop directly below with one of these names, or None."""
        return next(self.below(*names), None)

    def every_segment(self) -> Iterator[Segment]:
        """The segments of the loop and of all loops below it."""
        yield from self.segments
        for kid in self.kids:
            yield from kid.every_segment()


def trees(data: Bytes, names: Collection[str]) -> Iterator[tuple[Transaction, Node]]:
    """Every transaction set of a file as a tree, all of which must be of the guides named.

    Raises:
        X12Error: as `transactions`; a set of another kind or of a guide that is not at hand.
    """
    for transaction in transactions(data):
        yield transaction, tree_of(transaction, names)


def tree_of(transaction: Transaction, names: Collection[str]) -> Node:
    """One transaction set as a tree. Raises X12Error where it is of another guide than those named."""
    known = find_guide(transaction.set_code(), transaction.version())
    if known is None or known.name not in names:
        raise X12Error(
            f"this is a {transaction.set_code()[:3]} of the guide {transaction.version()[:12] or '(none)'}",
            segment=transaction.st.ordinal,
            offset=transaction.st.offset,
            why=f"what is read here is {' or '.join(sorted(names))}",
            fix="choose a file of that kind",
        )
    return _tree(transaction, steps_of(known))


def _tree(transaction: Transaction, steps: Steps) -> Node:
    known: GuideSpec = steps.guide
    root = Node(known.root)
    path = [root]
    slot = 0
    for segment in transaction.body:
        step = steps.step(path[-1].loop, slot, segment.id, _qualifier(segment, known))
        if step is None:
            path[-1].segments.append(segment)
            continue
        del path[len(path) - step.pops :]
        if step.opens is not None:
            node = Node(step.opens)
            path[-1].kids.append(node)
            path.append(node)
            slot = 0
        else:
            slot = step.slot
        path[-1].segments.append(segment)
    return root


def _qualifier(segment: Segment, known: GuideSpec) -> str:
    if segment.id not in known.qualified_ids:
        return ""
    if segment.id == "HL":
        return segment.get(3)
    return segment.component(1, 1) if segment.id in known.part_ids else segment.get(1)
