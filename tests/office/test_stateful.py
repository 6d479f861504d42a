"""Any order of work: after every step the books balance, the model agrees and verify finds nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

CHARGE = 10_000
DAY = dt.date(2026, 11, 12)


class Office(RuleBasedStateMachine):
    """The model: of every claim what its payer paid, took off and left to the patient, and what was paid then.

    A run starts from nothing in the practice it is given and is rolled back.
    """

    practice = desk = sound = None

    def __init__(self):
        super().__init__()
        self.point = transaction.savepoint()
        self.claims = {}
        self.model = {}
        self.files = []
        self.answers = []
        self.receipts = {}
        self.traces = 0

    def teardown(self):
        transaction.savepoint_rollback(self.point)

    @precondition(lambda self: len(self.claims) < 4)
    @rule(imported=st.booleans())
    def a_claim_goes_out(self, imported):
        number = len(self.claims)
        claim = self.desk.claim(f"C{number}", (CHARGE,), number=number)
        if imported:
            self.practice.open(claim)
        else:
            self.practice.make(claim)
            self.practice.batch()
        self.claims[claim.claim_id] = claim
        self.model[claim.claim_id] = {"paid": 0, "adjusted": 0, "share": 0, "given": 0, "live": None}

    def _post(self, *answers, provider=()):
        self.traces += 1
        payment = self.desk.payment(*answers, trace=f"T{self.traces}", provider=provider)
        data = self.desk.remittance(payment, number=self.traces)
        self.files.append(data)
        return self.practice.take(data)["payments"][0]

    def _open(self):
        return sorted(name for name, item in self.model.items() if item["live"] is None)

    @precondition(lambda self: self._open())
    @rule(data=st.data(), share=st.integers(0, 3_000), off=st.integers(0, 4_000))
    def a_payer_pays(self, data, share, off):
        name = data.draw(st.sampled_from(self._open()))
        words = ", ".join(text for text, cents in ((f"CO 45 {off}", off), (f"PR 2 {share}", share)) if cents)
        answer = self.desk.answer(self.claims[name], (CHARGE - share - off, words), number=f"I{self.traces}")
        report = self._post(answer)
        assert report["suspended_cents"] == 0
        self.model[name].update(paid=CHARGE - share - off, adjusted=off, share=share, live=answer)

    @precondition(lambda self: self._open())
    @rule(data=st.data())
    def a_payer_denies(self, data):
        name = data.draw(st.sampled_from(self._open()))
        answer = self.desk.answer(
            self.claims[name], (0, f"CO 197 {CHARGE}"), status="4", number=f"D{self.traces}"
        )
        self._post(answer)

    @precondition(lambda self: any(item["live"] for item in self.model.values()))
    @rule(data=st.data(), again=st.booleans())
    def a_payer_takes_back(self, data, again):
        name = data.draw(st.sampled_from(sorted(n for n, item in self.model.items() if item["live"])))
        item = self.model[name]
        back = self.desk.take_back(item["live"])
        if again:
            corrected = self.desk.answer(self.claims[name], (6_000, "CO 45 4000"), number=f"A{self.traces}")
            report = self._post(corrected, back)
            item.update(paid=6_000, adjusted=4_000, share=0, live=corrected)
        else:
            owed = self.desk.provider_adjustment("FB", back.paid_cents)
            report = self._post(back, provider=[owed] if back.paid_cents else [])
            item.update(paid=0, adjusted=0, share=0, live=None)
        assert report["suspended_cents"] == 0

    @precondition(lambda self: self.files)
    @rule(data=st.data())
    def a_file_comes_again(self, data):
        before = self.practice.money()
        self.practice.take(data.draw(st.sampled_from(self.files)), "again.835")
        assert self.practice.money() == before

    @rule(cents=st.integers(1, 5_000))
    def money_for_nobody(self, cents):
        stranger = self.desk.claim(f"X{self.traces}", (cents,), number=50)
        assert self._post(self.desk.answer(stranger, (cents, "")))["suspended_cents"] == cents

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), cents=st.integers(1, 4_000), again=st.booleans())
    def a_patient_pays(self, data, cents, again):
        from cleanclaim.office.claims.models import ClaimRow
        from cleanclaim.office.money.patient_payments import take_patient_payment

        name = data.draw(st.sampled_from(sorted(self.claims)))
        patient = ClaimRow.objects.get(claim_id=name).patient
        receipt = f"R{len(self.receipts)}"
        for _ in range(2 if again else 1):
            take_patient_payment(
                self.practice.tenant, patient, cents, DAY, receipt, actor=self.practice.actor
            )
        self.receipts[receipt] = cents
        self.model[name]["given"] += cents

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def a_statement_is_made(self, data):
        from cleanclaim.office.claims.models import ClaimRow
        from cleanclaim.office.money.statements import make_statements

        name = data.draw(st.sampled_from(sorted(self.claims)))
        patient = ClaimRow.objects.get(claim_id=name).patient
        due = max(0, self.model[name]["share"] - self.model[name]["given"])
        for row in make_statements(self.practice.tenant, patient, actor=self.practice.actor):
            assert row.due_cents == due
        if self.practice.balance(name).insurance_cents <= 0:
            assert self.practice.balance(name).patient_cents == due

    @rule()
    def answers_and_batches_are_sent(self):
        self.practice.batch()

    @invariant()
    def the_books_are_those_of_the_model(self):
        accounts = self.practice.accounts()
        assert sum(accounts.values()) == 0
        assert -accounts.get("charges", 0) == CHARGE * len(self.claims)
        adjusted = sum(item["adjusted"] for item in self.model.values())
        assert accounts.get("contractual_adjustment", 0) == adjusted
        assert accounts.get("patient_cash", 0) == sum(self.receipts.values())
        owed, held = accounts.get("patient_receivable", 0), -accounts.get("patient_unapplied", 0)
        assert owed >= 0 <= held
        assert owed - held == sum(item["share"] - item["given"] for item in self.model.values())
        for name, item in self.model.items():
            balance = self.practice.balance(name)
            assert balance.difference_cents() == 0
            assert balance.insurance_cents == CHARGE - item["paid"] - item["adjusted"] - item["share"]

    @invariant()
    def verify_finds_nothing(self):
        assert self.sound() == {}


@pytest.mark.parametrize("examples", [pytest.param(12), pytest.param(400, marks=pytest.mark.prove)])
def test_any_order_of_work_keeps_the_books(practice, desk, sound, examples):
    fixtures = {"practice": practice, "desk": desk, "sound": staticmethod(sound)}
    run_state_machine_as_test(
        type("OfficeHere", (Office,), fixtures),
        settings=settings(
            max_examples=examples,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.explicit, Phase.generate],
        ),
    )
