"""The pretend payer judges a claim: refuse, allow, share, pay; every line in balance.

Written apart from `cleanclaim.pricing` on purpose: what a contract expects is tested against what is paid.
"""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from attrs import frozen

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import AnyClaim, Frequency, InstitutionalClaim
from cleanclaim.claims.coverage import CoverageOrder
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.remittance import RemittedClaim, RemittedLine
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.money import Cents
from cleanclaim.payersim.acceptance import claim_number
from cleanclaim.payersim.after_primary import judge_after_primary
from cleanclaim.payersim.denial_rules import first_denial
from cleanclaim.payersim.plan import Member, Plan, Refusal
from cleanclaim.payersim.shares import Meter
from cleanclaim.payersim.written import refused_line, remitted_claim, remitted_line

_LATE = Refusal("CO", "29", ("N211",))
_NOTHING_TO_VOID = Refusal("CO", "129")
_DUPLICATE = Refusal("CO", "18", ("N522",))
_SEQUESTRATION = "253"
_CONTRACTUAL = "45"
_ABOVE_CHARGE = "94"


@frozen
class _Ruling:
    """What is left of a line once refusals are taken off."""

    charge_cents: Cents
    units: Decimal
    refused: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()


def judge(claim: AnyClaim, plan: Plan, received_on: dt.date) -> RemittedClaim:
    """The payer's whole answer for one claim it has taken in.

    Raises:
        Refused: the claim goes to another payer or its member is unknown here (it should have been rejected),
            or a line has units or a charge that no payer can judge.
    """
    member = _member(claim, plan)
    number = claim_number(claim, plan)
    if claim.frequency is Frequency.VOID:
        lines = tuple(refused_line(line, _NOTHING_TO_VOID) for line in claim.lines)
        return remitted_claim(claim, plan, number, received_on, lines=lines)
    if not member.coverage.contains(claim.first_service_date()):
        lines = tuple(refused_line(line, plan.not_covered_then) for line in claim.lines)
        return remitted_claim(claim, plan, number, received_on, lines=lines, status="4")
    if plan.filing_days is not None and (received_on - claim.last_service_date()).days > plan.filing_days:
        lines = tuple(refused_line(line, _LATE) for line in claim.lines)
        return remitted_claim(claim, plan, number, received_on, lines=lines)
    if claim.coverage.order is not CoverageOrder.PRIMARY:
        return judge_after_primary(claim, plan, number, received_on)
    if isinstance(claim, InstitutionalClaim) and claim.is_inpatient():
        return _judge_stay(claim, plan, member, number, received_on)
    meter = Meter(member, claim.lines)
    lines = tuple(_judge_line(line, claim, plan, meter) for line in claim.lines)
    return remitted_claim(claim, plan, number, received_on, lines=lines)


def judge_duplicate(claim: AnyClaim, plan: Plan, received_on: dt.date) -> RemittedClaim:
    """The answer to a claim that came a second time."""
    lines = tuple(refused_line(line, _DUPLICATE) for line in claim.lines)
    return remitted_claim(claim, plan, f"{claim_number(claim, plan)}D", received_on, lines=lines)


def _member(claim: AnyClaim, plan: Plan) -> Member:
    if claim.coverage.payer.payer_id != plan.payer_id:
        raise Refused("the claim goes to another payer", where=plan.payer_id)
    for line in claim.lines:
        if not line.units.is_finite() or line.units <= 0 or line.charge_cents < 0:
            raise Refused("units must be above zero and the charge not below", where=f"line {line.number}")
    member = plan.members.get(claim.coverage.subscriber.member_id)
    if member is None:
        raise Refused("the member is not known", where=plan.payer_id, why="the 277CA rejects such a claim")
    return member


