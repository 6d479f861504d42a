"""Whatever claim a pretend payer judges, every line, claim and payment balances to the cent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.kernel.errors import InputError, Refused
from cleanclaim.payersim.faults import Faults
from cleanclaim.payersim.judge import judge
from cleanclaim.payersim.numbers import Numbers
from cleanclaim.payersim.payments import adjudicate_claims
from cleanclaim.payersim.plan_file import load_plan, load_plans
from cleanclaim.payersim.reversal import reversed_claim

DAY = dt.date(2026, 11, 9)
VISITS = st.sampled_from(["V01", "V03", "V07", "V10", "V12", "V13", "V15", "V17", "V18", "V22", "V25", "V27"])
CHANGES = st.lists(
    st.tuples(
        st.integers(0, 9_999_999),
        st.decimals("0.001", "999", places=3),
        st.sampled_from(["", "26", "RT", "50"]),
    ),
    min_size=3,
    max_size=4,
)


def _changed(claim, changes):
    lines = tuple(
        evolve(line, charge_cents=charge, units=units, modifiers=(modifier,) if modifier else ())
        for line, (charge, units, modifier) in zip(claim.lines, changes, strict=False)
    )
    return evolve(claim, lines=lines)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(
    visit=VISITS,
    changes=CHANGES,
    deductible=st.integers(0, 100_000),
    limit=st.none() | st.integers(0, 10_000),
    recover=st.integers(0, 50_000),
    split=st.booleans(),
)
def test_any_claim_is_judged_in_balance(
    visit, changes, deductible, limit, recover, split, visit_claim, plans
):
    claim = _changed(visit_claim(visit), changes)
    plan = plans[claim.coverage.payer.payer_id]
    number = claim.coverage.subscriber.member_id
    member = evolve(plan.members[number], deductible_remaining_cents=deductible, limit_remaining_cents=limit)
    plan = evolve(plan, members={**plan.members, number: member})
    answer = judge(claim, plan, DAY)
    for one in (answer, reversed_claim(answer)):
        assert one.difference_cents() == 0
        assert all(line.difference_cents() == 0 for line in one.lines)
        if one.lines:
            assert sum(line.charge_cents for line in one.lines) == one.charge_cents
            assert sum(line.paid_cents for line in one.lines) == one.paid_cents
    assert answer.paid_cents >= 0
    assert all(type(item.cents) is int and item.cents for item in answer.all_adjustments())
    if limit is not None:
        assert answer.patient_responsibility_cents <= limit
    faults = Faults(split_payment=split, recover_cents=recover, interest_cents=7)
    payments = adjudicate_claims([claim], {plan.payer_id: plan}, on=DAY, numbers=Numbers(), faults=faults)
    assert all(payment.difference_cents() == 0 for payment in payments)
    assert sum(item.charge_cents for payment in payments for item in payment.claims) == answer.charge_cents
    assert sum(item.paid_cents for payment in payments for item in payment.claims) == answer.paid_cents


def test_an_imbalance_on_demand_is_one_cent_in_the_payment_only(visit_claim, plans):
    (payment,) = adjudicate_claims(
        [visit_claim("V01")], plans, on=DAY, numbers=Numbers(), faults=Faults(off_by_cents=1)
    )
    assert payment.difference_cents() == -1
    assert payment.claims[0].difference_cents() == 0


def test_dropped_modifiers_and_line_keys_are_gone_from_the_answer_only(visit_claim, plans):
    faults = Faults(drop_modifiers=True, drop_line_controls=True)
    claim = visit_claim("V03")
    (payment,) = adjudicate_claims([claim], plans, on=DAY, numbers=Numbers(), faults=faults)
    assert {(line.modifiers, line.control_number) for line in payment.claims[0].lines} == {((), "")}
    assert claim.lines[0].modifiers == ("25",)


def test_a_rejected_claim_is_in_no_payment(visit_claim, plans):
    claim = evolve(visit_claim("V15"), clia_number="")
    assert adjudicate_claims([claim], plans, on=DAY, numbers=Numbers()) == ()


@pytest.mark.parametrize("change", [{"units": Decimal(0)}, {"units": Decimal("NaN")}, {"charge_cents": -1}])
def test_what_no_payer_can_judge_is_refused(change, visit_claim, plans):
    claim = visit_claim("V08")
    with pytest.raises(Refused):
        judge(evolve(claim, lines=(evolve(claim.lines[0], **change),)), plans["EXHPO"], DAY)


GOOD = """payer: EXTST
name: Test Payer
tax_id: "990000199"
filing_indicator: CI
phone: "6145550199"
address: {line1: 1 Test Lane, city: Exampleton, state: OH, zip_code: "431990001"}
products: {full: {}}
members: {T1: {product: full, from: 2026-01-01}}
denials: [{name: n, from: 2026-01-01, codes: ["36415"], deny: {group: CO, carc: "97"}}]
requirements: [{name: n, lacks: drug, status: "21", message: m}]
"""


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("product: full", "product: gold"), "product 'gold' is not in this plan"),
        (("group: CO", "group: XX"), "'group' is not"),
        (("lacks: drug", "lacks: hope"), "'lacks' is not"),
        (('carc: "97"', 'carc: "97", crac: "1"'), "unknown field 'crac'"),
        (("members: {T1: {product: full, from: 2026-01-01}}\n", ""), "'members' is missing"),
        (('codes: ["36415"]', "units_over: 0"), "at least 1"),
        (('codes: ["36415"]', "claims: [hospital]"), "no kind of claim"),
        (("name: Test Payer", "name: Test Payer\nnmae: x"), "unknown field 'nmae'"),
        (("from: 2026-01-01}}", "from: 2026-01-01, deductible_remaining: 1.001}}"), "is not an amount"),
    ],
)
def test_a_wrong_plan_file_is_refused_with_the_reason(change, named, tmp_path):
    path = tmp_path / "plan.yaml"
    path.write_text(GOOD)
    assert load_plan(path).payer_id == "EXTST"
    path.write_text(GOOD.replace(*change))
    with pytest.raises(InputError) as caught:
        load_plan(path)
    assert named in str(caught.value)
    assert "plan.yaml" in str(caught.value)


def test_two_plans_of_one_payer_and_an_empty_folder_are_refused(tmp_path):
    with pytest.raises(InputError, match="no plan files"):
        load_plans(tmp_path)
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(GOOD)
    with pytest.raises(InputError, match="has a plan already"):
        load_plans(tmp_path)
