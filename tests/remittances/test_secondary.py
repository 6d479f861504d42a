"""The claim to the next payer carries the earlier answer exactly, and balances for every payer."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.claims.coordination import InpatientAdjudication, OutpatientAdjudication
from cleanclaim.remittances import build_secondary
from cleanclaim.remittances.secondary import CobNotBalanced, prove_coordination

ON = dt.date(2026, 11, 9)


@pytest.fixture
def supplement(office):
    return office.coverage("S", "EXSUP", "Silverline Supplement")


def test_the_earlier_answer_goes_along_line_by_line(office, supplement):
    visit = office.claim(charges=(6_000, 4_000), secondary=supplement)
    told = office.answer(visit, (4_000, "CO 45 1000, PR 2 1000"), (3_000, "CO 45 250, PR 1 750"))
    made = build_secondary(visit, supplement, [told], adjudicated_on=ON)
    assert (made.coverage, made.version, made.frequency.value) == (supplement, 2, "1")
    [earlier] = made.other_payers
    assert earlier.coverage == visit.coverage
    assert (earlier.paid_cents, earlier.payer_claim_number) == (7_000, "ICN1")
    assert [one.adjustments for one in earlier.lines] == [one.adjustments for one in told.lines]
    assert [one.remaining_patient_cents for one in earlier.lines] == [1_000, 750]
    assert earlier.remaining_patient_cents is None
    assert {one.adjudicated_on for one in earlier.lines} == {ON}


def test_reasons_go_along_as_sent_also_where_one_group_came_in_two_segments(office, supplement):
    visit = office.claim()
    told = office.answer(visit, (6_000, "CO 45 2000, PR 2 1000, CO 97 1000"))
    apart = (*told.lines[0].adjustments[:2], attrs.evolve(told.lines[0].adjustments[2], apart=True))
    told = attrs.evolve(told, lines=(attrs.evolve(told.lines[0], adjustments=apart),))
    [earlier] = build_secondary(visit, supplement, [told], adjudicated_on=ON).other_payers
    assert earlier.lines[0].adjustments == apart


def test_what_the_payer_said_of_the_whole_claim_goes_along(office, supplement):
    visit = office.claim()
    told = office.answer(visit, (7_000, "CO 45 1000, PR 2 2000"))
    rated = OutpatientAdjudication(Decimal("0.85"), 7_000, ("MA01", "N130"))
    by_answer = [
        (told, None),
        (attrs.evolve(told, remarks=("MA01",)), OutpatientAdjudication(remarks=("MA01",))),
        (attrs.evolve(told, remarks=rated.remarks, outpatient=rated), rated),
    ]
    for answer, wanted in by_answer:
        [earlier] = build_secondary(visit, supplement, [answer], adjudicated_on=ON).other_payers
        assert (earlier.outpatient, earlier.inpatient) == (wanted, None)


def test_a_professional_claim_keeps_remarks_that_came_as_those_of_a_stay(office, supplement):
    visit = office.claim()
    stay = InpatientAdjudication(Decimal(0), (), ("MA01",))
    told = attrs.evolve(
        office.answer(visit, (7_000, "CO 45 1000, PR 2 2000")), remarks=("MA01",), inpatient=stay
    )
    [earlier] = build_secondary(visit, supplement, [told], adjudicated_on=ON).other_payers
    assert (earlier.outpatient, earlier.inpatient) == (OutpatientAdjudication(remarks=("MA01",)), None)


def test_an_answer_without_lines_goes_along_at_the_claim(office, supplement):
    visit = office.claim()
    told = attrs.evolve(
        office.answer(visit, (7_000, "")),
        lines=(),
        charge_cents=10_000,
        adjustments=office.cas("CO 45 1000, PR 1 2000"),
    )
    [earlier] = build_secondary(visit, supplement, [told], adjudicated_on=ON).other_payers
    assert (earlier.lines, earlier.adjudicated_on, earlier.remaining_patient_cents) == ((), ON, 2_000)


def test_only_the_answer_that_stands_goes_along(office, supplement):
    visit = office.claim()
    first = office.answer(visit, (7_000, "CO 45 1000, PR 2 2000"))
    corrected = office.answer(visit, (6_000, "CO 45 3000, PR 2 1000"), number="ICN2")
    made = build_secondary(visit, supplement, [first, office.take_back(first), corrected], adjudicated_on=ON)
    assert (made.other_payers[0].paid_cents, made.other_payers[0].payer_claim_number) == (6_000, "ICN2")


def test_a_third_payer_is_told_of_both(office, supplement):
    visit = office.claim(secondary=supplement)
    second = build_secondary(
        visit, supplement, [office.answer(visit, (6_000, "CO 45 2000, PR 2 2000"))], adjudicated_on=ON
    )
    third = office.coverage("T", "EXMCD", "State Medicaid")
    told = office.answer(second, (1_500, "OA 23 8000, PR 2 500"), status="2", number="S1")
    made = build_secondary(second, third, [told], adjudicated_on=dt.date(2026, 11, 18))
    assert [one.coverage.order.value for one in made.other_payers] == ["P", "S"]
    assert [one.paid_cents for one in made.other_payers] == [6_000, 1_500]


@pytest.mark.parametrize("fault", ["nothing stands", "line not ours", "line missing"])
def test_what_does_not_add_up_is_refused(office, supplement, fault):
    visit = office.claim(charges=(6_000, 4_000), controls=False)
    told = office.answer(visit, (6_000, ""), (4_000, ""))
    answers = {
        "nothing stands": [told, office.take_back(told)],
        "line not ours": [
            attrs.evolve(told, lines=(told.lines[0], attrs.evolve(told.lines[1], code="20610")))
        ],
        "line missing": [attrs.evolve(told, lines=told.lines[:1], charge_cents=6_000, paid_cents=6_000)],
    }[fault]
    with pytest.raises(CobNotBalanced):
        build_secondary(visit, supplement, answers, adjudicated_on=ON)


@settings(deadline=None)
@given(
    charges=st.lists(st.integers(100, 50_000), min_size=1, max_size=5),
    data=st.data(),
)
def test_every_balanced_answer_makes_a_balanced_next_claim(office, charges, data):
    visit = office.claim(charges=tuple(charges))
    parts = []
    for cents in charges:
        off, share = data.draw(st.integers(0, cents // 2)), data.draw(st.integers(0, cents // 2))
        parts.append((cents - off - share, f"CO 45 {off}, PR 2 {share}"))
    told = office.answer(visit, *parts)
    made = build_secondary(visit, office.coverage("S", "EXSUP"), [told], adjudicated_on=ON)
    prove_coordination(made)
    [earlier] = made.other_payers
    explained = earlier.paid_cents + sum(item.cents for one in earlier.lines for item in one.adjustments)
    assert explained == sum(charges)
