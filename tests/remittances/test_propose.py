"""A payment proposed: every cent placed, nothing invented, neighbours left alone."""

from __future__ import annotations

import itertools

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanclaim.ledger import Account, Transaction, TransactionKind, audit, trial_balance
from cleanclaim.remittances import NextStep, Outcome, Rung


def codes(item):
    return [one.code for one in item.exceptions]


def assert_explained(proposal):
    assert proposal.explained()
    for draft in proposal.transactions():
        assert type(draft) is Transaction
        assert sum(entry.cents for entry in draft.entries) == 0


def test_a_paid_claim_is_placed_to_the_cent(office):
    visit = office.claim(charges=(18_500, 4_000))
    books = office.Books(visit)
    proposal = books.take(
        office.payment(office.answer(visit, (10_000, "CO 45 5500, PR 3 3000"), (2_500, "CO 45 1500")))
    )
    assert_explained(proposal)
    [posting] = proposal.claims
    assert (posting.outcome, posting.next) == (Outcome.POSTED, NextStep.PATIENT)
    assert (posting.paid_cents, posting.contractual_cents, posting.patient_cents) == (12_500, 7_000, 3_000)
    assert posting.exceptions == ()
    balance = books.balance("V01")
    assert (balance.paid_cents, balance.adjusted_cents) == (12_500, 7_000)
    assert (balance.insurance_cents, balance.patient_cents) == (0, 3_000)
    assert proposal.claims[0].transactions[0].source.file_sha256 == "f" * 64


def test_each_line_is_settled_by_its_own_entries(office):
    visit = office.claim(charges=(6_000, 4_000))
    books = office.Books(visit)
    [posting] = books.take(
        office.payment(office.answer(visit, (5_000, "CO 45 1000"), (0, "CO 97 4000")))
    ).claims
    owed = {1: 6_000, 2: 4_000}
    for entry in posting.transactions[0].entries:
        if entry.account is Account.INSURANCE_RECEIVABLE:
            owed[entry.line] += entry.cents
    assert owed == {1: 0, 2: 4_000}


def test_sequestration_stands_on_its_own_account(office):
    visit = office.claim()
    books = office.Books(visit)
    books.take(office.payment(office.answer(visit, (6_272, "CO 45 2000, PR 2 1600, CO 253 128"))))
    assert books.trial()[Account.SEQUESTRATION] == 128
    assert books.trial()[Account.CONTRACTUAL_ADJUSTMENT] == 2_000


@pytest.mark.parametrize("reason", ["50", "97", "197", "27", "29", "16", "4"])
def test_a_refusal_is_never_written_off(office, reason):
    visit = office.claim()
    books = office.Books(visit)
    [posting] = books.take(office.payment(office.answer(visit, (0, f"CO {reason} 10000"), status="4"))).claims
    assert (posting.denied, posting.denial, posting.next) == (True, "whole", NextStep.DENIAL)
    assert posting.transactions == ()
    assert books.balance("V01").insurance_cents == 10_000
    assert books.balance("V01").adjusted_cents == 0


def test_a_claim_refused_with_an_ordinary_reason_is_not_written_off(office):
    visit = office.claim()
    books = office.Books(visit)
    [posting] = books.take(office.payment(office.answer(visit, (0, "CO 45 10000"), status="4"))).claims
    assert posting.denied
    assert books.balance("V01").insurance_cents == 10_000


def test_one_refused_line_leaves_the_others_paid(office):
    visit = office.claim(charges=(8_000, 2_000))
    books = office.Books(visit)
    [posting] = books.take(
        office.payment(office.answer(visit, (5_000, "CO 45 3000"), (0, "CO 97 2000")))
    ).claims
    assert (posting.denial, posting.denied_cents, posting.next) == ("part", 2_000, NextStep.DENIAL)
    assert [one.line for one in posting.reasons if one.denied] == [2]
    assert books.balance("V01").insurance_cents == 2_000


def test_an_unknown_reason_never_stops_money_and_takes_nothing_off(office):
    visit = office.claim()
    books = office.Books(visit)
    [posting] = books.take(
        office.payment(office.answer(visit, (6_000, "CO 9999 1000, ZZ 45 1000, PR 9998 2000")))
    ).claims
    assert posting.outcome is Outcome.POSTED
    assert codes(posting) == ["UNKNOWN-REASON", "UNKNOWN-GROUP"]
    balance = books.balance("V01")
    assert (balance.paid_cents, balance.insurance_cents, balance.patient_cents) == (6_000, 4_000, 0)


