"""Requests for review of services and their answers told in words."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.kernel.money import format_usd
from cleanclaim.x12.inquiries.code_words import words
from cleanclaim.x12.inquiries.eligibility_words import (
    code_words,
    delivery_words,
    number_words,
    party_words,
    person_words,
    rejection_words,
)
from cleanclaim.x12.inquiries.services_review import (
    Decision,
    Review,
    ReviewedCode,
    ReviewedService,
    ReviewEvent,
    ServicesReview,
)
from cleanclaim.x12.syntax.amounts import format_quantity


def review_told(review: ServicesReview) -> Iterator[str]:
    """A 278: who asks whom about which patient, each event and service, and what was decided."""
    patient = review.patient()
    whom = f" about {person_words(patient, review.subscriber)}" if patient is not None else ""
    asker = review.requester.shown() if review.requester is not None else "the requester"
    if review.is_answer():
        yield f"  {review.reviewer.shown()} answers {asker}{whom}"
    else:
        yield f"  {asker} asks {review.reviewer.shown()}{whom}"
    refusals = list(review.rejections)
    for party in (review.reviewer, review.requester, review.subscriber, review.dependent):
        refusals += party.rejections if party is not None else ()
    for rejection in refusals:
        yield f"    not processed: {rejection_words(rejection)}"
    for event in review.events:
        yield from _told(event, "    ")
        for number, service in enumerate(event.services, 1):
            yield f"    service {number}: {_code(service.code)}"
            yield from _told(service, "      ")
    carried = list(review.carried)
    for party in (review.reviewer, review.requester, review.subscriber, review.dependent):
        carried += party.carried if party is not None else ()
    for text in carried:
        yield f"    also there: {text}"


def decision_words(decision: Decision) -> str:
    """The decision, the number to quote and the reason."""
    told = words("review-decision", decision.action, "decision {}")
    number = f", number {decision.number}" if decision.number else ""
    reason = f", reason {decision.reason}" if decision.reason else ""
    return f"{told}{number}{reason}"


def _told(item: ReviewEvent | ReviewedService, indent: str) -> Iterator[str]:
    lines = [_review(item.review)] if item.review is not None else []
    lines += [f"trace {trace.number}" for trace in item.traces]
    lines += [f"not processed: {rejection_words(rejection)}" for rejection in item.rejections]
    lines += [f"decision: {decision_words(item.decision)}"] if item.decision is not None else []
    lines += [f"{words('date', day.kind, 'date {}')} {day.shown()}" for day in item.dates]
    lines += [f"diagnoses {', '.join(one.code for one in item.diagnoses)}"] if item.diagnoses else []
    lines += [delivery_words(delivery) for delivery in item.deliveries]
    lines += [number_words(number) for number in item.numbers]
    lines += [f"message: {text}" for text in item.messages]
    lines += [party_words(party) for party in item.parties]
    carried = [*(text for party in item.parties for text in party.carried), *item.carried]
    lines += [f"also there: {text}" for text in carried]
    for line in lines:
        yield indent + line


def _review(review: Review) -> str:
    parts = [words("review-request", review.request, "request {}")]
    parts += [words("review-kind", review.kind, "kind {}")]
    parts += [words("service", review.service_type, "service type {}")]
    if review.facility:
        kind = words("facility-kind", review.facility[1] if len(review.facility) > 1 else "", "kind {}")
        parts.append(f"{kind} {review.facility[0]}".strip())
    parts += [words("level-of-service", review.level_of_service, "level {}")]
    return ", ".join(part for part in parts if part)


def _code(code: ReviewedCode | None) -> str:
    if code is None:
        return "no code of its own"
    told = [code_words(code.procedure)] if code.procedure else []
    told += [f"revenue code {code.revenue_code}"] if code.revenue_code else []
    told += [f"x{format_quantity(code.units)}"] if code.units is not None else []
    told += [format_usd(code.charge_cents)] if code.charge_cents is not None else []
    return " ".join(told)
