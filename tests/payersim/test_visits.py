"""Each visit of the scenario ends as its table says, on records, and is expected to by its contract."""

from __future__ import annotations

import datetime as dt

import pytest
from attrs import evolve

from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.payersim.acceptance import accept
from cleanclaim.payersim.eligibility import told_benefits
from cleanclaim.payersim.judge import judge
from cleanclaim.payersim.numbers import Numbers
from cleanclaim.payersim.payments import adjudicate_claims, taken_back
from cleanclaim.pricing import price_claim

SENT = dt.date(2026, 10, 26)
PAID = dt.date(2026, 11, 9)
BACK = dt.date(2026, 11, 20)

# visit: paid, patient, contractual (CO 45), other adjustments by "group reason", all in cents
ENDS = {
    "V01": (14650, 3000, 14550, {}),
    "V02": (9700, 3000, 10000, {}),
    "V03": (9408, 8400, 24000, {"CO 253": 192}),
    "V04": (11897, 2550, 18410, {"CO 253": 243}),
    "V05": (21050, 0, 12750, {}),
    "V06": (0, 23200, 18800, {}),
    "V07": (12686, 3236, 23620, {"CO 253": 258}),
    "V08": (6240, 5560, 7700, {}),
    "V09": (12800, 3000, 10700, {}),
    "V10": (51500, 15000, 56500, {}),
    "V11": (950, 0, 8850, {}),
    "V12": (78000, 0, 220000, {}),
    "V13": (657972, 173600, 464050, {"CO 253": 13428}),
    "V14": (1040172, 173600, 1800000, {"CO 253": 21228}),
    "V15": (1600, 0, 6600, {"CO 97": 1800}),
    "V16": (5645, 1440, 9300, {"CO 253": 115}),
    "V17": (26656, 0, 27844, {}),
    "V18": (19975, 0, 3525, {}),
    "V19": (6800, 0, 14200, {}),
    "V20": (8200, 0, 11600, {}),
    "V22": (0, 0, 0, {"CO 197": 118000}),
    "V23": (0, 0, 0, {"CO 27": 18500}),
    "V24": (15000, 0, 26000, {}),
    "V25": (14720, 3480, 14500, {}),
    "V26": (3214, 820, 2800, {"CO 253": 66}),
    "V27": (7050, 2000, 12150, {"CO 119": 7200}),
    "V28": (8200, 3000, 7300, {}),
}
DIFFERS = {"V11": 450, "V22": 31000, "V27": 3100}


@pytest.mark.parametrize("visit", sorted(ENDS))
def test_a_visit_ends_as_the_scenario_says(visit, visit_claim, plans):
    claim = visit_claim(visit)
    answer = judge(claim, plans[claim.coverage.payer.payer_id], SENT)
    paid, patient, contractual, others = ENDS[visit]
    by_reason: dict[str, int] = {}
    for item in answer.all_adjustments():
        by_reason[f"{item.group} {item.reason}"] = (
            by_reason.get(f"{item.group} {item.reason}", 0) + item.cents
        )
    assert answer.paid_cents == paid
    assert answer.patient_responsibility_cents == patient
    assert by_reason.pop("CO 45", 0) == contractual
    assert sum(cents for name, cents in by_reason.items() if name.startswith("PR")) == patient
    assert {name: cents for name, cents in by_reason.items() if not name.startswith("PR")} == others
    assert answer.difference_cents() == 0
    assert [line.difference_cents() for line in answer.lines] == [0] * len(answer.lines)


def test_every_visit_has_an_end(all_visits):
    assert sorted(ENDS) == list(all_visits)


@pytest.mark.parametrize("visit", sorted(set(ENDS) - {"V23"}))
def test_what_is_paid_is_what_the_contract_expects_but_for_the_planned_gaps(
    visit, visit_claim, plans, contracts
):
    claim = visit_claim(visit)
    payer_id = claim.coverage.payer.payer_id
    benefits = told_benefits(plans, payer_id, claim.coverage.subscriber.member_id, claim.first_service_date())
    expected = price_claim(claim, contracts[payer_id], benefits)
    answer = judge(claim, plans[payer_id], SENT)
    assert expected.is_priced()
    assert expected.expected_payer_cents - answer.paid_cents == DIFFERS.get(visit, 0)


def test_a_coverage_the_payer_ended_is_refused_and_answered_with_denied(visit_claim, plans):
    claim = visit_claim("V23")
    answer = judge(claim, plans["EXHPO"], SENT)
    assert answer.status == "4"
    assert told_benefits(plans, "EXHPO", "HPO000023", claim.first_service_date()) is None