def test_a_protected_patient_is_not_asked(office):
    visit = office.claim()
    books = office.Books(visit)
    [posting] = books.take(office.payment(office.answer(visit, (8_000, "OA 209 2000")))).claims
    assert codes(posting) == ["PATIENT-PROTECTED"]
    assert books.balance("V01").patient_cents == 0


def test_a_negative_adjustment_keeps_its_sign(office):
    visit = office.claim()
    books = office.Books(visit)
    books.take(office.payment(office.answer(visit, (10_200, "CO 144 -200"))))
    assert books.balance("V01").adjusted_cents == -200
    assert books.balance("V01").insurance_cents == 0


def test_the_stated_patient_responsibility_is_not_posted_from(office):
    visit = office.claim()
    books = office.Books(visit)
    told = office.answer(visit, (7_000, "CO 45 3000"), patient_responsibility_cents=99_900)
    books.take(office.payment(told))
    assert books.balance("V01").patient_cents == 0


def test_claim_level_adjustments_lower_the_money_of_no_line(office):
    visit = office.claim(charges=(6_000, 4_000))
    books = office.Books(visit)
    told = office.answer(visit, (5_000, "CO 45 1000"), (3_000, "CO 45 1000"), adjustments="CO 253 160")
    [posting] = books.take(office.payment(told)).claims
    assert posting.paid_cents == 7_840
    assert books.balance("V01").is_closed()


def test_a_stay_paid_without_lines_is_posted_at_the_claim(office):
    visit = office.claim()
    books = office.Books(visit)
    told = attrs.evolve(
        office.answer(visit, (0, "CO 45 10000")),
        lines=(),
        paid_cents=7_000,
        adjustments=office.cas("CO 45 3000"),
    )
    [posting] = books.take(office.payment(told)).claims
    assert {entry.line for entry in posting.transactions[0].entries} == {None}
    assert books.balance("V01").is_closed()


def test_a_stay_answered_for_another_charge_without_lines_waits(office):
    visit = office.claim()
    books = office.Books(visit)
    told = attrs.evolve(office.answer(visit, (0, "")), lines=(), charge_cents=9_000, paid_cents=9_000)
    [posting] = books.take(office.payment(told)).claims
    assert (posting.outcome, codes(posting)) == (Outcome.SUSPENDED, ["CHARGE-DIFFERS"])


