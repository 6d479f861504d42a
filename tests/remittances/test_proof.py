"""The balance proof, level by level."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.remittances import prove


def test_a_balanced_payment_has_no_fault(office):
    visit = office.claim()
    told = office.payment(office.answer(visit, (7_000, "CO 45 3000")), provider=(office.plb("L6", -50),))
    assert prove(told) == ()


@given(cents=st.integers(min_value=-10_000, max_value=10_000).filter(bool))
def test_every_cent_missing_from_the_payment_is_found(office, cents):
    visit = office.claim()
    told = office.payment(office.answer(visit, (7_000, "CO 45 3000")))
    bent = attrs.evolve(told, payment_cents=told.payment_cents + cents)
    [fault] = prove(bent)
    assert (fault.code, fault.difference_cents) == ("PAYMENT-NOT-BALANCED", -cents)


def test_a_line_fault_is_told_with_its_place(office):
    visit = office.claim(charges=(5_000, 5_000))
    told = office.payment(office.answer(visit, (4_000, "CO 45 900"), (5_000, "CO 45 100")))
    faults = prove(told)
    assert [(one.code, one.claim_index, one.line_index) for one in faults] == [
        ("LINE-NOT-BALANCED", 0, 0),
        ("LINE-NOT-BALANCED", 0, 1),
    ]


def test_lines_that_do_not_make_the_claim_are_found(office):
    visit = office.claim(charges=(5_000, 5_000))
    whole = office.answer(visit, (5_000, ""), (5_000, ""))
    assert [one.code for one in prove(office.payment(attrs.evolve(whole, lines=whole.lines[:1])))] == [
        "LINES-DIFFER"
    ]


def test_an_adjustment_told_at_claim_and_line_is_found(office):
    visit = office.claim()
    twice = attrs.evolve(office.answer(visit, (7_000, "CO 45 3000")), adjustments=office.cas("CO 45 3000"))
    assert [one.code for one in prove(office.payment(twice))] == ["CLAIM-NOT-BALANCED"]