def test_only_the_units_above_the_limit_are_refused(visit_claim, plans):
    line = judge(visit_claim("V27"), plans["EXCHM"], SENT).lines[0]
    assert line.units == 2
    refused = next(item for item in line.adjustments if item.reason == "119")
    assert (refused.cents, refused.quantity) == (7200, 1)
    assert line.remarks == ("N640",)


def test_an_authorization_never_given_is_no_authorization(visit_claim, plans):
    claim = evolve(visit_claim("V12"), authorization_number="AUTH99")
    answer = judge(claim, plans["EXCHM"], SENT)
    assert [item.reason for item in answer.all_adjustments()] == ["197"]


def test_a_claim_past_the_filing_limit_is_refused(visit_claim, plans):
    answer = judge(visit_claim("V18"), plans["EXRAU"], dt.date(2026, 12, 8))
    assert [item.reason for item in answer.all_adjustments()] == ["29"]


def _as_secondary(claim, primary, coverage):
    lines = tuple(
        LineAdjudication(
            line_number=number,
            paid_cents=line.paid_cents,
            code=line.code,
            paid_units=line.units,
            adjudicated_on=PAID,
            adjustments=line.adjustments,
        )
        for number, line in enumerate(primary.lines, 1)
    )
    other = OtherPayer(claim.coverage, primary.paid_cents, PAID, primary.adjustments, lines)
    return evolve(claim, coverage=coverage, other_payers=(other,))


def test_the_supplement_pays_the_coinsurance_and_leaves_nothing_open(
    visit_claim, plans, contracts, secondary_coverage
):
    claim = visit_claim("V04")
    primary = judge(claim, plans["EXMCR"], SENT)
    assert primary.status == "1"
    assert primary.crossover_payer_id == ""
    second = _as_secondary(claim, primary, secondary_coverage)
    answer = judge(second, plans["EXSUP"], dt.date(2026, 11, 10))
    assert answer.status == "2"
    assert answer.paid_cents == 2550
    assert answer.patient_responsibility_cents == 0
    assert {item.group + item.reason for item in answer.all_adjustments()} == {"OA23"}
    assert answer.difference_cents() == 0
    contractual = sum(item.cents for item in primary.all_adjustments() if item.group == "CO")
    assert claim.charge_cents() - primary.paid_cents - contractual - answer.paid_cents == 0
    expected = price_claim(second, contracts["EXSUP"])
    assert (expected.expected_payer_cents, expected.patient_cents) == (2550, 0)
    assert expected.charge_cents == expected.allowed_cents + expected.other_payer_cents


def test_the_supplement_leaves_the_deductible_to_the_patient(
    visit_claim, plans, contracts, secondary_coverage
):
    claim = visit_claim("V03")
    primary = judge(claim, plans["EXMCR"], SENT)
    second = _as_secondary(claim, primary, secondary_coverage)
    answer = judge(second, plans["EXSUP"], dt.date(2026, 11, 10))
    assert answer.patient_responsibility_cents == 6000
    expected = price_claim(second, contracts["EXSUP"])
    assert expected.expected_payer_cents == answer.paid_cents == 2400
    assert expected.lines[0].deductible_cents == 6000


def test_a_second_payer_without_the_first_ones_answer_asks_for_it(visit_claim, plans, secondary_coverage):
    claim = evolve(visit_claim("V04"), coverage=secondary_coverage)
    answer = judge(claim, plans["EXSUP"], SENT)
    assert {item.reason for item in answer.all_adjustments()} == {"22"}
    assert answer.lines[0].remarks == ("MA04",)


def test_a_second_payer_settles_a_stay_at_the_claim(visit_claim, plans, secondary_coverage):
    claim = visit_claim("V13")
    primary = judge(claim, plans["EXMCR"], SENT)
    other = OtherPayer(claim.coverage, primary.paid_cents, PAID, primary.adjustments)
    second = evolve(claim, coverage=secondary_coverage, other_payers=(other,))
    answer = judge(second, plans["EXSUP"], PAID)
    assert answer.lines == ()
    assert answer.difference_cents() == 0
    assert answer.patient_responsibility_cents == 173600


