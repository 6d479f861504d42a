"""The price of a claim: by contract, day and benefits, with a reason, or openly without a price."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.claims.coverage import CoverageOrder
from cleanclaim.kernel.code_ranges import CodeRanges
from cleanclaim.kernel.errors import Refused
from cleanclaim.pricing import Benefits, Visit, price_claim

TERMS = """
  - from: 2025-01-01
    to: 2025-12-31
    edition: Last year
    rules: [{method: fee_schedule, where: page 1, fees: {"99213": 100.00}}]
  - from: 2026-01-01
    to: 2026-12-31
    edition: This year
    rules:
      - {method: bundled, where: page 4, codes: ["36415"]}
      - {method: fee_schedule, where: page 2, places: ["22"], fees: {"99213": 80.00}}
      - {method: fee_schedule, where: page 3, codes: ["97010..97799"], units: once, fees: {"97110": 33.33}}
      - method: fee_schedule
        where: page 2
        fees: {"99213": 110.00, "71046": 38.00, "71046-26": 14.00, "J3301": 1.95, "20610": 80.00}
      - {method: percent_of_charge, where: page 5, codes: ["L*"], percent: 60, lesser_of_charge: no}
    modifiers: {"50": {percent: 150, where: page 6}, "51": {percent: 50, where: page 6}}
