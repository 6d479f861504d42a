"""A TA1, 999 and 277CA in the words of the claims that were sent: which claim, field and box, what stood there."""

from __future__ import annotations

from pathlib import Path

import pytest
from answer_samples import ENVELOPE
from attrs import evolve

from cleanclaim.claims.acknowledgement import ClaimStatus, Complaint, Verdict
from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.x12 import (
    Envelope,
    X12Error,
    answer,
    read_acknowledgements,
    show,
    write_277ca,
    write_837,
    write_999,
    write_ta1,
)

SHARED = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "x12"


@pytest.fixture
def claims(office_claim: ProfessionalClaim) -> list[ProfessionalClaim]:
    return [office_claim, evolve(office_claim, claim_id="V02"), evolve(office_claim, claim_id="V03")]


@pytest.fixture
def sent(claims: list[ProfessionalClaim], envelope: Envelope) -> bytes:
    return write_837(claims, envelope)


def test_a_999_names_claim_field_box_and_value(sent: bytes) -> None:
    first, second = sent.split(b"CLM*V02*", 1)
    broken = first + b"CLM*V02*" + second.replace(b"HC:99214:25*210*UN*1", b"HC:99214:25*210*UN*1x", 1)
    (made,) = answer(broken, lambda isa: ENVELOPE)
    assert made.implementation is not None
    words = show(made.implementation, broken)
    for part in (
        "none of its 3 claims went on",
        (
            "your claim V02 for Farrow, Ines ($255.50): service: units (SV104, CMS-1500 box 24G): "
            "character not allowed (code 6); you sent '1x'"
        ),
        "your claim V01 for Farrow, Ines ($255.50): nothing is said against it",
        "your claim V03 for Farrow, Ines ($255.50): nothing is said against it",
    ):
        assert part in words
    assert "your claim V02 for Farrow, Ines ($255.50): nothing" not in words


def test_a_fault_above_the_claims_is_all_of_theirs(sent: bytes, envelope: Envelope) -> None:
    place = 1 + [line[:3] for line in sent.split(b"~ST*")[1].split(b"~")].index(b"N3*")
    data = write_999(sent, envelope, {"0001": (Complaint("7", "", "N3", place, "2010", 1),)})
    told = next(line for line in show(data, sent).splitlines() if "you sent" in line)
    assert "all claims below it: street: first line of the address (N301, CMS-1500 box 33)" in told
    assert told.endswith("you sent '12 Quarry Road'")


def test_a_missing_segment_is_told_by_where_it_is_missing(sent: bytes) -> None:
    broken = sent.replace(b"~DTP*472*D8*20260914~REF*6R*V01L2", b"~REF*6R*V01L2", 1)
    count = int(broken.rsplit(b"SE*", 1)[1].split(b"*")[0])
    broken = broken.replace(b"SE*%d*" % count, b"SE*%d*" % (count - 1))
    (made,) = answer(broken, lambda isa: ENVELOPE)
    assert made.implementation is not None
    told = show(made.implementation, broken)
    assert (
        "your claim V01 for Farrow, Ines ($255.50): mandatory segment missing (code 3): DTP in service line"
        in told
    )


def test_a_277ca_names_the_field_a_status_is_about(
    claims: list[ProfessionalClaim], sent: bytes, envelope: Envelope
) -> None:
    statuses = (
        ClaimStatus("V01", Verdict.ACCEPTED, "A2", "20", "PR", payer_claim_number="ICN1"),
        ClaimStatus("V02", Verdict.REJECTED, "A7", "562", "85"),
        ClaimStatus("V03", Verdict.REJECTED, "A3", "158", "IL", "Born on another day"),
    )
    data = write_277ca(
        statuses, claims, envelope, payer_name="Harbor", payer_id="EXHPO", received_reference="0000000070001"
    )
    words = show(data, sent)
    npi = claims[0].billing.npi
    for part in (
        "your claim V01 for Farrow, Ines ($255.50): accepted: accepted for adjudication: accepted for processing",
        "payer's number ICN1",
        (
            "your claim V02 for Farrow, Ines ($255.50): rejected: rejected: something is wrong: "
            "the billing provider's NPI (A7:562:85)"
        ),
        f"billing provider: identifier (NM109, CMS-1500 box 33a): you sent '{npi}'",
        "to do: correct what is wrong and send the claim again",
        "the payer writes: Born on another day",
        "subscriber demographics: birth date (DMG02, CMS-1500 box 11a): you sent '19570304'",
    ):
        assert part in words
    alone = show(data)
    assert "claim V02, $255.50: rejected" in alone and "you sent" not in alone


def test_a_ta1_says_that_no_claim_went_on(sent: bytes, envelope: Envelope) -> None:
    words = show(write_ta1(sent, envelope, "025"), sent)
    assert "none of your 3 claims in it went on" in words
    other = write_837_of(sent, b"000000007", b"000000009")
    assert "sent in another interchange" in show(write_ta1(sent, envelope, "025"), other)


def write_837_of(data: bytes, old: bytes, new: bytes) -> bytes:
    """The file under another number."""
    return data.replace(old, new)


def test_claims_that_are_not_those_answered_are_said_to_be_others(sent: bytes, envelope: Envelope) -> None:
    answered = write_999(sent, envelope, {"0001": (Complaint("7", "", "N3", 11, "2010", 1),)})
    other = sent.replace(b"*0001*", b"*0005*").replace(b"*0001~", b"*0005~")
    words = show(answered, other)
    assert "the claims given hold no set of that number" in words
    assert "code not allowed (code 7) at N301, segment 11 of the set, loop 2010" in words
    with pytest.raises(X12Error):
        show(answered, answered)


def test_a_999_is_read_with_the_claim_and_the_component_it_names(sent: bytes) -> None:
    broken = sent.replace(b"HC:99214:25*210", b"HC:99214:25:A*210", 1)
    (made,) = answer(broken, lambda isa: ENVELOPE)
    assert made.implementation is not None
    (read,) = read_acknowledgements(made.implementation)
    (complaint,) = read.transactions[0].complaints
    assert (complaint.segment, complaint.element, complaint.component) == ("SV1", 1, 4)
    assert (complaint.claim_id, complaint.copied) == ("V01", "A")


def test_faults_of_set_and_group_are_read_too(sent: bytes) -> None:
    (made,) = answer(sent.replace(b"SE*", b"SE*9").replace(b"GE*1*7", b"GE*3*7"), lambda isa: ENVELOPE)
    assert made.implementation is not None
    (read,) = read_acknowledgements(made.implementation)
    assert [item.code for item in read.transactions[0].complaints] == ["4"]
    assert [item.message for item in read.complaints] == ["number of sets wrong"]


@pytest.mark.shared
@pytest.mark.parametrize("kind", ["820", "834", "997", "999"])
def test_every_sample_of_the_other_sets_is_told(kind: str) -> None:
    paths = sorted((SHARED / kind).glob("*"))
    if not paths:
        pytest.skip("shared/data/x12 is absent")
    for path in paths:
        data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
        words = show(data)
        assert "not told in words" not in words, path.name
        said = words.replace("$", "").replace(",", "")
        for piece in (b"NM1*", b"N1*PE*", b"N1*P5*"):
            for part in data.replace(b"\n", b"").split(piece)[1:3]:
                elements = part.split(b"~")[0].decode().split("*")
                name = next((one for one in elements if len(one) > 3 and one.isalpha()), "")
                assert name in said, (path.name, name)
