"""What was read and has no field: found by writing the claim again, kept with it, written back in its place.

Adjustments (CAS) are left out on both sides: every one of them is read, and a segment more or less says nothing.
A total charge is never kept: what is written is the sum of the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from cleanclaim.claims.carried import CarriedSegment, Composite
from cleanclaim.x12.claims_837.claim_tree import (
    Elements,
    Node,
    Path,
    elements_of_row,
    loop_below,
    loop_rank,
    part,
    segment_rank,
    trimmed,
)
from cleanclaim.x12.guide.guide_specs import LoopSpec
from cleanclaim.x12.syntax.amounts import format_quantity, parse_quantity
from cleanclaim.x12.syntax.rows import Row

_QUALIFIED = frozenset(
    {"REF", "DTP", "AMT", "NM1", "HI", "CRC", "NTE", "QTY", "MEA", "PRV", "LQ", "FRM", "PWK", "TOO", "DN2"}
)
_OPENERS = frozenset({"NM1", "LIN", "SVD", "LQ"})
_SUMMED = ("CLM", 2)
_MOST_CODES = 12


def carried_segments(received: Node, written: Node) -> tuple[CarriedSegment, ...]:
    """What the written tree does not say of the received one."""
    own = {path: node.rows for path, node in written.nodes()}
    found: list[CarriedSegment] = []
    for path, node in received.nodes():
        found += _of_loop(path, node.rows, own.get(path, []))
    return tuple(found)


def add_carried(root: Node, carried: Iterable[CarriedSegment], spec: LoopSpec | None) -> bool:
    """Write carried segments into a tree, each in its place; True where anything was written.

    What belongs to a loop that is no longer there (a line taken off, another payer) is not written.
    """
    nodes = dict(root.nodes())
    touched: dict[Path, Node] = {}
    for item in carried:
        node = nodes.get(item.loop)
        opens = not item.instead_of and item.elements[0][0] in _OPENERS
        if node is None and opens and item.loop[:-1] in nodes:
            node = Node(item.loop[-1])
            nodes[item.loop[:-1]].kids.append(node)
            nodes[item.loop] = node
            touched[item.loop[:-1]] = nodes[item.loop[:-1]]
        if node is None:
            continue
        touched[item.loop] = node
        if item.instead_of:
            _replace(node, item)
        else:
            _insert(node, item)
    if touched:
        _order(root, spec, (), touched)
    return bool(touched)


def rows_of(node: Node, of: str) -> list[Row]:
    """The segments of a tree as rows to write."""
    return [
        Row(of, tuple(parts[0] if len(parts) == 1 else parts for parts in elements))
        for elements in node.flat()
    ]


def tree_rows(rows: Iterable[Row]) -> list[Elements]:
    """Rows as the elements a tree is made of."""
    return [elements_of_row(item) for item in rows]


@lru_cache(maxsize=4096)
def by_value(elements: Elements) -> Elements:
    """A segment with its numbers by value: 25.50 is 25.5."""
    return tuple([tuple([_number(text) if "." in text else text for text in parts]) for parts in elements])


def _of_loop(
    path: Path, received: Sequence[Elements], written: Sequence[Elements]
) -> Iterable[CarriedSegment]:
    if received == written:
        return
    sent, own = _exploded(received), _exploded(written)
    left, rest = _unmatched(sent, own)
    spare: dict[tuple[str, str], list[tuple[int, Elements]]] = {}
    for place, elements in rest:
        spare.setdefault(_key(elements), []).append((place, elements))
    for place, elements in left:
        alike = spare.get(_key(elements))
        if not alike:
            yield CarriedSegment(path, place, elements)
            continue
        place, said = alike.pop(0)
        if elements[0] == (_SUMMED[0],):
            elements = _with(elements, _SUMMED[1], said[_SUMMED[1]])
        if by_value(elements) != by_value(said):
            yield CarriedSegment(path, place, elements, said)


def _unmatched(
    sent: Sequence[Elements], own: Sequence[Elements]
) -> tuple[list[tuple[int, Elements]], list[tuple[int, Elements]]]:
    """What of either has no like among the other, each with its place among those of its kind.

    Most are the very same; numbers are compared by value only for the few that are not.
    """
    left, rest = _without(sent, _counted(own)), _without(own, _counted(sent))
    if not left or not rest:
        return [item for item in left if item[1][0] != ("CAS",)], rest
    values = _counted([by_value(elements) for _, elements in rest])
    unlike = [
        (place, elements)
        for place, elements in left
        if not _take(values, by_value(elements)) and elements[0] != ("CAS",)
    ]
    over = [item for item in rest if _take(values, by_value(item[1]))]
    return unlike, over


def _counted(items: Sequence[Elements]) -> dict[Elements, int]:
    # A Counter costs more to make than the few segments of a loop are worth.
    found: dict[Elements, int] = {}
    for item in items:
        found[item] = found.get(item, 0) + 1
    return found


def _without(items: Sequence[Elements], known: dict[Elements, int]) -> list[tuple[int, Elements]]:
    places: dict[tuple[str, str], int] = {}
    left = []
    for elements in items:
        key = _key(elements)
        places[key] = places.get(key, 0) + 1
        if not _take(known, elements):
            left.append((places[key], elements))
    return left


def _take(known: dict[Elements, int], elements: Elements) -> bool:
    """Whether one more of it is there; it is then used up."""
    if not known.get(elements):
        return False
    known[elements] -= 1
    return True


def _insert(node: Node, item: CarriedSegment) -> None:
    """A whole segment; a code joins the list of its likes where there is room."""
    if item.elements[0] == ("HI",):
        for index, elements in enumerate(node.rows):
            if (
                elements[0] == ("HI",)
                and part(elements, 1) == part(item.elements, 1)
                and len(elements) <= _MOST_CODES
            ):
                node.rows[index] = (*elements, item.elements[1])
                return
    node.rows.append(item.elements)


def _replace(node: Node, item: CarriedSegment) -> None:
    key = _key(item.instead_of)
    place = 0
    for index, elements in enumerate(node.rows):
        if elements[0] == ("HI",) and key[0] == "HI":
            node.rows[index] = tuple(
                item.elements[1] if number and parts == item.instead_of[1] else parts
                for number, parts in enumerate(elements)
            )
            continue
        place += _key(elements) == key
        if _key(elements) == key and place == item.place:
            node.rows[index] = _merged(elements, item.instead_of, item.elements)
            return


def _merged(now: Elements, then: Elements, sent: Elements) -> Elements:
    """What was sent, wherever the claim still says what it said then."""
    merged = []
    for number in range(max(len(now), len(sent))):
        components = max(len(each[number]) if number < len(each) else 1 for each in (now, then, sent))
        parts = []
        for component in range(1, components + 1):
            current = part(now, number, component)
            same = current == part(then, number, component)
            parts.append(part(sent, number, component) if same else current)
        merged.append(tuple(parts))
    return trimmed(merged)


def _order(node: Node, spec: LoopSpec | None, above: Path, touched: dict[Path, Node]) -> None:
    """Bring the loops that were written into, and no others, into the order of the guide."""
    path = (*above, node.step)
    if path in touched:
        node.rows.sort(key=lambda elements: segment_rank(spec, elements))
        node.kids.sort(key=lambda kid: loop_rank(spec, kid.rows[0]))
    for kid in node.kids:
        _order(kid, loop_below(spec, kid.rows[0]), path, touched)


def _exploded(rows: Sequence[Elements]) -> list[Elements]:
    """Each code of an HI alone, so that the way codes were put together does not matter."""
    found: list[Elements] = []
    for elements in rows:
        if elements[0] == ("HI",):
            found += [(("HI",), parts) for parts in elements[1:] if any(parts)]
        else:
            found.append(elements)
    return found


def _key(elements: Elements) -> tuple[str, str]:
    name = elements[0][0]
    return name, part(elements, 1) if name in _QUALIFIED else ""


def _with(elements: Elements, number: int, parts: Composite) -> Elements:
    return (*elements[:number], parts, *elements[number + 1 :])


def _number(text: str) -> str:
    quantity = parse_quantity(text)
    return text if quantity is None else format_quantity(quantity)
