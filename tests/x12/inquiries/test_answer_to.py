"""What we receive is answered from what the judge finds: TA1 for the envelope, 999 set by set, fault by fault."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from answer_samples import ENVELOPE, REQUEST
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.claims.acknowledgement import AcknowledgementKind, Verdict
from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.x12 import (
    Answers,
    Envelope,
    X12Error,
    answer,
    check,
    read_acknowledgements,
    write_270,
    write_837,
    write_999,
)

FILE = write_270([REQUEST], ENVELOPE)
Pyx12 = Callable[[bytes], list[str]]


@pytest.fixture
def sent(office_claim: ProfessionalClaim, envelope: Envelope) -> bytes:
    return write_837([office_claim, evolve(office_claim, claim_id="V02")], envelope)


def answered(data: bytes, envelope: Envelope, level: int = 4) -> tuple[Answers, ...]:
    """Answers under numbers that count up; sender and receiver turned round."""
    numbers = itertools.count(100)

    def back(isa: object) -> Envelope:
        number = next(numbers)
        return evolve(
            envelope,
            sender_id=envelope.receiver_id,
            receiver_id=envelope.sender_id,
            interchange_control_number=number,
            group_control_number=number,
        )

    return answer(data, back, level=level)


def rows(data: bytes) -> list[str]:
    """The segments of a 999 from AK1 on."""
    return data.decode("ascii").split("AK1*")[1].split("~SE*")[0].split("~")[1:]


def test_a_clean_file_is_accepted_by_ta1_and_999(
    sent: bytes, envelope: Envelope, pyx12_errors: Pyx12
) -> None:
    (one,) = answered(sent, envelope)
    assert (one.verdict, one.note_code, one.accepted, one.rejected) == (Verdict.ACCEPTED, "000", 1, 0)
    assert one.implementation is not None
    assert rows(one.implementation) == ["AK2*837*0001*005010X222A1", "IK5*A", "AK9*A*1*1*1"]
    for data in (one.ta1, one.implementation):
        assert check(data).verdict == "accepted"
    assert pyx12_errors(one.implementation) == []
    (ta1,) = read_acknowledgements(one.ta1)
    assert (ta1.kind, ta1.verdict) == (AcknowledgementKind.TA1, Verdict.ACCEPTED)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (b"CLM*V02*255.5*", b"CLM*V02*255.5x*", ["IK3*CLM*35*2300*8", "CTX*CLM01:V02", "IK4*2**6*255.5x"]),
        (b"~SV1*HC:83036", b"~ZZZ*1~SV1*HC:83036", ["IK3*ZZZ*32*2400*1", "CTX*CLM01:V01"]),
        (b"~SV1*HC:83036", b"~INS*Y~SV1*HC:83036", ["IK3*INS*32*2400*6", "CTX*CLM01:V01"]),
        (b"~DTP*472*D8*20260914~REF*6R*V01L2", b"~REF*6R*V01L2", ["IK3*DTP*31*2400*3", "CTX*CLM01:V01"]),
        (
            b"DMG*D8*19570304*F",
            b"DMG*D8*19571304*F",
            ["IK3*DMG*18*2010*8", "CTX*CLM01:V01", "IK4*2**8*19571304"],
        ),
        (
            b"DMG*D8*19570304*F",
            b"DMG*D8**F",
            ["IK3*DMG*18*2010*8", "CTX*CLM01:V01", "IK4*2**1", "IK4*1**2*D8"],
        ),
        (
            b"DMG*D8*19570304*F",
            b"DMG*D8*19570304*F*X",
            ["IK3*DMG*18*2010*8", "CTX*CLM01:V01", "IK4*4**I10*X"],
        ),
        (b"BHT*0019*00", b"BHT*0019*77", ["IK3*BHT*2**8", "IK4*2**I6*77"]),
        (b"N4*Mill River*OH*440010001~REF", b"N4*M*OH*440010001~REF", ["IK3*N4*10*2010*8", "IK4*1**4*M"]),
    ],
)
def test_a_fault_is_told_with_segment_element_and_claim(
    old: bytes, new: bytes, told: list[str], sent: bytes, envelope: Envelope, pyx12_errors: Pyx12
) -> None:
    assert old in sent
    broken = sent.replace(old, new, 1)
    added = new.count(b"~") - old.count(b"~")
    count = int(broken.rsplit(b"SE*", 1)[1].split(b"*")[0])
    broken = broken.replace(b"SE*%d*" % count, b"SE*%d*" % (count + added))
    (one,) = answered(broken, envelope)
    assert one.implementation is not None
    found = rows(one.implementation)
    claims = {line for line in found if line.startswith("CTX*")} - set(told)
    assert [line for line in found if line not in claims] == [
        "AK2*837*0001*005010X222A1",
        *told,
        "IK5*R*5",
        "AK9*R*1*1*0",
    ]
    assert (one.verdict, one.accepted, one.rejected) == (Verdict.REJECTED, 0, 1)
    assert not [one for item in check(one.implementation).transactions for one in item.findings]
    assert pyx12_errors(one.implementation) == []


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        (b"SE*", b"SE*9", "IK5*R*4"),
        (b"*0001~GE", b"*0009~GE", "IK5*R*3"),
        (b"ST*837*0001*005010X222A1", b"ST*837*0001*005010X999", "IK5*R*I6"),
    ],
)
def test_a_fault_of_the_sets_own_envelope_stands_in_its_verdict(
    old: bytes, new: bytes, codes: str, sent: bytes, envelope: Envelope, pyx12_errors: Pyx12
) -> None:
    broken = sent.replace(old, new, 1)
    (one,) = answered(broken, envelope)
    assert one.implementation is not None
    assert codes in rows(one.implementation)
    assert pyx12_errors(one.implementation) == []


def test_a_fault_of_the_group_rejects_the_group(sent: bytes, envelope: Envelope, pyx12_errors: Pyx12) -> None:
    (one,) = answered(sent.replace(b"GE*1*7", b"GE*3*8"), envelope)
    assert one.implementation is not None
    assert rows(one.implementation)[-1] == "AK9*R*3*1*0*5*4"
    assert pyx12_errors(one.implementation) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"IEA*1*000000007", b"IEA*1*000000008", "001"),
        (b"IEA*1*", b"IEA*2*", "021"),
        (b"*261026*0930*^", b"*261326*0930*^", "014"),
        (b"*261026*0930*^", b"*261026*2930*^", "015"),
        (b"*00501*", b"*00301*", "017"),
        (b"*ZZ*EXSUBMIT1", b"*XX*EXSUBMIT1", "005"),
        (b"*1*T*:", b"*1*X*:", "020"),
        (b"~IEA*1*000000007~", b"~", "023"),
        (b"*000000007*1*T", b"*00000000X*1*T", "018"),
        (b"GS*HC*", b"GS*HCC*", "024"),
        (b"*0930*7*X*", b"*0930*7A*X*", "024"),
    ],
)
def test_a_broken_envelope_gets_a_ta1_and_nothing_else(
    old: bytes, new: bytes, code: str, sent: bytes, envelope: Envelope
) -> None:
    (one,) = answered(sent.replace(old, new), envelope)
    assert (one.verdict, one.note_code, one.implementation) == (Verdict.REJECTED, code, None)
    (read,) = read_acknowledgements(one.ta1)
    assert [item.code for item in read.complaints] == [code]
    assert check(one.ta1).verdict == "accepted"


def test_one_bad_set_of_two_is_accepted_in_part(sent: bytes, envelope: Envelope, pyx12_errors: Pyx12) -> None:
    body = sent[sent.index(b"ST*") : sent.index(b"GE*")]
    second = (
        body.replace(b"*0001*", b"*0002*", 1)
        .replace(b"*0001~", b"*0002~")
        .replace(b"CLM*V02*2", b"CLM*V02*3")
    )
    both = sent.replace(body, body + second).replace(b"GE*1*", b"GE*2*")
    (one,) = answered(both, envelope)
    assert one.implementation is not None
    assert rows(one.implementation)[-1] == "AK9*P*2*2*1"
    assert (one.verdict, one.accepted, one.rejected) == (Verdict.ACCEPTED_WITH_ERRORS, 1, 1)
    (read,) = read_acknowledgements(one.implementation)
    assert [item.verdict for item in read.transactions] == ["accepted", "rejected"]
    assert pyx12_errors(one.implementation) == []
    (lax,) = answered(both, envelope, level=2)
    assert (lax.verdict, lax.accepted) == (Verdict.ACCEPTED, 2)


def test_what_is_only_noted_does_not_reject(sent: bytes, envelope: Envelope, pyx12_errors: Pyx12) -> None:
    (one,) = answered(sent.replace(b"*Farrow*", b"*Farrow *"), envelope)
    assert one.implementation is not None
    assert (one.verdict, one.accepted) == (Verdict.ACCEPTED, 1)
    assert "IK5*E*5" in rows(one.implementation)
    assert rows(one.implementation)[-1] == "AK9*E*1*1*1"
    assert pyx12_errors(one.implementation) == []


def test_every_interchange_of_a_file_is_answered_by_itself(sent: bytes, envelope: Envelope) -> None:
    other = write_270([REQUEST], evolve(envelope, interchange_control_number=8))
    first, second = answered(sent.replace(b"CLM*V02*2", b"CLM*V02*3") + other, envelope)
    assert (first.interchange_control_number, first.rejected) == ("000000007", 1)
    assert (second.interchange_control_number, second.accepted) == ("000000008", 1)
    assert second.implementation is not None and b"AK1*HS*7*005010X279A1" in second.implementation


def test_an_acknowledgement_is_never_answered_by_another(sent: bytes, envelope: Envelope) -> None:
    (one,) = answered(write_999(sent, envelope), envelope)
    assert one.implementation is None


def test_nobody_is_answered_where_there_is_no_envelope(envelope: Envelope) -> None:
    for data in (b"", b"<html>", b"GS*HC"):
        with pytest.raises(X12Error):
            answered(data, envelope)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 30), st.binary(max_size=12))
def test_any_broken_file_gets_an_answer_that_our_judge_accepts(place: int, width: int, junk: bytes) -> None:
    data = FILE[: 106 + place % (len(FILE) - 106)] + junk + FILE[106 + place % (len(FILE) - 106) + width :]
    for one in answered(data, ENVELOPE):
        for made in (one.ta1, one.implementation):
            if made is not None:
                found = [item for verdict in check(made).transactions for item in verdict.findings]
                assert not [item for item in found if item.severity == "error"], found
