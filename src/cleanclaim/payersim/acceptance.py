"""Whether a payer takes a claim in at all: what its 277CA says, before any thought of money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from cleanclaim.claims.acknowledgement import ClaimStatus, Verdict
from cleanclaim.claims.claim import AnyClaim, ProfessionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.payersim.plan import Plan, Plans, Requirement

_SUBSCRIBER = "IL"
_PAYER = "PR"

LACKING: dict[str, Callable[[AnyClaim, ServiceLine], bool]] = {
    "clia number": lambda claim, line: not claim.clia_number,
    "drug": lambda claim, line: line.drug is None,
    "ordering provider": lambda claim, line: line.ordering is None,
    "referring provider": lambda claim, line: line.referring is None and claim.referring is None,
    "authorization": lambda claim, line: not (claim.authorization_number or line.authorization_number),
    "accident": lambda claim, line: claim.accident is None,
    "property and casualty claim number": lambda claim, line: not claim.coverage.property_casualty_number,
    "initial treatment date": lambda claim, line: (
        isinstance(claim, ProfessionalClaim) and claim.initial_treatment_date is None
    ),
}
"""What a claim may lack, in the words a plan file uses."""


def claim_number(claim: AnyClaim, plan: Plan) -> str:
    """The payer's own number of a claim (ICN): the same for the same claim whenever it is asked."""
    plain = "".join(char for char in claim.claim_id.upper() if char.isalnum() and char.isascii())
    return f"{plan.payer_id[-3:]}{claim.first_service_date():%y%j}{plain}{claim.frequency.value}"


def accept(claim: AnyClaim, plans: Plans, on: dt.date) -> ClaimStatus:
    """The payer's answer for one claim: A1 or A2 accepted, A3 subscriber not found, A7 something missing."""
    plan = plans.get(claim.coverage.payer.payer_id)
    if plan is None:
        return _rejected(claim, on, "A3", "116", _PAYER, "the payer is not one we route to")
    if claim.coverage.subscriber.member_id not in plan.members:
        return _rejected(claim, on, "A3", "33", _SUBSCRIBER, "subscriber and subscriber id not found")
    if any(not line.units.is_finite() or line.units <= 0 for line in claim.lines):
        return _rejected(claim, on, "A7", "476", "", "the units of a line are not above zero")
    if any(line.charge_cents < 0 for line in claim.lines):
        return _rejected(claim, on, "A7", "178", "", "the charge of a line is below zero")
    missing = _missing(claim, plan)
    if missing is not None:
        return _rejected(claim, on, "A7", missing.status, missing.entity, missing.message)
    with_number = plan.accepts_with == "A2"
    return ClaimStatus(
        claim_id=claim.claim_id,
        verdict=Verdict.ACCEPTED,
        category=plan.accepts_with,
        status="20" if with_number else "19",
        entity=_PAYER,
        payer_claim_number=claim_number(claim, plan) if with_number else "",
        charge_cents=claim.charge_cents(),
        effective_on=on,
    )


def refuse_total(claim: AnyClaim, on: dt.date) -> ClaimStatus:
    """The answer to a claim whose total is not the sum of its lines."""
    return _rejected(claim, on, "A7", "178", "", "the total charge is not the sum of the lines")


def _missing(claim: AnyClaim, plan: Plan) -> Requirement | None:
    for requirement in plan.requirements:
        lacking = LACKING[requirement.lacks]
        for line in claim.lines:
            if (not requirement.codes or requirement.codes.holds(line.code)) and lacking(claim, line):
                return requirement
    return None


def _rejected(
    claim: AnyClaim, on: dt.date, category: str, status: str, entity: str, message: str
) -> ClaimStatus:
    return ClaimStatus(
        claim_id=claim.claim_id,
        verdict=Verdict.REJECTED,
        category=category,
        status=status,
        entity=entity,
        message=message,
        charge_cents=claim.charge_cents(),
        effective_on=on,
    )
