"""How an answer is written down: the echo of the claim, with what was paid and why not more."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.remittance import RemittedClaim, RemittedLine
from cleanclaim.kernel.money import Cents
from cleanclaim.payersim.plan import Plan, Refusal

_PRIMARY, _PRIMARY_FORWARDED = "1", "19"
_FORWARDED_REMARK = "MA18"


def remitted_line(
    line: ServiceLine,
    paid_cents: Cents,
    adjustments: tuple[Adjustment, ...],
    *,
    allowed_cents: Cents | None,
    remarks: tuple[str, ...] = (),
    units: Decimal | None = None,
) -> RemittedLine:
    """One service payment that echoes the line; ``units`` are the paid ones when fewer than billed."""
    return RemittedLine(
        charge_cents=line.charge_cents,
        paid_cents=paid_cents,
        code=line.code,
        modifiers=line.modifiers,
        revenue_code=line.revenue_code,
        units=line.units if units is None else units,
        service_date=line.service_date,
        service_date_to=line.service_date_to,
        control_number=line.control_number,
        allowed_cents=allowed_cents,
        adjustments=tuple(item for item in adjustments if item.cents),
        remarks=remarks,
    )


def refused_line(line: ServiceLine, refusal: Refusal) -> RemittedLine:
    """A line refused whole."""
    adjustment = Adjustment(refusal.group, refusal.reason, line.charge_cents)
    return remitted_line(line, 0, (adjustment,), allowed_cents=0, remarks=refusal.remarks)


def remitted_claim(
    claim: AnyClaim,
    plan: Plan,
    number: str,
    received_on: dt.date,
    *,
    lines: tuple[RemittedLine, ...] = (),
    adjustments: tuple[Adjustment, ...] = (),
    paid_cents: Cents | None = None,
    remarks: tuple[str, ...] = (),
    status: str = "",
    drg: str = "",
) -> RemittedClaim:
    """One claim payment; what was paid is the sum of the lines unless it is given."""
    paid = sum(line.paid_cents for line in lines) if paid_cents is None else paid_cents
    everything = (*adjustments, *(item for line in lines for item in line.adjustments))
    forwarded = not status and bool(plan.crossover_payer_id)
    hospital = isinstance(claim, InstitutionalClaim)
    facility = (
        claim.type_of_bill.lstrip("0")[:2]
        if isinstance(claim, InstitutionalClaim)
        else claim.place_of_service
    )
    return RemittedClaim(
        claim_id=claim.claim_id,
        status=status or (_PRIMARY_FORWARDED if forwarded else _PRIMARY),
        charge_cents=claim.charge_cents(),
        paid_cents=paid,
        patient_responsibility_cents=sum(item.cents for item in everything if item.group == "PR"),
        filing_indicator=(hospital and plan.hospital_filing_indicator) or plan.filing_indicator,
        payer_claim_number=number,
        facility_code=facility,
        frequency=claim.frequency.value,
        drg=drg,
        adjustments=tuple(item for item in adjustments if item.cents),
        lines=lines,
        remarks=(*remarks, _FORWARDED_REMARK) if forwarded else remarks,
        patient_last_name=claim.patient.name.last,
        patient_first_name=claim.patient.name.first,
        member_id=claim.coverage.subscriber.member_id,
        crossover_payer=plan.crossover_payer_name if forwarded else "",
        crossover_payer_id=plan.crossover_payer_id if forwarded else "",
        statement_from=claim.first_service_date(),
        statement_to=claim.last_service_date(),
        received_on=received_on,
    )