class TestWaiting:
    """What cannot be placed waits in suspense, alone."""

    def test_a_claim_of_nobody_waits_and_its_neighbour_is_posted(self, office):
        visit, stranger = office.claim("V01"), office.claim("X99")
        books = office.Books(visit)
        proposal = books.take(
            office.payment(office.answer(stranger, (4_000, "CO 45 6000")), office.answer(visit, (10_000, "")))
        )
        assert_explained(proposal)
        assert [item.outcome for item in proposal.claims] == [Outcome.SUSPENDED, Outcome.POSTED]
        assert codes(proposal.claims[0]) == ["CLAIM-NOT-FOUND"]
        assert books.trial()[Account.PAYER_SUSPENSE] == -4_000
        assert books.trial()[Account.PAYER_CLEARING] == 14_000

    def test_a_claim_out_of_balance_waits_alone(self, office):
        one, two = office.claim("V01"), office.claim("V02")
        books = office.Books(one, two)
        bent = attrs.evolve(office.answer(one, (5_000, "CO 45 5000")), paid_cents=4_000)
        proposal = books.take(office.payment(bent, office.answer(two, (10_000, ""))))
        assert_explained(proposal)
        assert [codes(item) for item in proposal.claims] == [["CLAIM-NOT-BALANCED"], []]
        assert (proposal.posted_cents, proposal.suspended_cents) == (10_000, 4_000)

    def test_a_line_out_of_balance_holds_its_claim(self, office):
        visit = office.claim(charges=(5_000, 5_000))
        books = office.Books(visit)
        told = office.answer(visit, (4_000, "CO 45 900"), (5_000, "CO 45 100"))
        assert told.difference_cents() == 0
        [posting] = books.take(office.payment(told)).claims
        assert codes(posting) == ["CLAIM-NOT-BALANCED"]

    def test_a_payment_out_of_balance_waits_whole(self, office):
        visit = office.claim()
        books = office.Books(visit)
        proposal = books.take(office.payment(office.answer(visit, (10_000, "")), payment_cents=9_999))
        assert_explained(proposal)
        assert (proposal.balanced, proposal.posted_cents, proposal.suspended_cents) == (False, 0, 9_999)
        assert codes(proposal) == codes(proposal.claims[0]) == ["PAYMENT-NOT-BALANCED"]
        assert books.trial()[Account.PAYER_SUSPENSE] == -9_999
        assert books.balance("V01").insurance_cents == 10_000

    def test_a_debit_is_never_booked_as_money_received(self, office):
        visit = office.claim()
        books = office.Books(visit)
        proposal = books.take(office.payment(office.answer(visit, (10_000, "")), credit_debit="D"))
        assert codes(proposal) == ["DEBIT-PAYMENT"]
        assert proposal.explained()
        assert books.trial()[Account.PAYER_CLEARING] == 0

    def test_a_line_that_is_not_ours_is_never_invented(self, office):
        visit = office.claim(controls=False)
        books = office.Books(visit)
        foreign = office.line(3_000, 3_000, code="20610")
        told = attrs.evolve(
            office.answer(visit, (0, "")), lines=(foreign,), charge_cents=3_000, paid_cents=3_000
        )
        [posting] = books.take(office.payment(told)).claims
        assert codes(posting) == ["LINE-NOT-MATCHED"]
        assert posting.line_matches[0].rung is Rung.SUSPENDED

    def test_another_persons_claim_under_our_number_waits(self, office):
        visit = office.claim()
        books = office.Books(visit)
        told = office.answer(visit, (10_000, ""), patient_last_name="Other", member_id="ZZZ9")
        [posting] = books.take(office.payment(told)).claims
        assert codes(posting) == ["PATIENT-DIFFERS"]

    def test_a_misspelt_name_with_the_right_member_number_is_posted(self, office):
        visit = office.claim()
        books = office.Books(visit)
        told = office.answer(visit, (10_000, ""), patient_last_name="Exampel", member_id="HPO000001")
        assert books.take(office.payment(told)).claims[0].outcome is Outcome.POSTED

    def test_money_that_waited_is_released_once_the_claim_is_there(self, office):
        visit = office.claim()
        told = office.payment(office.answer(visit, (7_000, "CO 45 3000")))
        books = office.Books()
        books.take(told)
        late = office.Books(visit)
        late.written += books.written
        late.keys = books.keys
        [posting] = late.take(told).claims
        assert codes(posting) == ["RELEASED"]
        assert late.trial()[Account.PAYER_SUSPENSE] == 0
        assert late.trial()[Account.PAYER_CLEARING] == 7_000
        assert late.balance("V01").is_closed()
        assert audit(late.written) == ()
        assert late.take(told).transactions() == ()

    def test_a_corrected_version_of_a_payment_that_waited_is_posted(self, office):
        visit = office.claim()
        books = office.Books(visit)
        good = office.payment(office.answer(visit, (7_000, "CO 45 3000")))
        bent = attrs.evolve(good, claims=(attrs.evolve(good.claims[0], paid_cents=6_000),))
        books.take(bent)
        books.take(bent)
        assert books.trial()[Account.PAYER_CLEARING] == 7_000
        books.take(good)
        assert books.trial()[Account.PAYER_SUSPENSE] == 0
        assert books.trial()[Account.PAYER_CLEARING] == 7_000
        assert books.balance("V01").is_closed()

    def test_another_version_of_a_posted_payment_brings_no_money(self, office):
        one, two = office.claim("V01"), office.claim("V02")
        books = office.Books(one, two)
        books.take(office.payment(office.answer(one, (10_000, ""))))
        proposal = books.take(office.payment(office.answer(two, (10_000, ""))))
        assert_explained(proposal)
        assert codes(proposal.claims[0]) == ["PAYMENT-DIFFERS"]
        assert books.trial()[Account.PAYER_CLEARING] == 10_000
        books.take(office.payment(office.answer(two, (10_000, ""))))
        assert books.trial()[Account.PAYER_CLEARING] == 10_000
        assert books.trial()[Account.PAYER_SUSPENSE] == 0


