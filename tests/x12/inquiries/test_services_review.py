"""Requests for authorization and their answers: written as the guide wants, read without loss, told in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from answer_samples import (
    CLINIC,
    DAYS,
    DECIDED,
    ENVELOPE,
    PLAIN_HOLDER,
    REVIEW,
    REVIEWER,
    WORD,
    contents,
)
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.x12 import (
    Day,
    Decision,
    Delivery,
    Envelope,
    Heading,
    Number,
    Review,
    ReviewDiagnosis,
    ReviewedCode,
    ReviewedService,
    ReviewEvent,
    ServicesReview,
    X12Error,
    check,
    read_278,
    show,
    write_278,
)


def stamped(review: ServicesReview, envelope: Envelope) -> ServicesReview:
    """The record as it is read back: the envelope has given its heading a number and a time."""
    heading = evolve(
        review.heading,
        reference=review.heading.reference or envelope.reference(0),
        written_on=envelope.created_at.date(),
        clock=f"{envelope.created_at:%H%M}",
    )
    return evolve(review, heading=heading)


@pytest.mark.parametrize("review", [REVIEW, DECIDED], ids=["request", "answer"])
def test_both_directions_come_back_whole(review: ServicesReview, envelope: Envelope) -> None:
    data = write_278([review], envelope)
    assert check(data).verdict == "accepted"
    assert read_278(data) == (stamped(review, envelope),)


def test_a_request_is_told_as_a_person_would(envelope: Envelope) -> None:
    words = show(write_278([REVIEW], envelope))
    for part in (
        "Lakeside Family Medicine asks Harbor Mutual Review about Farrow, Otto, member HPO000001",
        "health services review, initial request, physical therapy, place of service 11",
        "event 2026-09-14 to 2026-11-14",
        "diagnoses M5450, I10",
        "3 visits per week for 2 months",
        "service provider: Tarn, Nils",
        "service 1: 97110-GP x24",
    ):
        assert part in words


def test_a_decision_is_told_with_the_number_to_quote(envelope: Envelope) -> None:
    words = show(write_278([DECIDED], envelope))
    for part in (
        "Harbor Mutual Review answers Lakeside Family Medicine",
        "decision: certified with changes, number AUTH77",
        "expires 2026-12-31",
        "message: Two units less than asked",
        "decision: certified in full, number AUTH77",
        "decision: not certified, reason 0F",
        "97140 revenue code 0420",
    ):
        assert part in words


def test_only_a_certified_service_may_be_given() -> None:
    answers = {
        action: Decision(action).is_certified() for action in ("A1", "A2", "A6", "A3", "A4", "C", "CT")
    }
    assert [action for action, may in answers.items() if may] == ["A1", "A2", "A6"]


def test_what_has_no_field_is_carried(envelope: Envelope) -> None:
    data = write_278([REVIEW], envelope).replace(b"~HSD*", b"~CRC*07*Y*09~CL1*1~HSD*", 1)
    data = data.replace(b"~HSD*VS*3*WK**34*2~CRC", b"~CRC")
    count = int(data.rsplit(b"SE*", 1)[1].split(b"*")[0])
    data = data.replace(b"SE*%d*" % count, b"SE*%d*" % (count + 2))
    (review,) = read_278(data)
    assert review.events[0].carried == ("CRC*07*Y*09", "CL1*1")
    assert contents(write_278([review], envelope)) == contents(data)
    assert "also there: CRC*07*Y*09" in show(data)


def test_a_review_of_nobody_is_not_written(envelope: Envelope) -> None:
    with pytest.raises(X12Error):
        write_278([evolve(REVIEW, reviewer=evolve(REVIEWER, identifier=""))], envelope)
    with pytest.raises(X12Error):
        write_278([], envelope)


def as_the_judge_asks(event: ReviewEvent) -> ReviewEvent:
    """What renews or cancels an earlier review quotes its number; a review of an admission has its date."""
    if event.review.kind != "I" and not event.numbers:
        event = evolve(event, numbers=(Number(kind="BB", number="EARLIER1"),))
    if event.review.request == "AR":
        event = evolve(event, dates=(Day(kind="435", first=dt.date(2026, 10, 30)), *event.dates))
    return event


EVENT = st.builds(
    ReviewEvent,
    review=st.builds(
        Review,
        request=st.sampled_from(["HS", "AR", "SC"]),
        kind=st.sampled_from(["I", "R", "3"]),
        service_type=st.sampled_from(["1", "PT", "42", ""]),
        facility=st.sampled_from([(), ("11", "B"), ("21", "B")]),
    ),
    decision=st.none() | st.builds(Decision, action=st.sampled_from(["A1", "A3", "A6"]), number=WORD),
    numbers=st.lists(st.builds(Number, kind=st.just("BB"), number=WORD), max_size=1).map(tuple),
    dates=st.lists(st.builds(Day, kind=st.just("AAH"), first=DAYS), max_size=1).map(tuple),
    diagnoses=st.lists(
        st.builds(ReviewDiagnosis, kind=st.just("ABF"), code=st.sampled_from(["I10", "M5450", "E1165"])),
        max_size=3,
    ).map(tuple),
    deliveries=st.lists(
        st.builds(Delivery, quantity_kind=st.just("VS"), quantity=st.integers(1, 99).map(Decimal)), max_size=1
    ).map(tuple),
    services=st.lists(
        st.builds(
            ReviewedService,
            code=st.builds(
                ReviewedCode,
                form=st.just("SV1"),
                procedure=st.sampled_from([("HC", "97110"), ("HC", "99213", "25")]),
                unit_kind=st.just("UN"),
                units=st.integers(1, 99).map(Decimal),
                charge_cents=st.none() | st.integers(0, 999_999),
            ),
        ),
        max_size=2,
    ).map(tuple),
).map(as_the_judge_asks)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["13", "11"]), st.lists(EVENT, min_size=1, max_size=2))
def test_any_review_written_is_read_as_it_was(purpose: str, events: list[ReviewEvent]) -> None:
    if purpose == "13":
        events = [evolve(event, decision=None) for event in events]
    else:
        events = [
            evolve(event, decision=event.decision or Decision(action="A1", number="CERT1"))
            for event in events
        ]
    review = ServicesReview(
        heading=Heading(purpose, kind="18" if purpose == "11" else ""),
        reviewer=REVIEWER,
        requester=CLINIC,
        subscriber=PLAIN_HOLDER,
        events=tuple(events),
    )
    assert read_278(write_278([review], ENVELOPE)) == (stamped(review, ENVELOPE),)
