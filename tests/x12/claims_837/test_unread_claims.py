"""One bad claim never condemns its neighbours: each is read for itself, and the bad one says why in its place."""

from __future__ import annotations

import pytest
from attrs import evolve

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.parties import PersonName
from cleanclaim.x12 import (
    Envelope,
    Unread,
    X12Error,
    read_837,
    read_each_837,
    read_every_837,
    show,
    write_837,
)


@pytest.fixture
def three(office_claim: ProfessionalClaim, envelope: Envelope) -> bytes:
    """A file of three claims of two people."""
    other = evolve(office_claim.patient, name=PersonName("Ash", "Ida"))
    holder = evolve(office_claim.coverage.subscriber, name=PersonName("Ash", "Ida"))
    third = evolve(
        office_claim,
        claim_id="C3",
        patient=other,
        coverage=evolve(office_claim.coverage, subscriber=holder),
    )
    return write_837([office_claim, evolve(office_claim, claim_id="C2"), third], envelope)


def second(data: bytes, old: bytes, new: bytes) -> bytes:
    """The file with a change in its second claim alone."""
    start, stop = data.index(b"CLM*C2*"), data.index(b"CLM*C3*")
    assert old in data[start:stop]
    return data[:start] + data[start:stop].replace(old, new, 1) + data[stop:]


def told(data: bytes) -> list[str]:
    return [
        f"not {item.claim_id}" if isinstance(item, Unread) else item.claim.claim_id
        for item in read_every_837(data)
    ]


FAULTS = {
    "an amount with a comma": (b"CLM*C2*255.5*", b"CLM*C2*1,255.50*", "CLM", "CLM02 is not an amount"),
    "an amount with an exponent": (b"SV1*HC:99214:25*", b"SV1*HC:99214:25*1E3*", "SV1", "is not a"),
    "a day that is none": (b"DTP*472*D8*2026", b"DTP*472*D8*9926", "DTP", "holds no date"),
    "a frequency of nobody": (b"11:B:1", b"11:B:Q", "CLM", "no Frequency has"),
    "no service": (b"SV1*", b"SV9*", "LX", "has no SV1"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_neighbours_of_a_claim_that_cannot_be_read_are_read(three: bytes, fault: str) -> None:
    old, new, segment, what = FAULTS[fault]
    data = second(three, old, new)
    assert told(data) == ["V01", "not C2", "C3"]
    (bad,) = [item for item in read_each_837(data) if isinstance(item, Unread)]
    assert what in bad.what
    assert data[bad.offset :].startswith(segment.encode())
    assert bad.segments[0] <= bad.segment <= bad.segments[1]
    assert data[: bad.offset].count(b"~") == bad.segment - 1
    for part in ("claim C2", f"segment {bad.segment}, byte {bad.offset}", what, "ask the sender"):
        assert part in bad.sentence()
    with pytest.raises(X12Error, match=what) as caught:
        read_837(data)
    assert (caught.value.segment, caught.value.offset) == (bad.segment, bad.offset)


def test_a_level_that_is_none_keeps_only_its_own_claims_out(three: bytes) -> None:
    place = three.rindex(b"*22*0~")
    data = three[:place] + b"*29*0~" + three[place + 6 :]
    assert told(data) == ["V01", "C2", "not C3"]
    empty = three.replace(b"~SE*", b"~HL*9**77*0~SE*")
    assert told(empty) == ["V01", "C2", "C3", "not "]


def test_a_claim_outside_a_subscriber_is_refused_alone(three: bytes) -> None:
    clm = three[three.index(b"CLM*V01*") : three.index(b"CLM*C2*")].replace(b"V01", b"C0")
    place = three.index(b"HL*2*1*22")
    assert told(three[:place] + clm + three[place:]) == ["not C0", "V01", "C2", "C3"]


def test_a_set_of_another_guide_keeps_no_other_set_out(three: bytes) -> None:
    start, stop = three.index(b"ST*837"), three.index(b"GE*1")
    old = three[start:stop].replace(b"005010X222A1", b"004010X098A1")
    data = (three[:stop] + old + three[stop:]).replace(b"GE*1*", b"GE*2*")
    assert told(data) == ["V01", "C2", "C3", "not "]
    assert "005010X222 (professional)" in show(data) or "CLM*C2*" in show(data)


def test_a_file_of_which_nothing_can_be_read_is_refused_with_the_first_reason(three: bytes) -> None:
    with pytest.raises(X12Error, match="claims are read from"):
        read_each_837(three.replace(b"005010X222A1", b"004010X098A1"))
    with pytest.raises(X12Error, match="no claim"):
        read_each_837(three[: three.index(b"HL*1")] + three[three.index(b"SE*") :])


def test_the_bad_claim_is_told_in_its_place(three: bytes) -> None:
    words = show(second(three, b"CLM*C2*255.5*", b"CLM*C2*1,255.50*"))
    lines = [line for line in words.splitlines() if " C" in line or "V01" in line]
    assert words.index("Claim V01") < words.index("NOT READ: claim C2") < words.index("Claim C3"), lines
