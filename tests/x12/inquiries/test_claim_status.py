"""Questions about claims and their answers: written as the guide wants, read without loss, told in words."""

from __future__ import annotations

import datetime as dt

import pytest
from answer_samples import (
    ASKED,
    CENTS,
    CLINIC,
    DAYS,
    ENVELOPE,
    PATIENT,
    PAYER,
    PLAIN_HOLDER,
    REFUSED_REPORT,
    REPORT,
    SUBMITTER,
    WORD,
    contents,
)
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.x12 import (
    ClaimTold,
    Day,
    Envelope,
    Number,
    Status,
    StatusAnswer,
    StatusCode,
    StatusReport,
    StatusRequest,
    Trace,
    X12Error,
    check,
    read_276,
    read_277,
    show,
    write_276,
    write_277,
)


def stamped(item: StatusRequest | StatusReport, envelope: Envelope) -> object:
    """The record as it is read back: the envelope has given its heading a number and a time."""
    heading = evolve(
        item.heading,
        reference=envelope.reference(0),
        written_on=envelope.created_at.date(),
        clock=f"{envelope.created_at:%H%M}",
    )
    return evolve(item, heading=heading)


def test_a_276_asks_about_claims_of_subscriber_and_dependent(envelope: Envelope) -> None:
    data = write_276([ASKED], envelope)
    assert check(data).verdict == "accepted"
    assert data.count(b"*19*1~") == data.count(b"*22*1~") == data.count(b"*23~") == 1
    assert data.index(b"DMG*D8*19800102") < data.index(b"NM1*IL")
    assert read_276(data) == (stamped(ASKED, envelope),)
    words = show(data)
    for part in (
        "What became of the claim of Farrow, Otto, born 1980-01-02, member HPO000001 at Harbor Mutual?",
        "trace Q1, payer claim number ICN1, patient account V01, $255.50, service 2026-09-14",
        "line 99214-25 x1: charged $210.00",
        "dependent of Farrow, Otto",
        "service 2026-09-01 to 2026-09-03",
    ):
        assert part in words


def test_a_277_tells_what_became_of_a_claim(envelope: Envelope) -> None:
    data = write_277([REPORT], envelope)
    assert check(data).verdict == "accepted"
    assert read_277(data) == (stamped(REPORT, envelope),)
    words = show(data)
    for part in (
        "Claim of Farrow, Otto, member HPO000001 at Harbor Mutual, trace Q1, payer claim number ICN1",
        (
            "finished, paid: paid (F1:65), as of 2026-10-01, charged $255.50, paid $90.50, on 2026-10-02, "
            "by check EFT1 of 2026-10-02"
        ),
        "to do: expect the remittance, or post it",
        "line 99214 x1: charged $210.00, paid $80.00",
        "processed by the rules of the contract (F1:107)",
    ):
        assert part in words


def test_a_277_may_refuse_all_questions_of_a_sender(envelope: Envelope) -> None:
    data = write_277([REFUSED_REPORT], envelope)
    assert check(data).verdict == "accepted"
    assert read_277(data) == (stamped(REFUSED_REPORT, envelope),)
    assert (
        "all questions of Mill River Billing: no answer: the question is wrong: the submitter may not submit"
        in (show(data))
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            StatusCode("F2", "88", "QC"),
            "finished, denied: the patient was not eligible for benefits on the dates of service",
        ),
        (
            StatusCode("P3", "317"),
            "pending, the provider owes information: the patient's medical records (P3:317)",
        ),
        (
            StatusCode("A7", "562", "85"),
            "rejected: something is wrong: the billing provider's NPI (A7:562:85)",
        ),
        (StatusCode("F2", "80", "", "RX"), "finished, denied: pharmacy status 80 (F2:80)"),
        (StatusCode("Q9", "9999"), "category Q9: status 9999 (Q9:9999)"),
    ],
)
def test_a_status_is_told_by_what_it_means(code: StatusCode, told: str) -> None:
    from cleanclaim.x12.inquiries.claim_status_words import status_words

    assert status_words(Status(codes=(code,))).startswith(told)