class TestReplays:
    """The same money twice moves once."""

    def test_a_second_time_moves_nothing(self, office):
        visit = office.claim()
        books = office.Books(visit)
        told = office.payment(
            office.answer(visit, (7_000, "CO 45 2000, PR 2 1000")), provider=(office.plb("WO", 500),)
        )
        first = books.take(told)
        before = books.trial()
        again = books.take(told)
        assert_explained(again)
        assert again.already_posted and again.transactions() == ()
        assert codes(again.claims[0]) == ["ALREADY-POSTED"]
        assert (again.posted_cents, again.claims[0].patient_cents) == (first.posted_cents, 1_000)
        assert again.claims[0].next is first.claims[0].next
        assert books.trial() == before

    def test_another_envelope_and_source_move_nothing(self, office):
        visit = office.claim()
        books = office.Books(visit)
        told = office.payment(office.answer(visit, (10_000, "")), control_number="0001")
        books.take(told)
        elsewhere = attrs.evolve(
            told, control_number="0077", claims=(attrs.evolve(told.claims[0], segment_ordinal=99),)
        )
        assert books.take(elsewhere).transactions() == ()

    def test_a_refusal_seen_again_is_known(self, office):
        visit = office.claim()
        books = office.Books(visit)
        told = office.payment(office.answer(visit, (0, "CO 197 10000"), status="4"))
        books.take(told)
        assert books.take(told).claims[0].already_posted

    def test_the_same_answer_twice_in_one_payment_waits(self, office):
        visit = office.claim()
        books = office.Books(visit)
        told = office.answer(visit, (7_000, "CO 45 3000"))
        proposal = books.take(office.payment(told, told))
        assert [item.outcome for item in proposal.claims] == [Outcome.POSTED, Outcome.SUSPENDED]
        assert codes(proposal.claims[1]) == ["DUPLICATE-PAYMENT"]
        assert books.trial()[Account.PAYER_CLEARING] == 14_000
        assert books.take(office.payment(told, told)).transactions() == ()

    def test_a_claim_paid_in_two_payments_adds_up(self, office):
        visit = office.claim(charges=(6_000, 4_000))
        books = office.Books(visit)
        both = office.answer(visit, (6_000, ""), (4_000, ""))
        parts = [
            attrs.evolve(both, lines=(item,), charge_cents=item.charge_cents, paid_cents=item.paid_cents)
            for item in both.lines
        ]
        books.take(office.payment(parts[0], trace="T1"))
        [posting] = books.take(office.payment(parts[1], trace="T2")).claims
        assert posting.exceptions == ()
        assert books.balance("V01").is_closed()


