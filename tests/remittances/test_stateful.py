"""A small office over time: any run of answers, take-backs, replays and copays keeps every sum."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cleanclaim.ledger import Account, audit

ANSWERS = [
    ((7_000, "CO 45 2000, PR 2 1000"), "1"),
    ((5_000, "CO 45 4000, PR 3 1000"), "1"),
    ((0, "PR 1 8000, CO 45 2000"), "1"),
    ((0, "CO 197 10000"), "4"),
    ((9_800, "CO 253 200"), "1"),
    ((6_000, "CO 9999 4000"), "1"),
]
CLAIMS = ("V01", "V02", "X99")


def assert_owed(balance, standing):
    """The balance against sums taken straight from the answers that stand."""
    paid = sum(one.paid_cents for one in standing)
    items = [item for one in standing for item in one.all_adjustments() if one.status != "4"]
    off = sum(item.cents for item in items if item.group == "CO" and item.reason in {"45", "253"})
    share = sum(item.cents for item in items if item.group == "PR")
    assert balance.insurance_cents == 10_000 - paid - off - share
    assert balance.adjusted_cents == off
    assert balance.patient_cents >= 0
    assert not (balance.patient_cents and balance.unapplied_cents)


class OfficeMachine(RuleBasedStateMachine):
    """The model is plain sums: cash in, and per claim the answers that stand."""

    office = None

    def __init__(self):
        super().__init__()
        self.visits = {name: self.office.claim(name) for name in CLAIMS}
        self.books = self.office.Books(*(self.visits[name] for name in CLAIMS[:2]))
        self.sent = []
        self.standing = []
        self.bank_cents = 0
        self.cash_cents = 0
        self.count = 0

    def pay(self, told):
        self.sent.append(told)
        self.bank_cents += told.payment_cents
        return self.books.take(told)

    def next_trace(self):
        self.count += 1
        return f"T{self.count}"

    @rule(name=st.sampled_from(CLAIMS), answer=st.sampled_from(ANSWERS))
    def answer(self, name, answer):
        parts, status = answer
        trace = self.next_trace()
        remitted = self.office.answer(self.visits[name], parts, status=status, number=f"ICN{trace}")
        proposal = self.pay(self.office.payment(remitted, trace=trace))
        if name != "X99":
            assert proposal.claims[0].outcome == "posted"
            self.standing.append(remitted)

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def take_back(self, data):
        remitted = data.draw(st.sampled_from(self.standing))
        self.standing.remove(remitted)
        back = self.office.take_back(remitted)
        proposal = self.pay(self.office.payment(back, trace=self.next_trace()))
        assert proposal.claims[0].outcome == "posted"

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def replay(self, data):
        told = data.draw(st.sampled_from(self.sent))
        assert self.books.take(told).transactions() == ()

    @rule(reason=st.sampled_from(["WO", "FB", "L6", "72", "QQ"]), cents=st.integers(-500, 500))
    def provider_adjustment(self, reason, cents):
        self.pay(self.office.payment(trace=self.next_trace(), provider=(self.office.plb(reason, cents),)))

    @rule(name=st.sampled_from(CLAIMS[:2]), cents=st.integers(1, 5_000))
    def patient_pays(self, name, cents):
        self.books.patient_pays(name, cents, f"cash-{self.next_trace()}")
        self.cash_cents += cents

    @invariant()
    def the_ledger_is_sound(self):
        assert audit(self.books.written) == ()
        assert sum(self.books.trial().values()) == 0

    @invariant()
    def cash_is_what_came_in(self):
        trial = self.books.trial()
        assert trial[Account.PAYER_CLEARING] == self.bank_cents
        assert trial[Account.PATIENT_CASH] == self.cash_cents

    @invariant()
    def each_claim_owes_what_its_standing_answers_leave(self):
        for name in CLAIMS[:2]:
            standing = [one for one in self.standing if one.claim_id == name]
            assert_owed(self.books.balance(name), standing)


def test_the_office_over_time(office):
    machine = type("Office", (OfficeMachine,), {"office": office})
    run_state_machine_as_test(
        machine, settings=settings(max_examples=60, stateful_step_count=25, deadline=None)
    )
