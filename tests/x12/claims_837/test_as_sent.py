"""What another payer said goes through as it was sent: its place in line, its reasons segment by segment, MOA, MIA."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.coordination import InpatientAdjudication, InpatientFigure, OutpatientAdjudication
from cleanclaim.claims.coverage import CoverageOrder
from cleanclaim.claims.parties import Payer, Provider
from cleanclaim.claims.remittance import Payment
from cleanclaim.remittances import build_secondary
from cleanclaim.x12 import Envelope, check, read_835, read_837, show, write_835, write_837

TWICE = b"CAS*CO*45*70~CAS*PR*3*30~CAS*CO*97*20~"


@pytest.mark.parametrize("order", CoverageOrder)
def test_every_place_in_line_comes_back(
    order: CoverageOrder,
    secondary_claim: ProfessionalClaim,
    stay_claim: InstitutionalClaim,
    envelope: Envelope,
) -> None:
    (other,) = secondary_claim.other_payers
    held = evolve(other.coverage, order=order)
    for claim in (
        evolve(secondary_claim, other_payers=(evolve(other, coverage=held),)),
        evolve(stay_claim, coverage=evolve(stay_claim.coverage, order=order)),
    ):
        data = write_837([claim], envelope)
        assert f"SBR*{order.value}*".encode() in data
        (read,) = read_837(data)
        assert read.carried == ()
        assert read.claim.coverage.order is claim.coverage.order
        assert [one.coverage.order for one in read.claim.other_payers] == [
            one.coverage.order for one in claim.other_payers
        ]
    assert [one.rank() for one in CoverageOrder] == list(range(12))


def test_two_segments_of_one_group_stay_two(
    payment: Payment, envelope: Envelope, payer: Payer, payee: Provider
) -> None:
    data = write_835([payment], envelope, payer, payee)
    start = data.index(b"CAS*CO*45*90~")
    data = data[:start] + TWICE + data[data.index(b"~", data.index(b"CAS*PR*3*30~", start)) + 1 :]
    (read,) = read_835(data).payments
    line = read.claims[0].lines[0]
    assert [item.apart for item in line.adjustments] == [False, False, True]
    assert line.carried == ()
    assert TWICE in write_835([read], envelope, payer, payee)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    parts=st.lists(st.tuples(st.sampled_from(["CO", "PR", "OA"]), st.integers(1, 6)), min_size=1, max_size=6)
)
def test_segments_of_any_sequence_of_groups_come_back_as_sent(
    parts: list[tuple[str, int]], payment: Payment, envelope: Envelope, payer: Payer, payee: Provider
) -> None:
    sent = "".join(
        f"CAS*{group}*" + "**".join(f"{n + 1}*{n + 1}" for n in range(many)) + "~" for group, many in parts
    )
    data = write_835([payment], envelope, payer, payee)
    start = data.index(b"CAS*CO*45*90~")
    data = data[:start] + sent.encode() + data[data.index(b"~", data.index(b"CAS*PR*3*30~", start)) + 1 :]
    (read,) = read_835(data).payments
    assert read.claims[0].lines[0].carried == ()
    assert sent.encode() in write_835([read], envelope, payer, payee)


def test_the_next_payer_is_told_what_the_first_said_as_it_said_it(
    office_claim: ProfessionalClaim,
    secondary_claim: ProfessionalClaim,
    payment: Payment,
    envelope: Envelope,
    payer: Payer,
    payee: Provider,
) -> None:
    paid, *rest = payment.claims
    first, second = paid.lines
    reasons = (
        Adjustment("CO", "45", 7000),
        Adjustment("PR", "3", 3000),
        Adjustment("CO", "97", 2000, apart=True),
    )
    paid = evolve(
        paid,
        lines=(evolve(first, adjustments=reasons), second),
        outpatient=OutpatientAdjudication(Decimal("0.8"), 10000, ("MA01", "N130")),
        remarks=("MA01", "N130"),
    )
    data = write_835([evolve(payment, claims=(paid, *rest))], envelope, payer, payee)
    assert b"~MOA*.8*100*MA01*N130~" in data or b"~MOA*0.8*100*MA01*N130~" in data
    (read,) = read_835(data).payments
    assert read.claims[0].carried == ()
    asked = build_secondary(
        office_claim, secondary_claim.coverage, read.claims[:1], adjudicated_on=dt.date(2026, 11, 9)
    )
    sent = write_837([asked], envelope)
    assert TWICE in sent
    assert b"~MOA*0.8*100*MA01*N130~" in sent
    assert check(sent).verdict == "accepted"
    ((told,), (meant,)) = read_837(sent)[0].claim.other_payers, asked.other_payers
    assert (told.lines, told.adjustments, told.outpatient) == (
        meant.lines,
        meant.adjustments,
        meant.outpatient,
    )


def test_what_a_payer_said_of_a_stay_comes_back(
    payment: Payment, envelope: Envelope, payer: Payer, payee: Provider
) -> None:
    stay = InpatientAdjudication(
        Decimal(3), (InpatientFigure(4, Decimal("4210.55")), InpatientFigure(24, Decimal(7))), ("MA01", "N1")
    )
    paid, *rest = payment.claims
    paid = evolve(paid, inpatient=stay, remarks=("MA01", "N1"))
    data = write_835([evolve(payment, claims=(paid, *rest))], envelope, payer, payee)
    assert b"~MIA*3***4210.55*MA01****" in data
    (read,) = read_835(data).payments
    assert (read.claims[0].inpatient, read.claims[0].carried) == (stay, ())
    assert read.claims[0].remarks == ("MA01", "N1")
    assert "MA01" in show(data)
