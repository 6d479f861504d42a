"""A TA1, a 999 and a 277CA are three facts; each is written as its guide wants and read as it was meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from cleanclaim.claims.acknowledgement import AcknowledgementKind, ClaimStatus, Complaint, Verdict
from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.x12 import (
    Envelope,
    X12Error,
    check_envelope,
    read_acknowledgements,
    write_277ca,
    write_837,
    write_999,
    write_ta1,
)

Judge = Callable[[bytes], list[str]]


@pytest.fixture
def back(envelope: Envelope) -> Envelope:
    return evolve(
        envelope, sender_id="EXCLEAR01", receiver_id="EXSUBMIT1", receiver_name="Mill River Billing"
    )


@pytest.fixture
def sent(office_claim: ProfessionalClaim, envelope: Envelope) -> bytes:
    return write_837([office_claim, evolve(office_claim, claim_id="V02")], envelope)


@pytest.mark.parametrize(("code", "verdict"), [("000", Verdict.ACCEPTED), ("025", Verdict.REJECTED)])
def test_a_ta1_answers_the_interchange(code: str, verdict: Verdict, sent: bytes, back: Envelope) -> None:
    data = write_ta1(sent, back, code)
    assert check_envelope(data) == ()
    (read,) = read_acknowledgements(data)
    assert (read.kind, read.verdict) == (AcknowledgementKind.TA1, verdict)
    assert read.interchange_control_number == "000000007"
    assert [item.code for item in read.complaints] == ([] if code == "000" else ["025"])


def test_a_999_accepts_every_set(sent: bytes, back: Envelope, pyx12_errors: Judge) -> None:
    data = write_999(sent, back)
    assert pyx12_errors(data) == []
    (read,) = read_acknowledgements(data)
    assert (read.kind, read.verdict, read.group_control_number) == ("999", "accepted", "7")
    assert [(item.control_number, item.verdict) for item in read.transactions] == [("0001", "accepted")]


def test_a_999_rejects_with_its_complaints(sent: bytes, back: Envelope, pyx12_errors: Judge) -> None:
    complaints = (
        Complaint("3", "", "N4", 12, "2010BA"),
        Complaint("7", "", "CLM", 22, "2300", 5),
    )
    data = write_999(sent, back, {"0001": complaints})
    assert pyx12_errors(data) == []
    assert b"~IK3*N4*12*2010*3~IK3*CLM*22*2300*8~IK4*5**7~IK5*R*5~AK9*R*1*1*0~" in data
    (read,) = read_acknowledgements(data)
    assert read.verdict is Verdict.REJECTED
    told = read.transactions[0].complaints
    assert [(item.code, item.segment, item.element) for item in told] == [("3", "N4", None), ("7", "CLM", 5)]
    assert all(item.message for item in told)


def test_a_999_with_one_rejected_set_of_two_is_partial(
    office_claim: ProfessionalClaim, envelope: Envelope, back: Envelope, pyx12_errors: Judge
) -> None:
    claims = [evolve(office_claim, claim_id=f"C{number}") for number in range(5_001)]
    data = write_999(write_837(claims, envelope), back, {"0002": ()})
    assert pyx12_errors(data) == []
    assert b"~AK9*P*2*2*1~" in data
    (read,) = read_acknowledgements(data)
    assert read.verdict is Verdict.ACCEPTED_WITH_ERRORS


def test_a_277ca_speaks_of_every_claim(
    office_claim: ProfessionalClaim, back: Envelope, pyx12_errors: Judge
) -> None:
    statuses = (
        ClaimStatus("V01", Verdict.ACCEPTED, "A2", "20", "PR", payer_claim_number="ICN1"),
        ClaimStatus("V02", Verdict.REJECTED, "A3", "33", "IL", "Subscriber not found"),
    )
    claims = [office_claim, evolve(office_claim, claim_id="V02")]
    data = write_277ca(
        statuses,
        claims,
        back,
        payer_name="Harbor Mutual PPO",
        payer_id="EXHPO",
        received_reference="0000000070001",
    )
    assert pyx12_errors(data) == []
    (read,) = read_acknowledgements(data)
    assert (read.kind, read.batch_reference) == ("277CA", "0000000070001")
    assert read.verdict is Verdict.ACCEPTED_WITH_ERRORS
    accepted, rejected = read.claims
    assert (accepted.verdict, accepted.payer_claim_number) == (Verdict.ACCEPTED, "ICN1")
    assert (rejected.verdict, rejected.category, rejected.status, rejected.entity) == (
        Verdict.REJECTED,
        "A3",
        "33",
        "IL",
    )
    assert rejected.message == "Subscriber not found"
    assert rejected.charge_cents == 25550


def test_a_status_for_no_claim_is_refused(office_claim: ProfessionalClaim, back: Envelope) -> None:
    status = ClaimStatus("V99", Verdict.ACCEPTED, "A2", "20")
    for statuses in ([], [status]):
        with pytest.raises(X12Error):
            write_277ca(statuses, [office_claim], back, payer_name="P", payer_id="1", received_reference="1")


def test_a_rejection_of_a_set_that_was_not_sent_is_refused(sent: bytes, back: Envelope) -> None:
    with pytest.raises(X12Error):
        write_999(sent, back, {"0009": ()})
    with pytest.raises(X12Error):
        write_ta1(sent, back, "1")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"IK5*A", b"IK5*Q"),
        (b"~IK5*A", b""),
        (b"~AK9*A*1*1*1", b""),
        (b"AK2*", b"XX2*"),
        (b"ST*999", b"ST*837"),
    ],
)
def test_a_999_of_another_shape_is_refused_with_its_place(
    old: bytes, new: bytes, sent: bytes, back: Envelope
) -> None:
    data = write_999(sent, back)
    assert old in data
    with pytest.raises(X12Error) as caught:
        read_acknowledgements(data.replace(old, new))
    assert caught.value.segment > 0


def test_claims_are_no_acknowledgement(sent: bytes) -> None:
    with pytest.raises(X12Error):
        read_acknowledgements(sent)


@pytest.mark.shared
def test_the_sample_999_without_its_byte_order_mark_is_read(shared_x12: list[Path]) -> None:
    (path,) = [path for path in shared_x12 if path.parent.name == "999"]
    (read,) = read_acknowledgements(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    assert [item.verdict for item in read.transactions] == ["accepted", "rejected", "rejected"]