class TestReversals:
    """A take-back mirrors what was posted, and only that."""

    def test_reversal_and_correction_leave_the_correction(self, office):
        visit = office.claim()
        books = office.Books(visit)
        first = office.answer(visit, (7_000, "CO 45 2000, PR 2 1000"))
        books.take(office.payment(first, trace="T1"))
        corrected = office.answer(visit, (5_000, "CO 45 4000, PR 2 1000"), number="ICN2")
        proposal = books.take(office.payment(office.take_back(first), corrected, trace="T2"))
        assert_explained(proposal)
        assert [item.reversal for item in proposal.claims] == [True, False]
        assert proposal.claims[0].paid_cents == -7_000
        assert proposal.claims[0].transactions[0].reverses == books.priors["V01"][0].key
        balance = books.balance("V01")
        assert (balance.paid_cents, balance.adjusted_cents, balance.patient_cents) == (5_000, 4_000, 1_000)
        assert proposal.claims[1].exceptions == ()
        assert audit(books.written) == ()

    def test_the_correction_before_the_reversal_in_one_payment(self, office):
        visit = office.claim()
        books = office.Books(visit)
        first = office.answer(visit, (7_000, "CO 45 3000"))
        books.take(office.payment(first, trace="T1"))
        corrected = office.answer(visit, (5_000, "CO 45 5000"), number="ICN2")
        proposal = books.take(office.payment(corrected, office.take_back(first), trace="T2"))
        assert codes(proposal.claims[0]) == []
        assert books.balance("V01").paid_cents == 5_000

    def test_original_reversal_and_correction_in_one_payment(self, office):
        visit = office.claim()
        books = office.Books(visit)
        first = office.answer(visit, (7_000, "CO 45 3000"))
        corrected = office.answer(visit, (5_000, "CO 45 5000"), number="ICN2")
        books.take(office.payment(office.take_back(first), first, corrected))
        assert books.balance("V01").paid_cents == 5_000
        assert audit(books.written) == ()

    def test_a_reversal_of_nothing_waits(self, office):
        visit = office.claim()
        books = office.Books(visit)
        told = office.take_back(office.answer(visit, (7_000, "CO 45 3000")))
        [posting] = books.take(office.payment(told)).claims
        assert codes(posting) == ["REVERSAL-WITHOUT-ORIGINAL"]
        assert books.trial()[Account.PAYER_SUSPENSE] == 7_000

    def test_a_reversal_of_other_amounts_waits(self, office):
        visit = office.claim()
        books = office.Books(visit)
        books.take(office.payment(office.answer(visit, (7_000, "CO 45 3000")), trace="T1"))
        other = office.take_back(office.answer(visit, (6_000, "CO 45 4000")))
        [posting] = books.take(office.payment(other, trace="T2")).claims
        assert codes(posting) == ["REVERSAL-WITHOUT-ORIGINAL"]
        assert books.balance("V01").paid_cents == 7_000

    def test_nothing_is_taken_back_twice(self, office):
        visit = office.claim()
        books = office.Books(visit)
        first = office.answer(visit, (7_000, "CO 45 3000"))
        books.take(office.payment(first, trace="T1"))
        books.take(office.payment(office.take_back(first), trace="T2"))
        [posting] = books.take(office.payment(office.take_back(first), trace="T3")).claims
        assert posting.outcome is Outcome.SUSPENDED
        assert books.balance("V01").insurance_cents == 10_000

    def test_what_the_patient_paid_comes_back_as_credit(self, office):
        visit = office.claim()
        books = office.Books(visit)
        first = office.answer(visit, (7_000, "CO 45 2000, PR 2 1000"))
        books.take(office.payment(first, trace="T1"))
        books.patient_pays("V01", 1_000, "cash-1")
        books.take(office.payment(office.take_back(first), trace="T2"))
        balance = books.balance("V01")
        assert (balance.patient_cents, balance.unapplied_cents) == (0, 1_000)
        books.take(
            office.payment(office.answer(visit, (7_600, "CO 45 2000, PR 2 400"), number="B"), trace="T3")
        )
        balance = books.balance("V01")
        assert (balance.patient_cents, balance.unapplied_cents) == (0, 600)
        assert audit(books.written) == ()


class TestNextPayer:
    """Who owes next is computed from the coverages, never stored."""

    def primary(self, office, books, visit, status="1"):
        told = office.answer(visit, (6_000, "CO 45 2000, PR 2 2000"), status=status)
        return books.take(office.payment(told, trace="T1")).claims[0]

    def secondary(self, office, books, visit, paid=2_000, rest="", trace="T2"):
        told = office.answer(visit, (paid, f"OA 23 8000{rest}"), status="2", number="S1")
        return books.take(
            office.payment(told, trace=trace, payer_id="EXSUP", name="Silverline Supplement")
        ).claims[0]

    def test_the_share_stays_with_the_insurance_while_a_payer_follows(self, office):
        visit = office.claim(secondary=office.coverage("S", "EXSUP", "Silverline Supplement"))
        books = office.Books(visit)
        posting = self.primary(office, books, visit)
        assert (posting.next, posting.patient_cents) == (NextStep.SECONDARY, 2_000)
        assert books.balance("V01").patient_cents == 0
        posting = self.secondary(office, books, visit)
        assert (posting.next, posting.prior_payer_cents, posting.exceptions) == (NextStep.CLOSED, 8_000, ())
        assert books.balance("V01").is_closed()

    def test_what_the_last_payer_leaves_is_the_patients(self, office):
        visit = office.claim(secondary=office.coverage("S", "EXSUP", "Silverline Supplement"))
        books = office.Books(visit)
        self.primary(office, books, visit)
        posting = self.secondary(office, books, visit, 1_500, ", PR 2 500")
        assert posting.next is NextStep.PATIENT
        assert books.balance("V01").patient_cents == 500

    def test_the_second_answer_before_the_first_ends_the_same(self, office):
        visit = office.claim(secondary=office.coverage("S", "EXSUP", "Silverline Supplement"))
        books = office.Books(visit)
        posting = self.secondary(office, books, visit, 1_500, ", PR 2 500")
        assert "COB-DIFFERS" in codes(posting)
        assert self.primary(office, books, visit).next is NextStep.PATIENT
        balance = books.balance("V01")
        assert (balance.insurance_cents, balance.patient_cents) == (0, 500)

    def test_a_forwarded_claim_is_not_sent_again(self, office):
        visit = office.claim(secondary=office.coverage("S", "EXSUP", "Silverline Supplement"))
        posting = self.primary(office, office.Books(visit), visit, status="19")
        assert (posting.crossover, posting.next) == (True, NextStep.INSURANCE)

    def test_two_payers_paying_the_same_is_told(self, office):
        visit = office.claim(secondary=office.coverage("S", "EXSUP", "Silverline Supplement"))
        books = office.Books(visit)
        self.primary(office, books, visit)
        told = office.answer(visit, (6_000, "CO 45 4000"), status="2", number="S1")
        [posting] = books.take(office.payment(told, payer_id="EXSUP", trace="T2")).claims
        assert posting.outcome is Outcome.POSTED
        assert codes(posting) == ["COB-DIFFERS", "OVERPAID"]