def _judge_line(line: ServiceLine, claim: AnyClaim, plan: Plan, meter: Meter) -> RemittedLine:
    ruling = _rule(line, claim, plan)
    if not ruling.charge_cents and ruling.refused:
        return remitted_line(line, 0, ruling.refused, allowed_cents=0, remarks=ruling.remarks)
    fee = _fee(line, claim, plan, ruling.units)
    if fee is None:
        if isinstance(plan.unlisted, Refusal):
            return refused_line(line, plan.unlisted)
        fee = (ruling.charge_cents * plan.unlisted + 5_000) // 10_000
    allowed = min(fee, ruling.charge_cents)
    reductions = ruling.refused
    if ruling.charge_cents > allowed:
        reductions += (Adjustment("CO", _CONTRACTUAL, ruling.charge_cents - allowed),)
    shares = meter.charge_line(line, allowed)
    due = allowed - sum(item.cents for item in shares)
    held = _sequestered(due, plan)
    return remitted_line(
        line,
        due - sum(item.cents for item in held),
        (*reductions, *held, *shares),
        allowed_cents=allowed,
        remarks=ruling.remarks,
        units=ruling.units,
    )


def _rule(line: ServiceLine, claim: AnyClaim, plan: Plan) -> _Ruling:
    rule = first_denial(line, claim, plan)
    if rule is None:
        return _Ruling(line.charge_cents, line.units)
    refusal = rule.refusal
    if rule.units_over is None:
        whole = Adjustment(refusal.group, refusal.reason, line.charge_cents)
        return _Ruling(0, line.units, (whole,), refusal.remarks)
    excess = line.units - rule.units_over
    cents = _rounded(Decimal(line.charge_cents) * excess / line.units)
    part = Adjustment(refusal.group, refusal.reason, cents, excess)
    return _Ruling(line.charge_cents - cents, Decimal(rule.units_over), (part,), refusal.remarks)


def _fee(line: ServiceLine, claim: AnyClaim, plan: Plan, units: Decimal) -> Cents | None:
    table = plan.hospital_fees if isinstance(claim, InstitutionalClaim) else plan.fees
    keys = [f"{line.code}-{modifier}" for modifier in line.modifiers] + [line.code, line.revenue_code]
    for key in keys:
        if key in table:
            return _rounded(table[key] * units)
    return None


def _judge_stay(
    claim: InstitutionalClaim, plan: Plan, member: Member, number: str, received_on: dt.date
) -> RemittedClaim:
    refusals = [rule for line in claim.lines if (rule := first_denial(line, claim, plan)) is not None]
    charge = claim.charge_cents()
    drg = claim.drg or plan.drg_of_diagnosis.get(claim.principal_diagnosis.code, "")
    refusal = refusals[0].refusal if refusals else None
    if refusal is None and drg not in plan.stay_rates:
        refusal = plan.unlisted if isinstance(plan.unlisted, Refusal) else Refusal("CO", "16", ("M76",))
    if refusal is not None:
        whole = (Adjustment(refusal.group, refusal.reason, charge),)
        return remitted_claim(
            claim, plan, number, received_on, adjustments=whole, remarks=refusal.remarks, drg=drg
        )
    allowed = plan.stay_rates[drg]
    adjustments: tuple[Adjustment, ...] = ()
    if charge > allowed:
        adjustments = (Adjustment("CO", _CONTRACTUAL, charge - allowed),)
    elif charge < allowed:
        adjustments = (Adjustment("CO", _ABOVE_CHARGE, charge - allowed),)
    shares = Meter(member, claim.lines).charge_stay(allowed)
    due = allowed - sum(item.cents for item in shares)
    held = _sequestered(due, plan)
    paid = due - sum(item.cents for item in held)
    return remitted_claim(
        claim,
        plan,
        number,
        received_on,
        adjustments=(*adjustments, *held, *shares),
        paid_cents=paid,
        drg=drg,
    )


def _sequestered(due_cents: Cents, plan: Plan) -> tuple[Adjustment, ...]:
    cents = (due_cents * plan.sequestration_basis_points + 5_000) // 10_000
    return (Adjustment("CO", _SEQUESTRATION, cents),) if cents else ()


def _rounded(cents: Decimal) -> Cents:
    return int(cents.quantize(Decimal(1), rounding=ROUND_HALF_UP))
