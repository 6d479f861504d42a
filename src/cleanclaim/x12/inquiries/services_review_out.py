"""278 written, request and answer: the loops of 005010X217."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.x12.claims_837.branches import Branch
from cleanclaim.x12.inquiries.eligibility_out import delivery_row, party_branch
from cleanclaim.x12.inquiries.judged import judged_interchange, top_branch
from cleanclaim.x12.inquiries.party_segments import (
    day_row,
    message_row,
    number_row,
    plain_row,
    rejection_row,
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
from cleanclaim.x12.syntax.amounts import format_amount, format_quantity
from cleanclaim.x12.syntax.envelope import Envelope
from cleanclaim.x12.syntax.rows import Element, Row
from cleanclaim.x12.syntax.writer import Guide

SERVICES_REVIEW = Guide("278", "HI", "005010X217")


def write_278(reviews: Sequence[ServicesReview], envelope: Envelope) -> bytes:
    """One interchange of requests for review, or of answers, a transaction set for each.

    Raises:
        X12Error: nothing to write, text that X12 cannot carry, or what the guide (005010X217) refuses.
    """
    tops = [review_branch(item, envelope, index) for index, item in enumerate(reviews)]
    return judged_interchange(SERVICES_REVIEW, "278", tops, envelope)


def review_branch(review: ServicesReview, envelope: Envelope | None, index: int = 0) -> Branch:
    """A 278 as loops."""
    top = top_branch("0007", review.heading, envelope, index)
    level = Branch("2000A", kids=[party_branch("2010A", review.reviewer)])
    level.add(map(rejection_row, review.rejections), review.carried)
    top.kids.append(level)
    for letter, party in (("B", review.requester), ("C", review.subscriber), ("D", review.dependent)):
        if party is not None:
            below = Branch(f"2000{letter}", kids=[party_branch(f"2010{letter}", party)])
            level.kids.append(below)
            level = below
    level.kids += map(_event, review.events)
    return top


def _event(event: ReviewEvent) -> Branch:
    branch = Branch("2000E").add(event_rows(event), event.carried)
    branch.kids += [_entity("2010E", party) for party in event.parties]
    branch.kids += map(_service, event.services)
    return branch


def _service(service: ReviewedService) -> Branch:
    branch = Branch("2000F").add(service_rows(service), service.carried)
    branch.kids += [_entity("2010F", party) for party in service.parties]
    return branch


def _entity(name: str, party: object) -> Branch:
    return party_branch(name, party)


def event_rows(item: ReviewEvent | ReviewedService) -> Iterator[Row]:
    """The rows of an event's own loop, and what a service has in common with it."""
    yield from map(trace_row, item.traces)
    yield from map(rejection_row, item.rejections)
    if item.review is not None:
        yield review_row(item.review)
    if item.decision is not None:
        yield decision_row(item.decision)
    yield from map(number_row, item.numbers)
    yield from map(day_row, item.dates)
    if item.diagnoses:
        yield diagnosis_row(item.diagnoses)
    yield from map(delivery_row, item.deliveries)
    yield from map(message_row, item.messages)


def service_rows(service: ReviewedService) -> Iterator[Row]:
    """The rows of a service's own loop."""
    yield from event_rows(service)
    if service.code is not None:
        yield code_row(service.code)


def review_row(review: Review) -> Row:
    """A UM segment."""
    return plain_row(
        "review",
        "UM",
        review.request,
        review.kind,
        review.service_type,
        review.facility,
        review.related_causes,
        review.level_of_service,
        review.current_health,
        review.prognosis,
        review.release,
        review.delay_reason,
    )


def decision_row(decision: Decision) -> Row:
    """An HCR segment."""
    return plain_row(
        "decision", "HCR", decision.action, decision.number, decision.reason, decision.second_opinion
    )


def diagnosis_row(diagnoses: Sequence[ReviewDiagnosis]) -> Row:
    """An HI segment."""
    return plain_row("diagnoses", "HI", *((one.kind, one.code, *one.rest) for one in diagnoses))


def code_row(code: ReviewedCode) -> Row:
    """SV1, SV2 or SV3."""
    charge = "" if code.charge_cents is None else format_amount(code.charge_cents)
    units = "" if code.units is None else format_quantity(code.units)
    forms: dict[str, tuple[Element, ...]] = {
        "SV1": (code.procedure, charge, code.unit_kind, units),
        "SV2": (code.revenue_code, code.procedure, charge, code.unit_kind, units),
        "SV3": (code.procedure, charge, "", "", "", units),
    }
    return plain_row("service", code.form, *forms[code.form])