"""
OFFICE = Visit("office", CodeRanges.parse(["99202..99215"]), copay_cents=3000)


def _price(contract, claim, benefits=None, **more):
    return price_claim(claim, contract, benefits, **more)


def test_the_price_goes_by_the_date_of_service(contract_of, claim_of):
    contract = contract_of(TERMS)
    old, new = dt.date(2025, 12, 31), dt.date(2026, 1, 1)
    claim = claim_of(("99213", 20000, {"service_date": old}), ("99213", 20000, {"service_date": new}))
    assert [line.allowed_cents for line in _price(contract, claim).lines] == [10000, 11000]
    assert [line.allowed_cents for line in _price(contract, claim, on=old).lines] == [10000, 10000]


def test_a_day_without_terms_has_no_price_and_no_total(contract_of, claim_of):
    priced = _price(contract_of(TERMS), claim_of(("99213", 20000, {"service_date": dt.date(2027, 1, 1)})))
    assert priced.allowed_cents is None
    assert "2027-01-01" in priced.because[-1].text


def test_every_price_cites_its_page(contract_of, claim_of):
    (line,) = _price(contract_of(TERMS), claim_of(("99213", 20000))).lines
    citation = line.because[0].citation
    assert (citation.source, citation.release, citation.where) == ("Test agreement", "This year", "page 2")
    assert ("units", "1") in line.because[0].inputs


@pytest.mark.parametrize(
    ("code", "charge", "fields", "allowed"),
    [
        ("71046", 9800, {"modifiers": ("26",)}, 1400),
        ("71046", 9800, {}, 3800),
        ("J3301", 3800, {"units": 4}, 780),
        ("97110", 9000, {"units": 3}, 3333),
        ("20610", 30000, {"modifiers": ("50",)}, 12000),
        ("20610", 30000, {"modifiers": ("51", "RT")}, 4000),
        ("20610", 7000, {}, 7000),
        ("36415", 1800, {}, 0),
        ("L1234", 10001, {}, 6001),
        ("99213", 20000, {"place_of_service": "22"}, 8000),
        ("J3301", 3800, {"units": "2.5"}, 488),
    ],
)
def test_each_method_gives_its_price(code, charge, fields, allowed, contract_of, claim_of):
    (line,) = _price(contract_of(TERMS), claim_of((code, charge, fields))).lines
    assert line.allowed_cents == allowed
    assert line.contractual_cents == charge - allowed


@pytest.mark.parametrize(
    ("code", "fields", "reason"),
    [
        ("99999", {}, "lists no price for 99999"),
        ("71046", {"modifiers": ("TC",)}, "modifier TC changes the price"),
        ("99213", {"modifiers": ("52",)}, "modifier 52 changes the price"),
        ("99213", {"unit_kind": "MJ"}, "anaesthesia"),
        ("99213", {"units": "0"}, "units"),
        ("99213", {"units": "NaN"}, "units"),
    ],
)
def test_what_cannot_be_priced_is_said_and_takes_the_total_away(code, fields, reason, contract_of, claim_of):
    priced = _price(contract_of(TERMS), claim_of(("99213", 20000), (code, 20000, fields)), Benefits())
    assert priced.unpriced == (2,)
    assert not priced.is_priced()
    assert priced.lines[1].allowed_cents is None
    assert reason in priced.lines[1].because[-1].text
    assert (priced.allowed_cents, priced.expected_payer_cents, priced.patient_cents) == (None, None, None)
    assert priced.lines[0].allowed_cents == 11000


def test_modifiers_that_only_inform_change_nothing(contract_of, claim_of):
    (line,) = _price(contract_of(TERMS), claim_of(("99213", 20000, {"modifiers": ("25", "95")}))).lines
    assert line.allowed_cents == 11000


def test_a_default_method_takes_what_no_rule_lists(contract_of, claim_of):
    contract = contract_of(TERMS + "    default: {method: percent_of_charge, where: page 9, percent: 45}\n")
    (line,) = _price(contract, claim_of(("99999", 10000))).lines
    assert (line.allowed_cents, line.because[0].citation.where) == (4500, "page 9")


def test_a_multiple_of_a_base_schedule(contract_of, claim_of):
    head = (
        "contract: t\npayer: EXTST\ndocument: Test agreement\n"
        "schedules: {base: {where: part 1, fees: {'99213': 104.00}}}\n"
    )
    rule = "    rules: [{method: fee_schedule, where: part 3, schedule: base, percent: 112.5}]\n"
    contract = contract_of(f"  - from: 2026-01-01\n    edition: E\n{rule}", head)
    assert _price(contract, claim_of(("99213", 20000))).allowed_cents == 11700


def test_without_benefits_the_shares_stay_unknown(contract_of, claim_of):
    priced = _price(contract_of(TERMS), claim_of(("99213", 20000)))
    assert (priced.allowed_cents, priced.contractual_cents) == (11000, 9000)
    assert (priced.expected_payer_cents, priced.patient_cents) == (None, None)
    assert "benefits are not known" in priced.because[-1].text


def test_the_usual_benefits_of_a_contract_are_named_as_such(contract_of, claim_of):
    contract = contract_of(TERMS + "    usual_benefits: {source: the usual ones, coinsurance_percent: 20}\n")
    priced = _price(contract, claim_of(("99213", 20000)))
    assert (priced.expected_payer_cents, priced.patient_cents) == (8800, 2200)
    assert priced.benefits_source == "the usual ones"


def test_deductible_then_coinsurance_in_line_order(contract_of, claim_of):
    benefits = Benefits(deductible_remaining_cents=12000, coinsurance_basis_points=2000)
    priced = _price(contract_of(TERMS), claim_of(("99213", 20000), ("20610", 20000)), benefits)
    first, second = priced.lines
    assert (first.deductible_cents, first.coinsurance_cents, first.payer_cents) == (11000, 0, 0)
    assert (second.deductible_cents, second.coinsurance_cents, second.payer_cents) == (1000, 1400, 5600)


def test_a_copay_is_due_once_a_claim(contract_of, claim_of):
    benefits = Benefits(visits=(OFFICE,))
    priced = _price(contract_of(TERMS), claim_of(("99213", 20000), ("99213", 20000)), benefits)
    assert [line.copay_cents for line in priced.lines] == [3000, 0]


def test_a_copay_never_exceeds_what_is_allowed(contract_of, claim_of):
    benefits = Benefits(visits=(evolve(OFFICE, copay_cents=50000),))
    priced = _price(contract_of(TERMS), claim_of(("99213", 20000)), benefits)
    assert (priced.patient_cents, priced.expected_payer_cents) == (11000, 0)


def test_the_yearly_limit_caps_the_share(contract_of, claim_of):
    benefits = Benefits(coinsurance_basis_points=5000, out_of_pocket_remaining_cents=1000)
    priced = _price(contract_of(TERMS), claim_of(("99213", 20000), ("20610", 20000)), benefits)
    assert priced.patient_cents == 1000


@pytest.mark.parametrize(
    ("day", "held"), [("2020-04-30", 160), ("2020-05-01", 0), ("2022-04-01", 80), ("2026-09-14", 160)]
)
def test_sequestration_is_taken_after_the_patients_share_at_the_rate_of_the_day(
    day, held, contract_of, claim_of
):
    terms = (
        "  - from: 2019-01-01\n    edition: E\n    sequestration_parameter: medicare/sequestration_rate\n"
        '    rules: [{method: fee_schedule, where: page 1, fees: {"99213": 100.00}}]\n'
    )
    claim = claim_of(("99213", 20000, {"service_date": dt.date.fromisoformat(day)}))
    priced = _price(contract_of(terms), claim, Benefits(coinsurance_basis_points=2000))
    assert (priced.sequestration_cents, priced.expected_payer_cents) == (held, 8000 - held)
    assert priced.allowed_cents == priced.expected_payer_cents + priced.patient_cents + held


STAY = """
  - from: 2026-01-01
    edition: E
    rules:
      - {method: case_rate, where: t5, claims: [inpatient], base_rate: 6500.00, weights: {"193": 1.3001}}
    usual_benefits: {stay_deductible_parameter: medicare/part_a_deductible}
