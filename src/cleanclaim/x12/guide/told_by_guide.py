"""A transaction set told by its guide alone: each segment by what it is, each element by its name and its value.

For sets that have no records here (275, 820, 834, 997): nothing is left out, and codes that we have words for are
told in words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from cleanclaim.kernel.money import format_usd
from cleanclaim.x12.acknowledgements.sent_claims import use_of
from cleanclaim.x12.guide.guide_specs import ElementSpec
from cleanclaim.x12.guide.loop_tree import Node, tree_of
from cleanclaim.x12.inquiries.code_words import code_list
from cleanclaim.x12.syntax.amounts import parse_amount
from cleanclaim.x12.syntax.formats import day
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.transactions import Transaction

_LISTS = {
    "kind of date": "date",
    "role": "role",
    "other role": "role",
    "relationship": "relationship",
    "kind of number": "number",
    "maintenance kind": "maintenance",
    "insurance line": "insurance-line",
    "coverage level": "coverage-level",
    "payment method": "payment-method",
}
_SILENT = frozenset({"format of the date", "person or organization", "credit or debit"})
_AMOUNTS = ("amount", "paid", "billed", "charge")
_LONGEST_SHOWN = 80


def told_by_guide(transaction: Transaction, name: str) -> Iterator[str]:
    """The set in words, one line per segment, deeper loops further in. Raises X12Error for another set."""
    yield from _told(tree_of(transaction, {name}), 1)


def told_by_text(transaction: Transaction, name: str, wanted: Collection[str]) -> dict[str, str]:
    """What the guide says of segments, by their text; of those that it does not know nothing."""
    told: dict[str, str] = {}
    nodes = [tree_of(transaction, {name})] if wanted else []
    while nodes:
        node = nodes.pop()
        nodes += node.kids
        for segment in node.segments:
            text = segment.text()
            if text in wanted and use_of(node.loop, segment) is not None:
                told[text] = _segment(node, segment)
    return told


def _told(node: Node, depth: int) -> Iterator[str]:
    for number, segment in enumerate(node.segments):
        indent = "  " * (depth + (number > 0 and node.loop.id != ""))
        yield indent + _segment(node, segment)
    for kid in node.kids:
        yield from _told(kid, depth + (node.loop.id != ""))


def _segment(node: Node, segment: Segment) -> str:
    use = use_of(node.loop, segment)
    if use is None:
        return f"also there: {segment.text()[:_LONGEST_SHOWN]}"
    parts = []
    for number, text in enumerate(segment.elements[1:], 1):
        spec = use.elements[number - 1] if number <= len(use.elements) else None
        name = (
            spec.name if spec is not None else use.names[number - 1] if number <= len(use.names) else "more"
        )
        if text and name not in _SILENT:
            parts.append(_element(name, spec, text, segment))
    return f"{use.words}: {'; '.join(parts)}" if parts else use.words


def _element(name: str, spec: ElementSpec | None, text: str, segment: Segment) -> str:
    if spec is not None and spec.kind == "C":
        shown = " ".join(part for part in text.split(segment.delimiters.component) if part)
        return f"{name} {shown[:_LONGEST_SHOWN]}"
    told = code_list(_LISTS[name]).get(text) if name in _LISTS else None
    if told is not None:
        return told
    cents = parse_amount(text) if any(word in name for word in _AMOUNTS) else None
    if cents is not None and spec is not None and spec.kind == "R":
        return f"{name} {format_usd(cents)}"
    shown = _day(text) if "date" in name or "day" in name else text
    return f"{name} {shown[:_LONGEST_SHOWN]}"


def _day(text: str) -> str:
    days = [day(part) for part in text.split("-")]
    return " to ".join(f"{one}" for one in days) if days and all(days) else text
