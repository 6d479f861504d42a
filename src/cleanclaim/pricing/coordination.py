"""What a later payer owes: the patient's part that the earlier payer left, as far as it takes it over."""

from __future__ import annotations

from cleanclaim.claims.adjustment import Adjustment, AdjustmentGroup
from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.claims.line import ServiceLine
from cleanclaim.kernel.because import Because
from cleanclaim.kernel.money import format_cents
from cleanclaim.pricing.contract import Contract, CoordinationRule, Terms
from cleanclaim.pricing.priced import PricedLine


def coordinated_lines(claim: AnyClaim, contract: Contract, terms: Terms) -> tuple[PricedLine, ...]:
    """Each line by what the last payer that answered left to the patient on it."""
    rule = terms.coordination
    assert rule is not None
    answered = [other for other in claim.other_payers if other.adjudicated_on is not None]
    return tuple(
        _line(line, answered[-1] if answered else None, contract, terms, rule) for line in claim.lines
    )


def _line(
    line: ServiceLine,
    other: OtherPayer | None,
    contract: Contract,
    terms: Terms,
    rule: CoordinationRule,
) -> PricedLine:
    answer = _answer(other, line.number)
    if other is None or answer is None:
        reason = "not priced: no earlier payer has answered for this line"
        return PricedLine(line.number, line.charge_cents, None, because=(Because(reason),))
    difference = line.charge_cents - answer.paid_cents - sum(item.cents for item in answer.adjustments)
    if difference:
        reason = f"not priced: the earlier payer's answer is out of balance by {format_cents(difference)}"
        return PricedLine(line.number, line.charge_cents, None, because=(Because(reason),))
    left = [item for item in answer.adjustments if item.group == AdjustmentGroup.PATIENT]
    kept = {reason: _sum(left, reason) for reason in ("1", "2", "3") if reason not in rule.pays_reasons}
    allowed = sum(item.cents for item in left)
    payer = sum(item.cents for item in left if item.reason in rule.pays_reasons)
    text = (
        f"{other.coverage.payer.name} left {format_cents(allowed)} to the patient, "
        f"{format_cents(payer)} of it is taken over"
    )
    return PricedLine(
        line.number,
        line.charge_cents,
        allowed,
        deductible_cents=kept.get("1", 0),
        coinsurance_cents=kept.get("2", 0),
        copay_cents=kept.get("3", 0),
        other_patient_cents=allowed - payer - sum(kept.values()),
        payer_cents=payer,
        contractual_cents=0,
        other_payer_cents=line.charge_cents - allowed,
        because=(Because(text, contract.cite(terms, rule.where), (("line", str(line.number)),)),),
    )


def _answer(other: OtherPayer | None, line_number: int) -> LineAdjudication | None:
    return next((each for each in other.lines if each.line_number == line_number), None) if other else None


def _sum(adjustments: list[Adjustment], reason: str) -> int:
    return sum(item.cents for item in adjustments if item.reason == reason)
