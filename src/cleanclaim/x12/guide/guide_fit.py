"""Whether rows fit their guide: segments it has, no more of them than it allows, elements it uses, codes it knows.

The writer's last look before a byte is made, by the same data that the judge goes by.
"""

from __future__ import annotations

from collections import Counter

from cleanclaim.claims.carried import Composite
from cleanclaim.x12.claims_837.claim_tree import Elements, Node, loop_below, use_of
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.guide.guide_specs import ElementSpec, LoopSpec, SegmentSpec

_WRITTEN_LATER = "HL"


def refuse_unfit(node: Node, spec: LoopSpec, guide: str, of: str) -> None:
    """Check one loop and all below it.

    Raises:
        X12Error: the first thing the guide has no place for, by its segment and element.
    """
    counts: Counter[str] = Counter()
    seen = set()
    for elements in node.rows:
        use = use_of(spec, elements)
        if use is None:
            raise _unfit(elements, f"the guide {guide} has no place for it in loop {spec.id}", of)
        seen.add(id(use))
        counts[use.key] += 1
        if counts[use.key] > use.repeat:
            raise _unfit(elements, f"the guide {guide} holds it {use.repeat} times in loop {spec.id}", of)
        _refuse_elements(elements, use, guide, of)
    _refuse_missing(spec, seen, guide, of)
    loops: Counter[str] = Counter()
    for kid in node.kids:
        below = loop_below(spec, kid.rows[0])
        if below is None:
            raise _unfit(kid.rows[0], f"the guide {guide} has no place for it in loop {spec.id}", of)
        loops[below.id] += 1
        if loops[below.id] > below.repeat:
            raise _unfit(kid.rows[0], f"the guide {guide} holds loop {below.id} {below.repeat} times", of)
        refuse_unfit(kid, below, guide, of)


def _refuse_missing(spec: LoopSpec, seen: set[int], guide: str, of: str) -> None:
    for member in spec.members:
        if (
            isinstance(member, SegmentSpec)
            and member.required
            and id(member) not in seen
            and member.id != _WRITTEN_LATER
        ):
            why = f"the guide {guide} requires it in loop {spec.id}"
            raise X12Error(f"{member.key} ({member.words}) is missing", where=of, why=why, fix="add it")


def _refuse_elements(elements: Elements, use: SegmentSpec, guide: str, of: str) -> None:
    name, told = elements[0][0], len(elements)
    for number, spec in enumerate(use.elements, 1):
        if number >= told and number > use.least:
            break
        fault = _element_fault(elements[number] if number < told else ("",), spec)
        if fault:
            raise X12Error(f"{name}{number:02d} {fault}", where=of, why=f"{use.words}, guide {guide}")
    for number in range(len(use.elements) + 1, len(elements)):
        if any(elements[number]):
            raise X12Error(f"{name}{number:02d} is not used", where=of, why=f"{use.words}, guide {guide}")


def _element_fault(parts: Composite, spec: ElementSpec | None) -> str:
    told = any(parts)
    if spec is None:
        return "is not used" if told else ""
    if not told:
        return "is missing" if spec.required else ""
    if spec.parts:
        for number, inner in enumerate(spec.parts, 1):
            fault = _element_fault((parts[number - 1],) if number <= len(parts) else ("",), inner)
            if fault:
                return f"(component {number}) {fault}"
        return "has too many components" if any(parts[len(spec.parts) :]) else ""
    if spec.codes is not None and spec.codes_snip == 2 and parts[0] not in spec.codes:
        return "is no code that the guide has here"
    return ""


def _unfit(elements: Elements, why: str, of: str) -> X12Error:
    name = "*".join(":".join(parts) for parts in elements[:2]) if elements[0][0] in _TOLD else elements[0][0]
    return X12Error(f"{name} does not fit", where=of, why=why, fix="take it off the claim")


# Segments whose first element is a qualifier and never a fact about a person.
_TOLD = frozenset({"NM1", "REF", "DTP", "AMT", "CRC", "NTE", "QTY", "PER"})