"""


def test_a_stay_is_priced_by_base_rate_and_weight_with_the_deductible_of_the_year(contract_of, claim_of):
    claim = claim_of(("", 2000000, {"revenue_code": "0120"}), type_of_bill="0111", drg="193")
    priced = _price(contract_of(STAY), claim)
    assert (priced.allowed_cents, priced.patient_cents, priced.expected_payer_cents) == (
        845065,
        173600,
        671465,
    )
    assert priced.lines == ()
    assert "1.3001" in priced.because[0].text


@pytest.mark.parametrize(("drg", "reason"), [("", "no DRG"), ("194", "no case rate for DRG 194")])
def test_a_stay_without_a_rate_is_not_priced(drg, reason, contract_of, claim_of):
    claim = claim_of(("", 2000000, {"revenue_code": "0120"}), type_of_bill="0111", drg=drg)
    priced = _price(contract_of(STAY), claim)
    assert priced.unpriced == (0,)
    assert reason in priced.because[0].text


def test_a_per_diem_pays_the_days_and_nothing_else_of_the_stay(contract_of, claim_of):
    terms = """
  - from: 2026-01-01
    edition: E
    rules:
      - {method: per_diem, where: p1, claims: [inpatient], revenue_codes: ["0110..0219"], per_day: 2000.00}
      - {method: bundled, where: p1, claims: [inpatient]}
