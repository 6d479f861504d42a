"""One bad claim payment never condemns its neighbours: each is read for itself, the bad one says why in its place."""

from __future__ import annotations

import pytest
from attrs import evolve

from cleanclaim.claims.parties import Payer, Provider
from cleanclaim.claims.remittance import Payment
from cleanclaim.x12 import Envelope, X12Error, read_835, read_every_835, show, write_835


@pytest.fixture
def written(payment: Payment, envelope: Envelope, payer: Payer, payee: Provider) -> bytes:
    """Two payments, the second of one more claim."""
    paid = payment.claims[0]
    more = evolve(payment, trace="EFT0002", claims=(*payment.claims, evolve(paid, claim_id="V77")))
    return write_835([payment, more], envelope, payer, payee)


FAULTS = {
    "a third decimal": (b"SVC*HC:83037*45.5*", b"SVC*HC:83037*45.555*", "SVC"),
    "an exponent": (b"CLP*V01*1*255.5*", b"CLP*V01*1*2E3*", "CLP"),
    "a reason without an amount": (b"CAS*CO*45*90~", b"CAS*CO*45~", "CAS"),
    "a day that is none": (b"DTM*232*20260914~", b"DTM*232*20261399~", "DTM"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_neighbours_of_a_payment_that_cannot_be_read_are_read(written: bytes, fault: str) -> None:
    old, new, segment = FAULTS[fault]
    assert old in written
    data = written.replace(old, new, 1)
    whole, read = read_835(written), read_every_835(data)
    (first, second), (good, other) = read.payments, whole.payments
    bad = first.claims[0].unread
    assert bad is not None
    assert data[bad.offset :].startswith(segment.encode())
    assert data[: bad.offset].count(b"~") == bad.segment - 1
    assert first.claims[1].claim_id == good.claims[1].claim_id
    assert first.claims[1].all_adjustments() == good.claims[1].all_adjustments()
    assert [item.claim_id for item in second.claims] == [item.claim_id for item in other.claims]
    assert (first.claims[0].claim_id, first.claims[0].status) == ("V01", "1")
    assert first.claims[0].paid_cents == good.claims[0].paid_cents
    with pytest.raises(X12Error) as caught:
        read_835(data)
    assert (caught.value.segment, caught.value.offset) == (bad.segment, bad.offset)
    words = show(data)
    assert words.index("EFT0001") < words.index("NOT READ: claim V01") < words.index("V25")
    assert f"segment {bad.segment}, byte {bad.offset}" in words


def test_nothing_of_a_payment_that_cannot_be_read_is_lost(written: bytes) -> None:
    data = written.replace(b"CAS*CO*45*90~", b"CAS*CO*45~", 1)
    claim = read_every_835(data).payments[0].claims[0]
    start = data.index(b"CLP*V01")
    assert "~".join(claim.carried).encode() == data[start : data.index(b"~CLP*V25")]


def test_a_set_without_a_payment_keeps_no_other_out(written: bytes) -> None:
    data = written.replace(b"TRN*1*EFT0001*1990000009~", b"", 1)
    read = read_every_835(data)
    assert [payment.trace for payment in read.payments] == ["EFT0002"]
    (bad,) = read.unread
    assert (bad.transaction_control_number, "no TRN" in bad.what) == ("0001", True)
    with pytest.raises(X12Error, match="no TRN"):
        read_835(data)
    words = show(data)
    assert words.index("NOT READ: set 0001") < words.index("Payment EFT0002")


def test_a_file_that_makes_no_payment_at_all_is_refused(written: bytes) -> None:
    with pytest.raises(X12Error, match="no 835"):
        read_every_835(written.replace(b"ST*835*", b"ST*820*"))
