"""Judged claims become payments: one per payer and payee, balanced, never below zero."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from attrs import frozen

from cleanclaim.claims.claim import AnyClaim, Frequency
from cleanclaim.claims.remittance import Payment, ProviderAdjustment, RemittedClaim
from cleanclaim.payersim.acceptance import accept, claim_number
from cleanclaim.payersim.faults import NO_FAULTS, Faults, split_claims, spoil_claim, spoil_payment
from cleanclaim.payersim.judge import judge, judge_duplicate
from cleanclaim.payersim.numbers import Numbers
from cleanclaim.payersim.plan import Plan, Plans
from cleanclaim.payersim.reversal import corrected_claim, reversed_claim

_FORWARD_BALANCE = "FB"


@frozen
class Payee:
    """Who is paid."""

    npi: str
    name: str


def adjudicate_claims(
    claims: Sequence[AnyClaim],
    plans: Plans,
    *,
    on: dt.date,
    numbers: Numbers,
    faults: Faults = NO_FAULTS,
    received_on: dt.date | None = None,
    earlier: Sequence[RemittedClaim] = (),
) -> tuple[Payment, ...]:
    """Payments for the claims that were taken in, payer by payer and payee by payee in order of appearance.

    Claims that the payer would have rejected have no place in a remittance and are left out. ``received_on``
    is the day the claims came in, ``on`` when it is not told. A claim that comes twice is refused as a
    duplicate the second time. A replacement or a void first reverses the claim of ``earlier`` whose payer
    claim number it names.
    """
    received = received_on or on
    seen: set[tuple[str, str]] = set()
    judged: dict[tuple[str, Payee], list[RemittedClaim]] = {}
    for claim in claims:
        if accept(claim, plans, received).category not in ("A1", "A2"):
            continue
        plan = plans[claim.coverage.payer.payer_id]
        key = (plan.payer_id, claim_number(claim, plan))
        answers = _answers(claim, plan, received, earlier, once_more=key in seen)
        seen.add(key)
        payee = Payee(claim.billing.npi, claim.billing.shown())
        judged.setdefault((plan.payer_id, payee), []).extend(spoil_claim(item, faults) for item in answers)
    payments: list[Payment] = []
    for (payer_id, payee), answers in sorted(judged.items(), key=lambda item: item[0][0]):
        parts = split_claims(answers) if faults.split_payment else (tuple(answers),)
        payments += [
            payment_of(part, plans[payer_id], payee, on=on, trace=numbers.trace(payer_id, on))
            for part in parts
            if part
        ]
    if payments:
        payments[0] = spoil_payment(payments[0], faults)
    return tuple(payments)


def _answers(
    claim: AnyClaim, plan: Plan, received_on: dt.date, earlier: Sequence[RemittedClaim], *, once_more: bool
) -> list[RemittedClaim]:
    if once_more:
        return [judge_duplicate(claim, plan, received_on)]
    if claim.frequency is Frequency.ORIGINAL:
        return [judge(claim, plan, received_on)]
    number = claim.payer_claim_number
    before = [item for item in earlier if number and item.payer_claim_number == number]
    if not before or before[-1].is_reversal():
        return [judge(claim, plan, received_on)]
    reversal = reversed_claim(before[-1])
    return [reversal] if claim.frequency is Frequency.VOID else [reversal, judge(claim, plan, received_on)]


def payment_of(
    claims: tuple[RemittedClaim, ...], plan: Plan, payee: Payee, *, on: dt.date, trace: str
) -> Payment:
    """One payment of these claims; what would be negative is carried forward (PLB FB) and nothing is paid."""
    total = sum(claim.paid_cents for claim in claims)
    forward: tuple[ProviderAdjustment, ...] = ()
    if total < 0:
        reference = next(claim.payer_claim_number for claim in claims if claim.paid_cents < 0)
        year_end = on.replace(month=12, day=31)
        forward = (ProviderAdjustment(payee.npi, year_end, _FORWARD_BALANCE, reference, total),)
        total = 0
    return Payment(
        trace=trace,
        payer_name=plan.name,
        payer_id=plan.payer_id,
        payment_cents=total,
        method="ACH" if total else "NON",
        effective_on=on,
        payee_npi=payee.npi,
        payee_name=payee.name,
        payer_tax_id=f"1{plan.tax_id}",
        production_on=on,
        claims=claims,
        provider_adjustments=forward,
    )


def taken_back(
    plans: Plans, paid: Sequence[Payment], *, on: dt.date, numbers: Numbers
) -> tuple[Payment, ...]:
    """The payments in which payers take back, by their scripts, what they paid in ``paid``.

    Each claim comes twice: the reversal (status 22, all money negated), then the correction.
    """
    payments = []
    for earlier in paid:
        plan = plans.get(earlier.payer_id)
        if plan is None:
            continue
        claims: list[RemittedClaim] = []
        for script in plan.take_backs:
            for claim in earlier.claims:
                if claim.claim_id == script.claim_id and not claim.is_reversal():
                    claims += [reversed_claim(claim), corrected_claim(claim, script)]
        if claims:
            payee = Payee(earlier.payee_npi, earlier.payee_name)
            trace = numbers.trace(plan.payer_id, on)
            payments.append(payment_of(tuple(claims), plan, payee, on=on, trace=trace))
    return tuple(payments)