def test_what_has_no_field_is_carried(envelope: Envelope) -> None:
    data = write_277([REPORT], envelope).replace(b"~REF*1K", b"~QTY*90*1~REF*1K", 1)
    count = int(data.rsplit(b"SE*", 1)[1].split(b"*")[0])
    data = data.replace(b"SE*%d*" % count, b"SE*%d*" % (count + 1))
    (report,) = read_277(data)
    assert report.answers[0].claims[0].carried == ("QTY*90*1",)
    assert "also there: QTY*90*1" in show(data)
    with pytest.raises(X12Error, match="would be refused"):
        write_277([report], envelope)


def test_a_second_judge_accepts_what_was_written(envelope: Envelope) -> None:
    from x12sdk.io import X12ModelReader

    # pyx12 4.0.0 judges neither: its index of maps has 277CA and 999 of 5010, but no 270, 271, 276, 277 (X212), 278.
    # x12sdk 2.2.0 holds a subscriber with a dependent below (HL04 1) for no patient, though 2000D may have claims of
    # its own (005010X212 2200D): the subscriber's and the dependent's questions are shown to it one by one.
    alone = [evolve(ASKED, inquiries=(inquiry,)) for inquiry in ASKED.inquiries]
    for data in (*(write_276([one], envelope) for one in alone), write_277([REPORT], envelope)):
        with X12ModelReader(data.decode("ascii")) as reader:
            (model,) = reader.models()
        body = data.decode("ascii").split("~")[2:-3]
        assert model.x12().replace("~\n", "~").rstrip("~").split("~") == body


def unpaid_if_denied(status: Status) -> Status:
    """A claim that is denied was not paid; the judge says so."""
    return evolve(status, paid_cents=None) if status.codes[0].category == "F2" else status


STATUS = st.builds(
    Status,
    codes=st.lists(
        st.builds(
            StatusCode,
            category=st.sampled_from(["F1", "F2", "P1", "P3"]),
            status=st.sampled_from(["65", "107", "317", "21"]),
            entity=st.sampled_from(["", "QC", "1P"]),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    effective_on=DAYS,
    charge_cents=CENTS,
    paid_cents=st.none() | CENTS,
).map(unpaid_if_denied)
CLAIM = st.builds(
    ClaimTold,
    trace=st.builds(Trace, kind=st.just("2"), number=WORD),
    statuses=st.lists(STATUS, min_size=1, max_size=2).map(tuple),
    numbers=st.lists(
        st.builds(Number, kind=st.sampled_from(["1K", "EJ", "BLT", "D9"]), number=WORD),
        max_size=3,
        unique_by=lambda item: item.kind,
    ).map(tuple),
    dates=st.lists(st.builds(Day, kind=st.just("472"), first=DAYS), max_size=1).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.lists(CLAIM, min_size=1, max_size=2)), min_size=1, max_size=3))
def test_any_report_written_is_read_as_it_was(people: list[tuple[bool, list[ClaimTold]]]) -> None:
    child = evolve(PATIENT, birth_date=None, sex="")
    answers = tuple(
        StatusAnswer(
            payer=PAYER,
            receiver=SUBMITTER,
            providers=(CLINIC,),
            subscriber=evolve(PLAIN_HOLDER),
            dependent=child if is_child else None,
            claims=tuple(claims),
        )
        for is_child, claims in people
    )
    report = StatusReport(answers=answers)
    assert read_277(write_277([report], ENVELOPE)) == (stamped(report, ENVELOPE),)


def test_dates_abroad_of_the_calendar_are_refused(envelope: Envelope) -> None:
    data = write_276([ASKED], envelope)
    assert contents(write_276(read_276(data), envelope)) == contents(data)
    broken = data.replace(b"DTP*472*D8*20260914", b"DTP*472*D8*20261399", 1)
    (request,) = read_276(broken)
    assert request.inquiries[0].claims[0].carried == ("DTP*472*D8*20261399",)
    with pytest.raises(X12Error):
        write_276([request], envelope)
    assert dt.date(2026, 9, 14) not in [day.first for day in request.inquiries[0].claims[0].dates]
