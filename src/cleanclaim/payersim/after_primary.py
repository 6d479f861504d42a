"""The pretend payer that comes second: it reads what the first one did and takes over the patient's part."""

from __future__ import annotations

import datetime as dt

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.claims.coverage import CoverageOrder
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.remittance import RemittedClaim, RemittedLine
from cleanclaim.kernel.money import Cents
from cleanclaim.payersim.plan import Plan, Refusal
from cleanclaim.payersim.written import refused_line, remitted_claim, remitted_line

_NO_PRIMARY_ANSWER = Refusal("CO", "22", ("MA04",))
# CLP02 knows three places: whoever comes after the second answers as the third.
_STATUS = {CoverageOrder.SECONDARY: "2"}
_LATER = "3"
_EARLIER_PAYER = ("OA", "23")


def judge_after_primary(claim: AnyClaim, plan: Plan, number: str, received_on: dt.date) -> RemittedClaim:
    """The answer of a later payer: OA 23 for what the earlier one settled, the rest by `Plan.takes_over`."""
    status = _STATUS.get(claim.coverage.order, _LATER)
    answered = [other for other in claim.other_payers if other.paid_cents is not None]
    if not answered or not plan.takes_over:
        lines = tuple(refused_line(line, _NO_PRIMARY_ANSWER) for line in claim.lines)
        return remitted_claim(claim, plan, number, received_on, lines=lines, status=status)
    earlier = answered[-1]
    if not earlier.lines:
        paid, adjustments = _settle(claim.charge_cents(), earlier.adjustments, plan)
        return remitted_claim(
            claim, plan, number, received_on, adjustments=adjustments, paid_cents=paid, status=status
        )
    lines = tuple(_line(line, earlier, plan) for line in claim.lines)
    return remitted_claim(claim, plan, number, received_on, lines=lines, status=status)


def _line(line: ServiceLine, earlier: OtherPayer, plan: Plan) -> RemittedLine:
    answer: LineAdjudication | None = next(
        (each for each in earlier.lines if each.line_number == line.number), None
    )
    if answer is None or line.charge_cents != answer.paid_cents + sum(
        item.cents for item in answer.adjustments
    ):
        return refused_line(line, _NO_PRIMARY_ANSWER)
    paid, adjustments = _settle(line.charge_cents, answer.adjustments, plan)
    left = sum(item.cents for item in answer.adjustments if item.group == "PR")
    return remitted_line(line, paid, adjustments, allowed_cents=left)


def _settle(
    charge_cents: Cents, earlier: tuple[Adjustment, ...], plan: Plan
) -> tuple[Cents, tuple[Adjustment, ...]]:
    left = [item for item in earlier if item.group == "PR"]
    paid = sum(item.cents for item in left if item.reason in plan.takes_over)
    settled = charge_cents - sum(item.cents for item in left)
    kept = tuple(item for item in left if item.reason not in plan.takes_over)
    return paid, (Adjustment(*_EARLIER_PAYER, settled), *kept)
