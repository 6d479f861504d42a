"""A small office in memory: claims, a ledger and the keys it keeps, so that proposals meet a history."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import attrs
import pytest

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.coordination import OtherPayer
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.claims.remittance import Payment, ProviderAdjustment, RemittedClaim, RemittedLine
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.ledger import (
    SourceRef,
    TransactionKind,
    charge,
    claim_balances,
    patient_payment,
    trial_balance,
)
from cleanclaim.remittances import ClaimOnFile, Outcome, PriorPosting, propose

SERVED = dt.date(2026, 9, 14)
PAID_ON = dt.date(2026, 11, 9)


def coverage(order="P", payer_id="EXHPO", name="Harbor Mutual PPO"):
    subscriber = Subscriber(f"{payer_id[2:]}000001", PersonName("Example", "Ada"))
    payer = Payer(payer_id, name, "CI")
    return Coverage(
        f"C-{order}",
        payer,
        CoverageOrder(order),
        Relationship.SELF,
        subscriber,
        DatePeriod(dt.date(2026, 1, 1)),
    )


def claim(claim_id="V01", charges=(10_000,), *, codes=None, modifiers=None, secondary=None, controls=True):
    lines = tuple(
        ServiceLine(
            number=number,
            service_date=SERVED,
            charge_cents=cents,
            units=Decimal(1),
            code=codes[number - 1] if codes else f"9921{number}",
            modifiers=modifiers[number - 1] if modifiers else (),
            control_number=f"{claim_id}L{number}" if controls else "",
        )
        for number, cents in enumerate(charges, start=1)
    )
    patient = Patient(
        f"P-{claim_id}",
        PersonName("Example", "Ada"),
        dt.date(1980, 2, 29),
        Sex.FEMALE,
        Address("1 Mill Street", "Lakeside", "OH", "440010001"),
    )
    return ProfessionalClaim(
        claim_id=claim_id,
        patient=patient,
        coverage=coverage(),
        other_payers=(OtherPayer(secondary),) if secondary else (),
        billing=Provider("1300000019"),
        lines=lines,
        diagnoses=(Diagnosis("I10"),),
        place_of_service="11",
    )


def cas(text):
    """``"CO 45 30.00, PR 2 10.00"`` as adjustments, in cents without a point."""
    made = []
    for item in filter(None, (part.strip() for part in text.split(","))):
        group, reason, cents = item.split()
        made.append(Adjustment(group, reason, int(cents)))
    return tuple(made)


def line(charge_cents, paid_cents, adjustments="", **fields):
    return RemittedLine(charge_cents, paid_cents, adjustments=cas(adjustments), **fields)


def answer(claim_, *lines, status="1", number="ICN1", adjustments="", **fields):
    """A claim payment over lines given as (paid, adjustments text), charged and coded as ours."""
    remitted = tuple(
        attrs.evolve(
            item,
            code=item.code or own.code,
            modifiers=item.modifiers or own.modifiers,
            control_number=item.control_number or own.control_number,
        )
        if isinstance(item, RemittedLine)
        else line(
            own.charge_cents,
            item[0],
            item[1],
            code=own.code,
            modifiers=own.modifiers,
            control_number=own.control_number,
            service_date=own.service_date,
        )
        for own, item in zip(claim_.lines, lines, strict=False)
    )
    at_claim = cas(adjustments)
    return RemittedClaim(
        claim_id=claim_.claim_id,
        status=status,
        charge_cents=sum(item.charge_cents for item in remitted),
        paid_cents=sum(item.paid_cents for item in remitted) - sum(item.cents for item in at_claim),
        payer_claim_number=number,
        adjustments=at_claim,
        lines=remitted,
        **fields,
    )


def take_back(remitted):
    """The reversal of a claim payment: every amount with the other sign, CLP02 = 22."""
    lines = tuple(
        attrs.evolve(
            item,
            charge_cents=-item.charge_cents,
            paid_cents=-item.paid_cents,
            adjustments=tuple(attrs.evolve(one, cents=-one.cents) for one in item.adjustments),
        )
        for item in remitted.lines
    )
    return attrs.evolve(
        remitted,
        status="22",
        charge_cents=-remitted.charge_cents,
        paid_cents=-remitted.paid_cents,
        adjustments=tuple(attrs.evolve(one, cents=-one.cents) for one in remitted.adjustments),
        lines=lines,
    )


def plb(reason, cents, reference="REF1"):
    return ProviderAdjustment("1300000019", dt.date(2026, 12, 31), reason, reference, cents)


def payment(*claims, trace="T1", payer_id="EXHPO", name="Harbor Mutual PPO", provider=(), **fields):
    """A payment that balances, unless ``payment_cents`` says otherwise."""
    total = sum(item.paid_cents for item in claims) - sum(item.cents for item in provider)
    given = {
        "trace": trace,
        "payer_name": name,
        "payer_id": payer_id,
        "payment_cents": total,
        "method": "ACH",
        "effective_on": PAID_ON,
        "claims": tuple(claims),
        "provider_adjustments": tuple(provider),
    }
    return Payment(**(given | fields))


class Books:
    """The office: what it knows of each claim, what it has written, which keys it has seen."""

    def __init__(self, *claims):
        self.claims = {item.claim_id: item for item in claims}
        self.orders = {}
        self.priors = {}
        self.keys = set()
        self.written = [
            charge(
                key=f"charge-{item.claim_id}",
                claim_id=item.claim_id,
                line_cents=[(one.number, one.charge_cents) for one in item.lines],
                effective_on=SERVED,
                payer_id=item.coverage.payer.payer_id,
                patient_id=item.patient.patient_id,
            )
            for item in claims
        ]

    def find(self, remitted, payment_):
        item = self.claims.get(remitted.claim_id)
        return (self.on_file(item),) if item else ()

    def has_posted(self, key):
        return key in self.keys

    def on_file(self, item):
        return ClaimOnFile(
            claim=item,
            order=self.orders.get(item.claim_id, CoverageOrder.PRIMARY),
            posted=tuple(self.priors.get(item.claim_id, ())),
            balance=self.balance(item.claim_id),
        )

    def take(self, payment_):
        proposal = propose(payment_, self, source=SourceRef("f" * 64, 0, "a.835"))
        for draft in proposal.transactions():
            assert draft.key not in self.keys, "a draft would be written twice"
            self.written.append(draft)
        for index in proposal.worked:
            posting, remitted = proposal.claims[index], payment_.claims[index]
            if posting.outcome is Outcome.POSTED and not posting.already_posted:
                self._remember(posting, remitted)
        self.keys.update((proposal.key, *proposal.new_keys()))
        return proposal

    def _remember(self, posting, remitted):
        priors = self.priors.setdefault(posting.claim_id, [])
        if posting.reversal:
            index = next(i for i, one in enumerate(priors) if one.key == posting.reverses_key)
            priors[index] = attrs.evolve(priors[index], reversed=True)
            return
        priors.append(
            PriorPosting(
                key=posting.key,
                payer_id=posting.payer_id,
                status=posting.status,
                charge_cents=remitted.charge_cents,
                paid_cents=posting.paid_cents,
                payer_claim_number=posting.payer_claim_number,
                transactions=tuple(
                    one for one in posting.transactions if one.kind is TransactionKind.REMITTANCE
                ),
            )
        )

    def patient_pays(self, claim_id, cents, key):
        item = self.claims[claim_id]
        due_cents = self.balance(claim_id).patient_cents
        self.written.append(
            patient_payment(
                key=key,
                cents=cents,
                patient_id=item.patient.patient_id,
                claim_id=claim_id,
                due_cents=due_cents,
                effective_on=PAID_ON,
            )
        )

    def balance(self, claim_id):
        return claim_balances(self.written)[claim_id]

    def trial(self):
        return trial_balance(self.written)


@pytest.fixture(scope="session")
def office():
    """The builders and the small office of this folder."""
    return SimpleNamespace(
        Books=Books,
        answer=answer,
        cas=cas,
        claim=claim,
        coverage=coverage,
        line=line,
        payment=payment,
        plb=plb,
        take_back=take_back,
    )
