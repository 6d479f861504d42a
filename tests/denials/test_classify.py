"""What a refusal means, and that an ordinary reduction is none."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.reasons import BillPatient, Treatment, reason_table
from cleanclaim.claims.remittance import RemittedClaim
from cleanclaim.denials import Action, PatientMayBeBilled, classify, classify_claim

ON = dt.date(2026, 11, 9)


def verdict(text, *remarks, **settings):
    adjustments = []
    for item in text.split(","):
        group, reason, cents = item.split()
        adjustments.append(Adjustment(group, reason, int(cents)))
    return classify(adjustments, remarks, ON, **settings)


@pytest.mark.parametrize(
    "text", ["CO 45 100", "CO 253 5", "CO 144 -3", "OA 23 80", "PR 1 50", "PR 3 30", "CO 59 9", "CO P12 7"]
)
def test_ordinary_reductions_and_shares_are_no_denial(text):
    assert not verdict(text).is_denial


@pytest.mark.parametrize(
    ("text", "category", "action"),
    [
        ("CO 197 100", "authorization", Action.CORRECT7),
        ("CO 27 100", "eligibility", Action.ELIG),
        ("CO 97 100", "bundling", Action.CORRECT7),
        ("CO 119 100", "benefit limit", Action.APPEAL),
        ("CO 29 100", "timely filing", Action.APPEAL),
        ("CO 252 100", "documentation", Action.RECORDS),
        ("CO 109 100", "wrong payer", Action.REROUTE),
        ("CO 18 100", "duplicate", Action.PHONE),
    ],
)
def test_a_refusal_names_its_kind_and_first_step(text, category, action):
    made = verdict(text)
    assert (made.is_denial, made.category, made.next_action) == (True, category, action)
    assert made.because[0].citation is not None


def test_an_unknown_code_is_reviewed_and_never_ordinary():
    made = verdict("CO 9999 100")
    assert (made.is_denial, made.needs_review, made.next_action) == (False, True, Action.VERIFY)
    assert made.bill_patient is PatientMayBeBilled.REVIEW


def test_an_unknown_group_is_reviewed():
    assert verdict("ZZ 45 100").needs_review


def test_the_largest_refusal_decides_and_all_are_at_stake():
    made = verdict("CO 97 100,CO 197 900,CO 45 5000")
    assert (made.reason, made.cents) == ("197", 1_000)


def test_an_unprocessable_claim_is_sent_anew_and_not_appealed():
    assert verdict("CO 16 100", "MA130").actions == (Action.NEW1,)


def test_no_appeal_is_advised_where_the_payer_grants_none():
    assert Action.APPEAL not in verdict("CO 29 100", "N211").actions


def test_a_payer_without_replacements_gets_a_new_claim():
    assert verdict("CO 4 100", takes_replacements=False).actions == (Action.NEW1,)


def test_a_remark_points_at_the_field():
    assert verdict("CO 16 100", "M119", "N290").fields == ("drug code (NDC)", "rendering provider NPI")


def test_an_unknown_remark_changes_nothing():
    assert verdict("CO 16 100", "X999") == verdict("CO 16 100")


@pytest.mark.parametrize(
    ("text", "remarks", "expected"),
    [
        ("CO 197 100", (), "no"),
        ("CO 27 100", (), "no"),
        ("PR 27 100", (), "review"),
        ("PR 204 100", (), "yes"),
        ("PR 1 100", (), "yes"),
        ("PR 204 100", ("N192",), "no"),
        ("OA 209 100", (), "no"),
        ("PR 31 100", (), "review"),
    ],
)
def test_whether_the_patient_may_be_asked(text, remarks, expected):
    assert verdict(text, *remarks).bill_patient == expected


def test_a_share_goes_to_the_next_payer_first():
    assert verdict("PR 2 100", has_next_payer=True).next_action is Action.SECONDARY
    assert verdict("PR 2 100").next_action is Action.PATIENT


def test_nothing_taken_off_is_nothing_to_do():
    assert classify([], [], ON).next_action is Action.NONE


def test_a_refused_claim_without_a_refusing_reason_is_reviewed():
    remitted = RemittedClaim("V01", "4", 100, 0, adjustments=(Adjustment("CO", "45", 100),))
    made = classify_claim(remitted, ON)
    assert (made.is_denial, made.needs_review, made.next_action) == (True, True, Action.PHONE)


@given(group=st.sampled_from(["CO", "OA", "PI"]), code=st.sampled_from(sorted(reason_table().rows)))
def test_only_group_pr_ever_makes_the_patient_owe(group, code):
    reason = reason_table().find(code, ON)
    assert reason is not None
    assert not reason.patient_owes(group)


def test_every_row_of_the_table_is_complete_and_says_only_known_things():
    rows = [dated.value for table in reason_table().rows.values() for dated in table.rows]
    assert len(rows) > 200
    for row in rows:
        assert row.label and row.advice and row.fixer and row.category
        assert all(Action(code) for code in row.actions)
        assert row.treatment in Treatment and row.bill_patient in BillPatient
        assert row.checked in {"read", "recalled"}
        if row.treatment is Treatment.DENIAL:
            assert Action.NONE not in row.actions


def test_a_code_is_found_with_leading_zeros_and_in_small_letters():
    assert reason_table().find("b7", ON) is not None
    assert reason_table().find("045", ON) == reason_table().find("45", ON)


@given(
    st.sampled_from(["CO", "OA", "PI"]),
    st.sampled_from(sorted(reason_table().rows)),
)
def test_a_patient_who_may_not_be_billed_is_never_the_next_step(group, code):
    said = verdict(f"{group} {code} 7200")
    if said.is_denial and said.bill_patient is PatientMayBeBilled.NO:
        assert Action.PATIENT not in said.actions