class TestPatientCredit:
    def test_a_copay_taken_at_the_visit_is_applied_and_the_rest_held(self, office):
        visit = office.claim()
        books = office.Books(visit)
        books.patient_pays("V01", 4_000, "cash-1")
        [posting] = books.take(office.payment(office.answer(visit, (7_000, "PR 3 3000")))).claims
        assert posting.next is NextStep.CLOSED
        balance = books.balance("V01")
        assert (balance.patient_cents, balance.unapplied_cents, balance.paid_cents) == (0, 1_000, 10_000)


class TestProviderAdjustments:
    @pytest.mark.parametrize(
        ("reason", "cents", "account"),
        [
            ("WO", 5_000, Account.RECOUPMENT),
            ("WO", -5_000, Account.RECOUPMENT),
            ("FB", 700, Account.FORWARDING_BALANCE),
            ("FB", -700, Account.FORWARDING_BALANCE),
            ("L6", -123, Account.INTEREST),
            ("72", 900, Account.PAYER_REFUND),
            ("QQ", 11, Account.PROVIDER_ADJUSTMENT),
        ],
    )
    def test_each_stands_on_its_account(self, office, reason, cents, account):
        visit = office.claim()
        books = office.Books(visit)
        proposal = books.take(
            office.payment(office.answer(visit, (10_000, "")), provider=(office.plb(reason, cents),))
        )
        assert_explained(proposal)
        assert proposal.provider_adjustment_cents == cents
        assert books.trial()[account] == cents
        assert books.trial()[Account.PAYER_CLEARING] == proposal.bpr_cents == 10_000 - cents

    def test_a_recovery_and_a_strange_reason_ask_for_a_person(self, office):
        proposal = office.Books().take(
            office.payment(provider=(office.plb("WO", 100), office.plb("QQ", -100)))
        )
        assert [codes(item) for item in proposal.provider_adjustments] == [["REVIEW-PLB"], ["REVIEW-PLB"]]

    def test_two_equal_items_are_two(self, office):
        items = (office.plb("WO", 100), office.plb("WO", 100), office.plb("FB", -200))
        books = office.Books()
        books.take(office.payment(provider=items))
        assert books.trial()[Account.RECOUPMENT] == 200

    def test_a_payment_of_nothing_posts_its_take_back(self, office):
        visit = office.claim()
        books = office.Books(visit)
        first = office.answer(visit, (7_000, "CO 45 3000"))
        books.take(office.payment(first, trace="T1"))
        proposal = books.take(
            office.payment(office.take_back(first), trace="T2", provider=(office.plb("FB", -7_000),))
        )
        assert proposal.bpr_cents == 0
        assert_explained(proposal)
        assert books.trial()[Account.FORWARDING_BALANCE] == -7_000
        assert books.trial()[Account.PAYER_CLEARING] == 7_000


REASONS = [
    "CO 45",
    "PR 1",
    "PR 3",
    "CO 253",
    "CO 197",
    "OA 23",
    "PI 45",
    "CO 9999",
    "ZZ 1",
    "OA 209",
    "PR 27",
]


@st.composite
def line_answers(draw, charge_cents):
    """Adjustments and a payment that make the charge."""
    left, parts = charge_cents, []
    for reason in draw(st.lists(st.sampled_from(REASONS), max_size=4)):
        cents = draw(st.integers(min_value=-500, max_value=max(left, 0)))
        parts.append(f"{reason} {cents}")
        left -= cents
    return left, ", ".join(parts)


