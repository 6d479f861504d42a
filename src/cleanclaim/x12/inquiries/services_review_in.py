"""278 read, request and answer, with nothing of the file lost."""

from __future__ import annotations

from typing import Any

from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.guide.loop_tree import Node, tree_of, trees
from cleanclaim.x12.inquiries.eligibility_in import delivery_of
from cleanclaim.x12.inquiries.eligibility_out import delivery_row
from cleanclaim.x12.inquiries.judged import heading_of, refuse_loss
from cleanclaim.x12.inquiries.party_segments import (
    carried,
    day_of,
    day_row,
    keeping,
    message_of,
    message_row,
    named,
    number_of,
    number_row,
    procedure_of,
    read_all,
    read_one,
    read_party,
    rejection_of,
    rejection_row,
    trace_of,
    trace_row,
)
from cleanclaim.x12.inquiries.services_review import (
    Decision,
    Review,
    ReviewDiagnosis,
    ReviewedCode,
    ReviewedService,
    ReviewEvent,
    ServicesReview,
)
from cleanclaim.x12.inquiries.services_review_out import (
    code_row,
    decision_row,
    diagnosis_row,
    event_rows,
    review_branch,
    review_row,
    service_rows,
)
from cleanclaim.x12.syntax.amounts import amount_or_none, parse_quantity
from cleanclaim.x12.syntax.delimiters import Bytes
from cleanclaim.x12.syntax.reader import Segment
from cleanclaim.x12.syntax.transactions import Transaction


def read_278(data: Bytes) -> tuple[ServicesReview, ...]:
    """Every 278 of a file, requests and answers.

    Raises:
        X12Error: a broken envelope, a set of another kind, or a shape that no record can hold without loss.
    """
    return tuple(_review(tree) for _, tree in trees(data, {"278"}))


def review_of(transaction: Transaction) -> ServicesReview:
    """One transaction set, a 278."""
    return _review(tree_of(transaction, {"278"}))


def _review(tree: Node) -> ServicesReview:
    level = tree.one("2000A")
    if level is None:
        raise X12Error("the 278 names no reviewer (loop 2000A)", fix="ask the sender to correct it")
    rejections = read_all(level.all("AAA"), rejection_of, rejection_row)
    parties = {}
    left = carried(level, map(rejection_row, rejections))
    reviewer, below = named(level, "2010A"), level
    for name, letter in (("requester", "B"), ("subscriber", "C"), ("dependent", "D")):
        node = below.one(f"2000{letter}")
        if node is None:
            break
        parties[name], below = named(node, f"2010{letter}"), node
    review = ServicesReview(
        heading=heading_of(tree),
        reviewer=reviewer,
        **parties,
        events=tuple(map(_event, below.below("2000E"))),
        rejections=rejections,
        carried=left,
    )
    refuse_loss(tree, review_branch(review, None), "278")
    return review


def _event(node: Node) -> ReviewEvent:
    event = ReviewEvent(
        **_common(node),
        parties=tuple(map(read_party, node.below("2010E"))),
        services=tuple(map(_service, node.below("2000F"))),
    )
    return keeping(event, carried(node, event_rows(event)))


def _service(node: Node) -> ReviewedService:
    code = next(node.all("SV1"), None) or next(node.all("SV2"), None) or next(node.all("SV3"), None)
    service = ReviewedService(
        **_common(node),
        code=read_one(code, code_of, code_row),
        parties=tuple(map(read_party, node.below("2010F"))),
    )
    return keeping(service, carried(node, service_rows(service)))


def _common(node: Node) -> dict[str, Any]:
    return {
        "traces": read_all(node.all("TRN"), trace_of, trace_row),
        "rejections": read_all(node.all("AAA"), rejection_of, rejection_row),
        "review": read_one(node.first("UM"), review_kind_of, review_row),
        "decision": read_one(node.first("HCR"), decision_of, decision_row),
        "numbers": read_all(node.all("REF"), number_of, number_row),
        "dates": read_all(node.all("DTP"), day_of, day_row),
        "diagnoses": read_one(node.first("HI"), diagnoses_of, diagnosis_row) or (),
        "deliveries": read_all(node.all("HSD"), delivery_of, delivery_row),
        "messages": read_all(node.all("MSG"), message_of, message_row),
    }


def review_kind_of(um: Segment) -> Review:
    """A UM segment."""
    return Review(
        request=um.get(1),
        kind=um.get(2),
        service_type=um.get(3),
        facility=procedure_of(um, 4),
        related_causes=procedure_of(um, 5),
        level_of_service=um.get(6),
        current_health=um.get(7),
        prognosis=um.get(8),
        release=um.get(9),
        delay_reason=um.get(10),
    )


def decision_of(hcr: Segment) -> Decision:
    """An HCR segment."""
    return Decision(hcr.get(1), hcr.get(2), hcr.get(3), hcr.get(4))


def diagnoses_of(hi: Segment) -> tuple[ReviewDiagnosis, ...]:
    """An HI segment."""
    parts = [[*hi.components(place), ""] for place in range(1, len(hi.elements)) if hi.get(place)]
    return tuple(ReviewDiagnosis(one[0], one[1], tuple(one[2:-1])) for one in parts)


def code_of(segment: Segment) -> ReviewedCode:
    """SV1, SV2 or SV3."""
    form = segment.id
    place = {"SV1": 1, "SV2": 2, "SV3": 1}[form]
    units = {"SV1": 4, "SV2": 5, "SV3": 6}[form]
    return ReviewedCode(
        form=form,
        procedure=procedure_of(segment, place),
        revenue_code=segment.get(1) if form == "SV2" else "",
        charge_cents=amount_or_none(segment, place + 1),
        unit_kind=segment.get(units - 1) if form != "SV3" else "",
        units=parse_quantity(segment.get(units)),
    )
