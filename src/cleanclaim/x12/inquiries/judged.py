"""Files of inquiries and their answers, written, and given away only when our own judge accepts them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleanclaim.kernel.dates import format_compact_date
from cleanclaim.x12.claims_837.branches import Branch, in_order
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.guide.guides import guide
from cleanclaim.x12.guide.loop_tree import Node
from cleanclaim.x12.inquiries.parties import Heading
from cleanclaim.x12.inquiries.party_segments import carried, keeping, plain_row
from cleanclaim.x12.judging.judge import check
from cleanclaim.x12.syntax.carried import unread
from cleanclaim.x12.syntax.dates import day_or_none
from cleanclaim.x12.syntax.envelope import Envelope
from cleanclaim.x12.syntax.rows import Row
from cleanclaim.x12.syntax.writer import Guide, interchange

_STRUCTURE_AND_SITUATION = 4


def judged_interchange(kind: Guide, name: str, tops: Sequence[Branch], envelope: Envelope) -> bytes:
    """One interchange with a transaction set for each tree of loops; ``name`` is that of the guide.

    Raises:
        X12Error: nothing to write, text that X12 cannot carry, or a file that breaks its guide (SNIP types 1 to
            4): the first finding is told.
    """
    data = interchange(kind, [in_order(top, guide(name).root) for top in tops], envelope)
    verdict = check(data, _STRUCTURE_AND_SITUATION)
    found = [one for item in verdict.transactions for one in item.findings] + list(verdict.findings)
    for one in found:
        if one.severity == "error":
            raise X12Error(
                f"the {name} would be refused: {one.message}",
                segment=one.segment,
                why=f"the guide {kind.version} asks for it (SNIP type {one.snip})",
                fix=one.fix,
            )
    return data


def refuse_loss(tree: Node, top: Branch, name: str) -> None:
    """Raise X12Error where a record does not give back every segment it was read from, and no other."""
    received = [item for item in tree.every_segment() if item.id != "HL"]
    written = [item for item in in_order(top, guide(name).root) if item.elements[0] != "HL"]
    delimiters = received[0].delimiters if received else None
    if delimiters is None:
        return
    left = unread(received, written, delimiters)
    if not left and len(received) == len(written):
        return
    at = next((item for item in received if item.text() in left), received[0])
    raise X12Error(
        f"this {at.id[:3]} cannot be held in a record of a {name}",
        segment=at.ordinal,
        offset=at.offset,
        why="a loop stands there that the guide has not, or has once only",
        fix="judge the file with 'cleanclaim x12 check' and ask the sender to correct it",
    )


def heading_of(tree: Node) -> Heading:
    """BHT of a transaction set and whatever else stands before its first loop."""
    bht = tree.first("BHT")
    if bht is None:
        raise X12Error("the set has no beginning (BHT)", fix="ask the sender to correct it")
    heading = Heading(bht.get(2), bht.get(3), day_or_none(bht, 4), bht.get(5), bht.get(6))
    row = heading_row(bht.get(1), heading, None)
    if unread([bht], [row], bht.delimiters):
        raise X12Error(
            "the beginning of the set (BHT) cannot be read", segment=bht.ordinal, offset=bht.offset
        )
    return keeping(heading, carried(tree, [row]))


def heading_row(structure: str, heading: Heading, envelope: Envelope | None, index: int = 0) -> Row:
    """BHT of a transaction set; what the heading does not say, the envelope does."""
    on, clock, reference = heading.written_on, heading.clock, heading.reference
    if envelope is not None:
        on, clock = on or envelope.created_at.date(), clock or f"{envelope.created_at:%H%M}"
        reference = reference or envelope.reference(index)
    day = "" if on is None else format_compact_date(on)
    return plain_row("beginning", "BHT", structure, heading.purpose, reference, day, clock, heading.kind)


def top_branch(
    structure: str,
    heading: Heading,
    envelope: Envelope | None,
    index: int = 0,
    *,
    below: Iterable[Branch] = (),
) -> Branch:
    """The transaction set itself as a loop to write: BHT, what was carried with it, and the loops below."""
    top = Branch("", kids=list(below))
    return top.add([heading_row(structure, heading, envelope, index)], heading.carried)