def test_a_stay_is_paid_at_the_claim_by_its_drg(visit_claim, plans):
    answer = judge(visit_claim("V13"), plans["EXMCR"], SENT)
    assert (answer.drg, answer.lines, answer.filing_indicator) == ("193", (), "MA")
    without = judge(evolve(visit_claim("V13"), drg=""), plans["EXMCR"], SENT)
    assert without.drg == "194"
    unknown = judge(evolve(visit_claim("V13"), drg="999"), plans["EXMCR"], SENT)
    assert unknown.paid_cents == 0
    assert unknown.difference_cents() == 0


def test_a_stay_paid_above_its_charges_still_balances(visit_claim, plans):
    claim = visit_claim("V13")
    small = evolve(claim, lines=(evolve(claim.lines[0], charge_cents=100_000),))
    answer = judge(small, plans["EXMCR"], SENT)
    assert answer.difference_cents() == 0
    assert ("CO", "94", -745000) in {(item.group, item.reason, item.cents) for item in answer.adjustments}


def test_a_mistyped_member_is_rejected_and_the_corrected_claim_taken_in(visit_claim, plans):
    good = visit_claim("V28")
    wrong = evolve(
        good,
        coverage=evolve(good.coverage, subscriber=evolve(good.coverage.subscriber, member_id="HPO00002B")),
    )
    status = accept(wrong, plans, SENT)
    assert (status.category, status.status, status.entity, status.payer_claim_number) == (
        "A3",
        "33",
        "IL",
        "",
    )
    accepted = accept(evolve(good, version=2), plans, SENT)
    assert accepted.category == "A2"
    assert accepted.payer_claim_number == judge(good, plans["EXHPO"], SENT).payer_claim_number


@pytest.mark.parametrize(
    ("visit", "change"),
    [("V15", {"clia_number": ""}), ("V26", {"initial_treatment_date": None}), ("V17", {"accident": None})],
)
def test_what_is_missing_is_rejected_not_denied(visit, change, visit_claim, plans):
    status = accept(evolve(visit_claim(visit), **change), plans, SENT)
    assert status.category == "A7"
    assert status.message
    assert status.payer_claim_number == ""


def test_every_other_visit_is_taken_in(all_visits, visit_claim, plans):
    for visit in all_visits:
        assert accept(visit_claim(visit), plans, SENT).category in ("A1", "A2"), visit


def test_a_payer_nobody_routes_to_is_rejected(visit_claim, plans):
    claim = visit_claim("V01")
    lost = evolve(
        claim, coverage=evolve(claim.coverage, payer=evolve(claim.coverage.payer, payer_id="NOBODY"))
    )
    assert accept(lost, plans, SENT).status == "116"


def test_one_payment_per_payer_and_payee_all_balanced(all_visits, visit_claim, plans):
    claims = [visit_claim(visit) for visit in all_visits]
    payments = adjudicate_claims(claims, plans, on=PAID, numbers=Numbers(), received_on=SENT)
    assert [payment.difference_cents() for payment in payments] == [0] * len(payments)
    assert len({(payment.payer_id, payment.payee_npi) for payment in payments}) == len(payments)
    assert len({payment.trace for payment in payments}) == len(payments)
    assert sum(len(payment.claims) for payment in payments) == len(claims)


def test_the_same_claims_and_numbers_give_the_same_payments(all_visits, visit_claim, plans):
    claims = [visit_claim(visit) for visit in all_visits]
    one = adjudicate_claims(claims, plans, on=PAID, numbers=Numbers(7))
    assert one == adjudicate_claims(claims, plans, on=PAID, numbers=Numbers(7))


def test_a_take_back_reverses_corrects_and_carries_the_difference_forward(all_visits, visit_claim, plans):
    claims = [visit_claim(visit) for visit in all_visits]
    numbers = Numbers()
    paid = adjudicate_claims(claims, plans, on=PAID, numbers=numbers)
    (back,) = taken_back(plans, paid, on=BACK, numbers=numbers)
    reversal, correction = back.claims
    assert (reversal.status, reversal.charge_cents, reversal.paid_cents) == ("22", -32700, -14720)
    assert reversal.difference_cents() == correction.difference_cents() == 0
    assert (correction.status, correction.paid_cents) == ("1", 12800)
    assert [item.reason for item in correction.lines[1].adjustments] == ["97"]
    (forward,) = back.provider_adjustments
    assert (forward.reason, forward.cents, forward.reference) == ("FB", -1920, reversal.payer_claim_number)
    assert (back.payment_cents, back.method, back.difference_cents()) == (0, "NON", 0)
