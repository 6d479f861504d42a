"""A denial is closed once, with an outcome and a reason; closing moves no money."""

from __future__ import annotations

import pytest

from cleanclaim.kernel.errors import Refused
from cleanclaim.office.denials.models import DenialCaseRow
from cleanclaim.office.denials.services import close_denial


@pytest.fixture
def case(practice, desk):
    claim = desk.claim("C1")
    practice.open(claim)
    practice.pay(desk.answer(claim, (0, "CO 197 10000"), status="4", remarks=("N1", "N2", "N3", "N4", "N5")))
    return DenialCaseRow.objects.get()


def close(practice, case, outcome="upheld", reason="the plan said no twice"):
    close_denial(practice.tenant, case, outcome, reason, actor=practice.actor)


def test_it_is_closed_once(practice, case, sound):
    other = DenialCaseRow.objects.get()
    before = practice.money()
    close(practice, case)
    with pytest.raises(Refused, match="closed already"):
        close(practice, other, "paid", "someone else was faster")
    assert DenialCaseRow.objects.get().outcome == "upheld"
    assert practice.money() == before
    assert sound() == {}


@pytest.mark.parametrize(("outcome", "reason"), [("gone", "so"), ("paid", ""), ("", "so"), ("paid", "  ")])
def test_without_an_outcome_and_a_reason_it_stays_open(practice, case, outcome, reason):
    with pytest.raises(Refused):
        close(practice, case, outcome, reason)
    assert DenialCaseRow.objects.get().state == "open"
