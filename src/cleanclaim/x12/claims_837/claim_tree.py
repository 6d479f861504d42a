"""The segments of a claim as a tree of loops, so that one of them can be found by the way to its place.

Rows that are to be written and segments that were read are cut into loops by the same steps, so that they meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

from attrs import define, field

from cleanclaim.claims.carried import Composite
from cleanclaim.x12.guide.guide_specs import LoopSpec, SegmentSpec
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.rows import Row

Elements = tuple[Composite, ...]
Path = tuple[str, ...]

_UNNAMED_PAYER = "2320:"
_BELOW_LINE = {"LIN": "2410", "NM1": "2420", "SVD": "2430", "LQ": "2440"}


@define(eq=False)
class Node:
    """One loop: its step ("2310:DN"), its own segments and the loops below it, each in order.

    ``alike`` counts the steps of a kind that were given to loops below.
    """

    step: str
    rows: list[Elements] = field(factory=list)
    kids: list[Node] = field(factory=list)
    alike: dict[str, int] = field(factory=dict)

    def nodes(self, above: Path = ()) -> Iterator[tuple[Path, Node]]:
        """This loop and all below it, each with the way to it."""
        path = (*above, self.step)
        yield path, self
        for kid in self.kids:
            yield from kid.nodes(path)

    def flat(self) -> Iterator[Elements]:
        """All segments in order."""
        yield from self.rows
        for kid in self.kids:
            yield from kid.flat()


def elements_of_row(item: Row) -> Elements:
    """A row's elements, each as its components without the empty ones at the end."""
    return trimmed([(element,) if isinstance(element, str) else element for element in item.elements])


def elements_of_segment(segment: Segment) -> Elements:
    """A segment's elements likewise."""
    component = segment.delimiters.component
    return trimmed(
        [tuple(text.split(component)) if component in text else (text,) for text in segment.elements]
    )


def trimmed(elements: Sequence[Composite]) -> Elements:
    """Elements and components without the empty ones at the end."""
    kept = [parts if len(parts) < 2 or parts[-1] else _without_empty_end(parts) for parts in elements]
    while kept and kept[-1] == ("",):
        kept.pop()
    return tuple(kept)


def level_tree(step: str, rows: Iterable[Elements]) -> Node:
    """A level: what stands before the first NM1, then one loop per NM1."""
    root = Node(step)
    current = root
    for elements in rows:
        if elements[0] == ("NM1",):
            current = _below(root, f"2010:{part(elements, 1)}")
        current.rows.append(elements)
    return root


def claim_tree(rows: Iterable[Elements], line_numbers: Sequence[int] = ()) -> Node:
    """A claim: loops 2300 to 2440. Lines are named by these numbers, or by their place where none is given."""
    root = Node("2300")
    parent = current = root
    line = 0
    for elements in rows:
        name = elements[0][0]
        if name == "LX":
            number = line_numbers[line] if line < len(line_numbers) else line + 1
            line += 1
            parent = current = _below(root, f"2400:{number}")
        elif name == "SBR":
            parent = current = _below(root, _UNNAMED_PAYER)
        elif parent is not root and parent.step[:4] == "2400" and name in _BELOW_LINE:
            current = _below(parent, f"{_BELOW_LINE[name]}:{_role(elements)}")
        elif name == "NM1":
            loop = "2310" if parent is root else "2330"
            if loop == "2330" and part(elements, 1) == "PR":
                if parent.step.partition("#")[0] == _UNNAMED_PAYER:
                    root.alike[_UNNAMED_PAYER] -= 1
                parent.step = _free(root, f"{_UNNAMED_PAYER}{part(elements, 9)}")
            current = _below(parent, f"{loop}:{part(elements, 1)}")
        current.rows.append(elements)
    return root


def part(elements: Elements, number: int, component: int = 1) -> str:
    """A component of an element, or an empty text."""
    if number >= len(elements) or component > len(elements[number]):
        return ""
    return elements[number][component - 1]


def use_of(spec: LoopSpec | None, elements: Elements) -> SegmentSpec | None:
    """The use of this segment in a loop, or None where the guide has none."""
    if spec is None:
        return None
    qualifier = part(elements, 1)
    return next((use for use in _uses(spec).get(elements[0][0], ()) if _fits(use, qualifier)), None)


def loop_below(spec: LoopSpec | None, elements: Elements) -> LoopSpec | None:
    """The loop that this segment opens below a loop, or None where the guide has none."""
    if spec is None:
        return None
    qualifier = part(elements, 1)
    likes = _loops(spec).get(elements[0][0], ())
    return next((loop for loop in likes if _fits(loop.starter(), qualifier)), None)


@lru_cache(maxsize=1024)
def _uses(spec: LoopSpec) -> dict[str, list[SegmentSpec]]:
    """The segments of a loop by name; one that is told by its code goes before one that is told by nothing."""
    found: dict[str, list[SegmentSpec]] = {}
    for member in spec.members:
        if isinstance(member, SegmentSpec):
            found.setdefault(member.id, []).append(member)
    for likes in found.values():
        likes.sort(key=lambda member: member.qualifiers is None)
    return found


@lru_cache(maxsize=1024)
def _loops(spec: LoopSpec) -> dict[str, list[LoopSpec]]:
    """The loops below a loop by the name of the segment that opens them."""
    found: dict[str, list[LoopSpec]] = {}
    for member in spec.members:
        if isinstance(member, LoopSpec):
            found.setdefault(member.starter().id, []).append(member)
    return found


def _fits(use: SegmentSpec, qualifier: str) -> bool:
    if use.qualifiers is None or qualifier in use.qualifiers:
        return True
    first = use.elements[0]
    return not qualifier and first is not None and not first.required


def segment_rank(spec: LoopSpec | None, elements: Elements) -> int:
    """The place of a segment in its loop, the same for all of one name; what the guide does not have comes last."""
    return _first_place(spec, lambda member: isinstance(member, SegmentSpec) and member.id == elements[0][0])


def loop_rank(spec: LoopSpec | None, elements: Elements) -> int:
    """The place of the loop that this segment opens; what the guide does not have comes last."""
    below = loop_below(spec, elements)
    return _first_place(spec, lambda member: member is below)


def _first_place(spec: LoopSpec | None, fits: Callable[[SegmentSpec | LoopSpec], bool]) -> int:
    members = spec.members if spec is not None else []
    return next((place for place, member in enumerate(members) if fits(member)), len(members))


def _role(elements: Elements) -> str:
    if elements[0] == ("LQ",):
        return part(elements, 2)
    return part(elements, 3) if elements[0] == ("LIN",) else part(elements, 1)


def _below(parent: Node, step: str) -> Node:
    node = Node(_free(parent, step))
    parent.kids.append(node)
    return node


def _free(parent: Node, step: str) -> str:
    """The step, numbered where its like stands there already."""
    number = parent.alike[step] = parent.alike.get(step, 0) + 1
    return step if number == 1 else f"{step}#{number}"


def _without_empty_end(parts: Composite) -> Composite:
    count = len(parts)
    while count > 1 and not parts[count - 1]:
        count -= 1
    return parts[:count]