"""
    claim = claim_of(
        ("", 900000, {"revenue_code": "0120", "units": 3}),
        ("", 50000, {"revenue_code": "0250"}),
        type_of_bill="0111",
    )
    assert [line.allowed_cents for line in _price(contract_of(terms), claim).lines] == [600000, 0]


def test_another_payers_contract_is_refused(contract_of, claim_of):
    with pytest.raises(Refused):
        _price(contract_of(TERMS), claim_of(("99213", 20000), payer="EXOTH"))


def test_a_second_payer_without_a_rule_for_it_is_not_priced(contract_of, claim_of):
    claim = claim_of(("99213", 20000), order=CoverageOrder.SECONDARY)
    priced = _price(contract_of(TERMS), claim)
    assert "coordination" in priced.because[0].text
    assert priced.allowed_cents is None


SECOND = (
    "  - {from: 2026-01-01, edition: E, rules: [{method: coordinates, where: p2, pays_reasons: ['2']}]}\n"
)


def _answered(claim, paid, *adjustments):
    line = LineAdjudication(1, paid, "99213", Decimal(1), dt.date(2026, 10, 1), adjustments=adjustments)
    return evolve(
        claim, other_payers=(OtherPayer(claim.coverage, paid, dt.date(2026, 10, 1), lines=(line,)),)
    )


def test_a_second_payer_takes_over_its_part_of_what_the_first_left(contract_of, claim_of):
    claim = claim_of(("99213", 20000), order=CoverageOrder.SECONDARY)
    parts = (Adjustment("CO", "45", 9000), Adjustment("PR", "1", 1000), Adjustment("PR", "2", 2000))
    priced = _price(contract_of(SECOND), _answered(claim, 8000, *parts))
    (line,) = priced.lines
    assert (line.payer_cents, line.deductible_cents, line.other_payer_cents) == (2000, 1000, 17000)
    assert line.charge_cents == line.contractual_cents + line.other_payer_cents + line.allowed_cents


def test_an_answer_of_the_first_payer_that_does_not_add_up_is_not_priced_on(contract_of, claim_of):
    claim = claim_of(("99213", 20000), order=CoverageOrder.SECONDARY)
    priced = _price(contract_of(SECOND), _answered(claim, 8000, Adjustment("PR", "2", 2000)))
    assert "out of balance by 100.00" in priced.lines[0].because[0].text
    assert priced.expected_payer_cents is None


CODES = st.sampled_from(["99213", "71046", "J3301", "20610", "36415", "L1234", "97110"])
LINES = st.lists(
    st.tuples(
        CODES,
        st.integers(0, 10_000_000),
        st.decimals("0.001", "999", places=3),
        st.lists(st.sampled_from(["25", "50", "51", "RT", "26"]), max_size=3),
    ),
    min_size=1,
    max_size=6,
)
BENEFITS = st.builds(
    Benefits,
    deductible_remaining_cents=st.integers(0, 50_000),
    coinsurance_basis_points=st.integers(0, 10_000),
    visits=st.sampled_from([(), (OFFICE,), (evolve(OFFICE, whole_claim=True, deductible_applies=True),)]),
    out_of_pocket_remaining_cents=st.none() | st.integers(0, 20_000),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(LINES, BENEFITS, st.booleans())
def test_the_parts_of_every_price_add_up_to_the_charge(contract_of, claim_of, lines, benefits, sequestered):
    more = "    sequestration_parameter: medicare/sequestration_rate\n" if sequestered else ""
    contract = contract_of(TERMS + more)
    claim = claim_of(
        *[
            (code, charge, {"units": units, "modifiers": tuple(modifiers)})
            for code, charge, units, modifiers in lines
        ]
    )
    priced = price_claim(claim, contract, benefits)
    for line in priced.lines:
        if line.allowed_cents is None:
            assert line.payer_cents is None
            continue
        assert line.charge_cents == line.contractual_cents + line.allowed_cents
        assert line.allowed_cents == line.payer_cents + line.patient_cents() + line.sequestration_cents
        assert 0 <= line.allowed_cents <= line.charge_cents
        assert min(line.payer_cents, line.deductible_cents, line.copay_cents, line.coinsurance_cents) >= 0
        assert all(
            type(value) is int
            for value in (
                line.allowed_cents,
                line.payer_cents,
                line.coinsurance_cents,
                line.contractual_cents,
            )
        )
    if priced.is_priced():
        assert priced.charge_cents == priced.contractual_cents + priced.allowed_cents
        shares = priced.expected_payer_cents + priced.patient_cents + priced.sequestration_cents
        assert priced.allowed_cents == shares
        if benefits.out_of_pocket_remaining_cents is not None:
            assert priced.patient_cents <= benefits.out_of_pocket_remaining_cents
    assert priced == price_claim(claim, contract, benefits)
