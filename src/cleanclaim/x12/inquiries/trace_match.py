"""Which questions an answer answers: by the trace numbers that were sent and those that came back."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from cleanclaim.x12.inquiries.claim_status import StatusReport, StatusRequest
from cleanclaim.x12.inquiries.eligibility import EligibilityAnswer, EligibilityRequest
from cleanclaim.x12.inquiries.parties import Trace
from cleanclaim.x12.inquiries.services_review import ServicesReview

_OURS, _GIVEN_BACK = "1", "2"

Question = EligibilityRequest | StatusRequest | ServicesReview
Reply = EligibilityAnswer | StatusReport | ServicesReview


@frozen
class TraceMatch:
    """Trace numbers asked under and answered, those not answered yet, and those that nobody asked under."""

    answered: tuple[str, ...]
    unanswered: tuple[str, ...]
    unasked: tuple[str, ...]


def match_traces(question: Question, reply: Reply) -> TraceMatch:
    """Match a 270 with its 271, a 276 with its 277, a 278 with its answer.

    A trace that comes back has TRN01 2 and the number it was asked under (005010X279A1 2000C, X212 2200D, X217
    2000E); traces that the answering side gave itself (TRN01 1) are left alone.
    """
    asked = [trace.number for trace in _traces(question) if trace.kind == _OURS]
    back = [trace.number for trace in _traces(reply) if trace.kind == _GIVEN_BACK]
    return TraceMatch(
        tuple(number for number in asked if number in back),
        tuple(number for number in asked if number not in back),
        tuple(number for number in back if number not in asked),
    )


def _traces(record: Question | Reply) -> Iterator[Trace]:
    if isinstance(record, ServicesReview):
        for event in record.events:
            yield from event.traces
            for service in event.services:
                yield from service.traces
    elif isinstance(record, EligibilityRequest):
        for inquiry in record.inquiries:
            yield from inquiry.traces
    elif isinstance(record, EligibilityAnswer):
        for answer in record.answers:
            yield from answer.traces
    elif isinstance(record, StatusRequest):
        for asked in record.inquiries:
            yield from (claim.trace for claim in asked.claims)
    else:
        for told in record.answers:
            yield from (claim.trace for claim in told.claims)