@st.composite
def documents(draw, office):
    """Payments over three claims, each claim answered at most once in all of them."""
    visits = [office.claim(f"V0{n}", charges=(1_000 * n, 700)) for n in (1, 2, 3)]
    made = []
    for number, visit in enumerate(visits):
        answers = [draw(line_answers(one.charge_cents)) for one in visit.lines]
        status = draw(st.sampled_from(["1", "4"]))
        items = [office.answer(visit, *answers, status=status)]
        if draw(st.booleans()):
            items.append(office.answer(office.claim("X9"), (100, "CO 45 9900")))
        provider = [
            office.plb(draw(st.sampled_from(["WO", "FB", "L6", "72", "QQ"])), draw(st.integers(-900, 900)))
            for _ in range(draw(st.integers(0, 2)))
        ]
        made.append(office.payment(*items, trace=f"T{number}", provider=provider))
    return visits, made


class TestProperties:
    @settings(deadline=None, max_examples=150)
    @given(data=st.data())
    def test_every_payment_of_balanced_claims_is_explained(self, office, data):
        visits, made = data.draw(documents(office))
        books = office.Books(*visits)
        cash_cents = 0
        for told in made:
            proposal = books.take(told)
            assert_explained(proposal)
            cash_cents += proposal.bpr_cents
            assert books.trial()[Account.PAYER_CLEARING] == cash_cents
        assert audit(books.written) == ()
        frozen = books.trial()
        for told in made:
            assert books.take(told).transactions() == ()
        assert books.trial() == frozen

    @settings(deadline=None, max_examples=60)
    @given(data=st.data())
    def test_the_order_of_arrival_does_not_matter(self, office, data):
        visits, made = data.draw(documents(office))
        ends = []
        for order in itertools.permutations(made):
            books = office.Books(*visits)
            for told in order:
                books.take(told)
            ends.append((books.trial(), [books.balance(item.claim_id) for item in visits]))
        assert all(end == ends[0] for end in ends)

    @settings(deadline=None, max_examples=100)
    @given(data=st.data())
    def test_posted_and_taken_back_is_as_if_never(self, office, data):
        visits, made = data.draw(documents(office))
        books = office.Books(*visits)
        before = books.trial()
        for told in made:
            books.take(
                attrs.evolve(
                    told,
                    provider_adjustments=(),
                    claims=told.claims[:1],
                    payment_cents=told.claims[0].paid_cents,
                )
            )
        for told in made:
            back = office.take_back(told.claims[0])
            proposal = books.take(office.payment(back, trace=f"{told.trace}-BACK"))
            assert proposal.claims[0].outcome is Outcome.POSTED
        assert books.trial() == before
        assert audit(books.written) == ()

    @settings(deadline=None, max_examples=100)
    @given(data=st.data())
    def test_each_claim_equals_a_sum_taken_straight_from_the_remittance(self, office, data):
        """The second way: cash, reductions and shares added up from the documents, not from entries."""
        visits, made = data.draw(documents(office))
        books = office.Books(*visits)
        for told in made:
            books.take(told)
        for visit, told in zip(visits, made, strict=True):
            remitted = told.claims[0]
            off = {("CO", "45"), ("CO", "253"), ("PI", "45")} if remitted.status != "4" else set()
            adjusted = sum(one.cents for one in remitted.all_adjustments() if (one.group, one.reason) in off)
            shares = sum(
                one.cents
                for one in remitted.all_adjustments()
                if (one.group, one.reason) in {("PR", "1"), ("PR", "3")}
            )
            balance = books.balance(visit.claim_id)
            credited = min(shares, 0)
            assert balance.charge_cents == visit.charge_cents()
            assert balance.adjusted_cents == adjusted
            assert balance.patient_cents == shares - credited
            assert balance.paid_cents == remitted.paid_cents + credited
            rest = visit.charge_cents() - remitted.paid_cents - adjusted - shares
            assert balance.insurance_cents == rest


def test_the_kind_of_every_draft_is_told(office):
    visit = office.claim()
    books = office.Books(visit)
    told = office.payment(
        office.answer(visit, (10_000, "")),
        office.answer(office.claim("X1"), (5, "CO 45 9995")),
        provider=(office.plb("L6", -7),),
    )
    kinds = {draft.kind for draft in books.take(told).transactions()}
    assert kinds == {
        TransactionKind.REMITTANCE,
        TransactionKind.SUSPENSE,
        TransactionKind.PROVIDER_ADJUSTMENT,
    }
    assert sum(trial_balance(books.written).values()) == 0
