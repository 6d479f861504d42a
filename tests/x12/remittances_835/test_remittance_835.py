"""Payments are read as sent, with every cent and every segment, and proved to the cent."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.parties import Payer, Provider
from cleanclaim.claims.remittance import Payment
from cleanclaim.x12 import (
    Envelope,
    X12Error,
    check_payment_balance,
    read_835,
    write_835,
)
from cleanclaim.x12.remittances_835 import remittance_claims_in

Judge = Callable[[bytes], list[str]]


@pytest.fixture
def written(payment: Payment, envelope: Envelope, payer: Payer, payee: Provider) -> bytes:
    return write_835([payment], envelope, payer, payee)


def without_places(payment: Payment) -> Payment:
    claims = tuple(evolve(claim, segment_ordinal=0) for claim in payment.claims)
    return evolve(payment, claims=claims, carried=())


def test_the_judge_accepts_the_payment_and_it_comes_back(
    payment: Payment, written: bytes, pyx12_errors: Judge
) -> None:
    assert pyx12_errors(written) == []
    (read,) = read_835(written).payments
    assert without_places(read) == payment
    assert check_payment_balance(read) == ()
    assert b"~ST*835*0001~" in written


def test_a_second_judge_finds_no_fault_and_the_same_money(written: bytes, payment: Payment) -> None:
    import oxedi

    judged = oxedi.parse(written)
    assert list(judged.diagnostics) == []
    assert judged.count_claims() == len(payment.claims)
    assert judged.sum_payments() == Decimal(payment.payment_cents) / 100


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_adjustments_of_any_number_come_back(
    data: st.DataObject, payment: Payment, envelope: Envelope, payer: Payer, payee: Provider
) -> None:
    one = st.builds(
        Adjustment,
        st.just("CO"),
        st.sampled_from(["45", "97", "253", "ZZZ"]),
        st.integers(-(10**9), 10**9),
        st.none() | st.decimals(0, 99, places=2).map(Decimal.normalize).map(lambda value: value + 0),
    )
    adjustments = tuple(data.draw(st.lists(one, max_size=15)))
    claim = evolve(payment.claims[1], adjustments=adjustments)
    changed = evolve(payment, claims=(payment.claims[0], claim))
    (read,) = read_835(write_835([changed], envelope, payer, payee)).payments
    assert read.claims[1].adjustments == adjustments
    difference = claim.difference_cents()
    assert ("REMITTED-CLAIM" in {finding.code for finding in check_payment_balance(read)}) is bool(difference)


def test_all_pairs_of_a_provider_adjustment_are_read(written: bytes) -> None:
    many = b"PLB*1300000019*20261231*" + b"*".join(b"FB:R%d*1.5" % number for number in range(6))
    data = written.replace(b"PLB*1300000019*20261231*WO:V02*6*L6*-1", many + b"~" + many)
    (read,) = read_835(data).payments
    assert [item.reference for item in read.provider_adjustments] == [f"R{n}" for n in range(6)] * 2
    assert sum(item.cents for item in read.provider_adjustments) == 1800


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        (b"BPR*I*25*", b"BPR*I*25.01*", ["PAYMENT-BALANCE"]),
        (b"CAS*PR*3*30~", b"CAS*PR*3*29.99~", ["REMITTED-CLAIM", "REMITTED-LINE"]),
        (b"CLP*V25*22*-150*-70*", b"CLP*V25*22*-150*-71*", ["REMITTED-CLAIM", "PAYMENT-BALANCE"]),
        (b"CLP*V01*1*255.5*", b"CLP*V01*1*255*", ["REMITTED-CLAIM", "REMITTED-CHARGE"]),
        (b"WO:V02*6*", b"WO:V02*-6*", ["PAYMENT-BALANCE"]),
    ],
)
def test_what_does_not_balance_is_read_and_then_found(
    old: bytes, new: bytes, codes: list[str], written: bytes
) -> None:
    assert old in written
    (read,) = read_835(written.replace(old, new)).payments
    assert [finding.code for finding in check_payment_balance(read)] == codes


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"BPR*I*25*", b"BPR*I*2E1*"),
        (b"*20261109~", b"*20261309~"),
        (b"TRN*1*EFT0001*1990000009~", b""),
        (b"CAS*CO*45*90~", b"CAS*CO*45~"),
        (b"CAS*CO*45*90~", b"CAS*CO**90~"),
        (b"CAS*CO*45*90~", b"CAS*CO*45*90**97~"),
        (b"L6*-1~", b"L6~"),
        (b"WO:V02*6", b"*6"),
        (b"SVC*HC:83037*45.5*", b"SVC*HC:83037*45.555*"),
        (b"ST*835*", b"ST*999*"),
    ],
)
def test_a_shape_that_cannot_be_money_is_refused_with_its_place(
    old: bytes, new: bytes, written: bytes
) -> None:
    assert old in written
    with pytest.raises(X12Error) as caught:
        read_835(written.replace(old, new))
    assert caught.value.segment > 0


def test_segments_without_a_field_are_carried_where_they_stood(written: bytes) -> None:
    data = written.replace(b"~LX*1~", b"~RDM*BM*Accounts~LX*1~TS3*1~").replace(b"~MOA*", b"~AMT*AU*90~MOA*")
    data = data.replace(b"~LQ*HE*N130", b"~REF*LU*11~LQ*HE*N130")
    (read,) = read_835(data).payments
    assert {"RDM*BM*Accounts", "TS3*1"} <= set(read.carried)
    assert read.claims[0].carried == ("AMT*AU*90",)
    assert read.claims[0].lines[0].carried == ("REF*LU*11",)


ODD_CLAIM_SEGMENTS = (
    "CAS*CO*45*10", "CAS*CO*97*5*1", "CAS*PR*1*2**2*3.50*1", "CAS*OA*23*05", "CAS*OA*23*1.0*", "MOA***N1*N2",
    "MOA*1**N1", "MIA*0****N2", "DTM*232*20260101", "DTM*233*20260103", "DTM*050*20260104", "DTM*232*", "DTM*036",
    "AMT*I*3.10", "AMT*I*0", "AMT*AU*5", "NM1*QC*1*DOE*JO*Q***MI*9", "NM1*QC*1*DOE*JO****MI*9", "NM1*QC*1*DOE",
    "NM1*QC*1*DOE*JO*:***MI*9", "NM1*QC*1*DOE*JO*Q.",
    "NM1*IL*1*X*****MI*7", "NM1*TT*2*SUP*****PI*S", "REF*EA*1", "REF*6R*1", "QTY*CA*1",
)  # fmt: skip
ODD_LINE_SEGMENTS = (
    "CAS*CO*45*10", "CAS*CO*97*5*1", "CAS*PR*1*2**2*3.5", "DTM*472*20260101", "DTM*150*20260101",
    "DTM*151*20260102", "DTM*472*", "REF*6R*A1", "REF*6R*A.1:", "REF*6R*", "REF*LU*11", "AMT*B6*0", "AMT*B6*5.0",
    "AMT*AU*5", "LQ*HE*N130", "LQ*HE*", "LQ*RX*1", "MOA***N1", "QTY*ZK*1",
)  # fmt: skip
ODD_CLAIMS = (
    "CLP*A*1*100*80**12*X*11*1", "CLP*A*1*100.00*80.5*0*12*X*11*1", "CLP*A*1*0100*-0*0.00*12*X*11*1**470",
    "CLP*A*22*-100*-80.10*-5*12*X*11*1", "CLP*A*1*1*1**12*X*11*1*01", "CLP*A*1*1*1**12*X*11*1**470*1.5*",
    "CLP*A*1*1*1**12*X*11*1**470**:", "CLP*A*1*100*80**12*X*11*1*01*470*1.2", "CLP*A:B*1*1*1**12*X.0*11*1*",
)  # fmt: skip
ODD_LINES = (
    "SVC*HC:99213:25*100*80.00**1", "SVC*NU:0450*100*80**2", "SVC*HC:99213*100*80*0450*0*HC:99214:59*1",
    "SVC*AD:D0120*1*1**1", "SVC*HC:1::25*1*.5**01", "SVC*HC:1:*1*1**1.0*HC:2", "SVC*NU:0450*1*1*0450",
    "SVC*HC:1*1*1**2*HC:2:25:59:76:77", "SVC*HC:1*1*1**2**3", "SVC*HC:1*1*1**2**:", "SVC*AD:1*05*1**1*HC:1*2",
    "SVC*HC:1*-1.5*-1**-1",
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(
    claim=st.tuples(st.sampled_from(ODD_CLAIMS), st.lists(st.sampled_from(ODD_CLAIM_SEGMENTS), max_size=7)),
    line=st.tuples(st.sampled_from(ODD_LINES), st.lists(st.sampled_from(ODD_LINE_SEGMENTS), max_size=6)),
)
def test_what_is_carried_is_what_writing_again_would_miss(
    claim: tuple[str, list[str]], line: tuple[str, list[str]], written: bytes
) -> None:
    head, tail = written.split(b"~CLP*")[0], written[written.index(b"~PLB*") :]
    body = "~".join(["", claim[0], *claim[1], line[0], *line[1]])
    data = head + body.encode() + tail
    read = read_835(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remittance_claims_in, "_claim_is_plain", lambda *_: False)
        patch.setattr(remittance_claims_in, "_line_is_plain", lambda *_: False)
        assert read_835(data) == read


def test_two_payments_make_two_sets(
    payment: Payment, envelope: Envelope, payer: Payer, payee: Provider, pyx12_errors: Judge
) -> None:
    none = evolve(payment, trace="NON1", method="NON", payment_cents=0, claims=(), provider_adjustments=())
    data = write_835([payment, none], envelope, payer, payee)
    assert pyx12_errors(data) == []
    assert [item.control_number for item in read_835(data).payments] == ["0001", "0002"]


@pytest.mark.parametrize(
    "changes", [{"trace": ""}, {"payer_tax_id": ""}, {"production_on": None}, {"trace": "a*b"}]
)
def test_a_payment_that_lacks_what_the_guide_requires_is_refused(
    changes: dict[str, object], payment: Payment, envelope: Envelope, payer: Payer, payee: Provider
) -> None:
    with pytest.raises(X12Error):
        write_835([evolve(payment, **changes)], envelope, payer, payee)
    with pytest.raises(X12Error):
        write_835([payment], envelope, evolve(payer, address=None), payee)
