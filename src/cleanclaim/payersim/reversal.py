"""A payment taken back: the reversal that undoes a claim, and the correction in its place."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.remittance import RemittedClaim, RemittedLine
from cleanclaim.payersim.plan import ScriptedTakeBack

_REVERSAL = "22"


def reversed_claim(claim: RemittedClaim) -> RemittedClaim:
    """The claim payment with every amount negated and CLP02 of 22; units of the lines stay as they were."""
    return evolve(
        claim,
        status=_REVERSAL,
        charge_cents=-claim.charge_cents,
        paid_cents=-claim.paid_cents,
        patient_responsibility_cents=-claim.patient_responsibility_cents,
        interest_cents=-claim.interest_cents,
        adjustments=_negated(claim.adjustments),
        lines=tuple(_reversed_line(line) for line in claim.lines),
        segment_ordinal=0,
    )


def corrected_claim(claim: RemittedClaim, script: ScriptedTakeBack) -> RemittedClaim:
    """The claim payment once more, with the scripted lines refused, under a number of its own."""
    refusal = script.refusal
    lines = tuple(
        evolve(
            line,
            paid_cents=0,
            allowed_cents=0,
            adjustments=(Adjustment(refusal.group, refusal.reason, line.charge_cents),),
            remarks=refusal.remarks,
        )
        if script.codes.holds(line.code)
        else line
        for line in claim.lines
    )
    items = (*claim.adjustments, *(item for line in lines for item in line.adjustments))
    return evolve(
        claim,
        payer_claim_number=f"{claim.payer_claim_number}C",
        paid_cents=claim.charge_cents - sum(item.cents for item in items),
        patient_responsibility_cents=sum(item.cents for item in items if item.group == "PR"),
        lines=lines,
        segment_ordinal=0,
    )


def _reversed_line(line: RemittedLine) -> RemittedLine:
    return evolve(
        line,
        charge_cents=-line.charge_cents,
        paid_cents=-line.paid_cents,
        allowed_cents=None if line.allowed_cents is None else -line.allowed_cents,
        adjustments=_negated(line.adjustments),
    )


def _negated(adjustments: tuple[Adjustment, ...]) -> tuple[Adjustment, ...]:
    return tuple(
        evolve(item, cents=-item.cents, quantity=None if item.quantity is None else -item.quantity)
        for item in adjustments
    )
