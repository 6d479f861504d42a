"""A case per refusal, with its lines, its cents and its last day."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.parties import Payer
from cleanclaim.claims.remittance import RemittedClaim, RemittedLine
from cleanclaim.denials import Action, deadline_for, open_cases, payer_kind

ON = dt.date(2026, 11, 9)
HPO = Payer("EXHPO", "Harbor Mutual PPO", "CI")
MEDICARE = Payer("EXMCR", "Medicare", "MB")


def line(cents, *parts, remarks=()):
    adjustments = tuple(Adjustment(group, reason, amount) for group, reason, amount in parts)
    paid_cents = cents - sum(item.cents for item in adjustments)
    return RemittedLine(cents, paid_cents, adjustments=adjustments, remarks=remarks)


def claim(*lines, status="1", adjustments=()):
    charge_cents = sum(item.charge_cents for item in lines)
    return RemittedClaim("V15", status, charge_cents, 0, lines=lines, adjustments=adjustments)


def test_one_refused_line_opens_one_case_with_that_line():
    [case] = open_cases(claim(line(100), line(40, ("CO", "97", 40), remarks=("M15",))), HPO, ON)
    assert (case.lines, case.cents_at_stake, case.category) == ((2,), 40, "bundling")
    assert case.remarks == ("M15",)


def test_our_line_numbers_are_used_where_they_are_given():
    [case] = open_cases(claim(line(40, ("CO", "97", 40))), HPO, ON, line_numbers=[7])
    assert case.lines == (7,)


def test_two_reasons_are_two_works_and_one_reason_on_two_lines_is_one():
    cases = open_cases(
        claim(line(10, ("CO", "97", 10)), line(20, ("CO", "197", 20)), line(30, ("CO", "97", 30))), HPO, ON
    )
    assert [(case.reason, case.lines, case.cents_at_stake) for case in cases] == [
        ("97", (1, 3), 40),
        ("197", (2,), 20),
    ]


def test_reductions_shares_and_unknown_codes_open_no_case():
    remitted = claim(line(100, ("CO", "45", 20), ("PR", "2", 10), ("PR", "204", 30), ("CO", "9999", 5)))
    assert open_cases(remitted, HPO, ON) == ()


def test_a_reversal_opens_no_case():
    taken_back = claim(line(-40, ("CO", "97", -40)), status="22")
    assert open_cases(taken_back, HPO, ON) == ()


def test_a_refused_claim_without_a_reason_opens_a_case_to_ask():
    [case] = open_cases(claim(line(100, ("CO", "45", 100)), status="4"), HPO, ON)
    assert (case.category, case.next_action, case.cents_at_stake) == ("unexplained", Action.PHONE, 100)


def test_a_refusal_at_the_claim_has_no_line():
    remitted = claim(line(100), adjustments=(Adjustment("CO", "29", 100),))
    assert open_cases(remitted, HPO, ON)[0].lines == ()


class TestDeadlines:
    def test_medicare_counts_from_presumed_receipt(self):
        [case] = open_cases(claim(line(40, ("CO", "50", 40))), MEDICARE, ON)
        assert case.deadline.due_on == ON + dt.timedelta(days=125)
        assert not case.deadline.verify
        assert case.deadline.then == "reconsideration"

    def test_a_contracts_own_time_goes_first(self):
        [case] = open_cases(claim(line(40, ("CO", "50", 40))), HPO, ON, appeal_days=90)
        assert (case.deadline.due_on, case.deadline.verify) == (ON + dt.timedelta(days=90), False)

    def test_a_time_that_varies_says_so(self):
        [case] = open_cases(claim(line(40, ("CO", "50", 40))), HPO, ON)
        assert case.deadline.verify
        assert "verify" in case.because[-1].text

    def test_records_have_a_time_of_their_own(self):
        [case] = open_cases(claim(line(40, ("CO", "252", 40))), MEDICARE, ON)
        assert (case.deadline.event, case.deadline.days) == ("records", 45)

    def test_no_known_time_is_said_and_never_guessed(self):
        [case] = open_cases(claim(line(40, ("CO", "50", 40))), attrs.evolve(HPO, filing_indicator="AM"), ON)
        assert case.deadline is None
        assert "No time limit is known" in case.because[-1].text

    @pytest.mark.parametrize(
        ("indicator", "kind"), [("MA", "medicare"), ("16", "medicare-advantage"), ("?", "other")]
    )
    def test_the_kind_of_payer_follows_the_filing_indicator(self, indicator, kind):
        assert payer_kind(indicator) == kind

    def test_the_leap_day_is_a_day(self):
        assert deadline_for("CI", dt.date(2027, 9, 2)).due_on == dt.date(2028, 2, 29)
