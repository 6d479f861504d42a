"""COB-BALANCE: what an earlier payer paid and adjusted makes the charge, to the cent."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.coordination import OtherPayer
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.money import format_usd

EDIT = Edit(
    "COB-BALANCE",
    "For each payer that answered, charge = paid + adjustments, on the claim and on every line.",
    Citation("ASC X12 requests for interpretation", "1115, 1294", "coordination of benefits balancing"),
)


@EDIT.per_claim
def cob_balance(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Prove the sums of every earlier payer, and that every earlier payer answered."""
    for other in claim.other_payers:
        name = other.coverage.payer.payer_id
        if other.paid_cents is None:
            if other.coverage.order.rank() < claim.coverage.order.rank():
                yield EDIT.reject(
                    claim,
                    f"payer {name} comes before this one, and its answer is not on the claim",
                    "Wait for that payer's remittance, or enter what it paid and adjusted.",
                    field=box(claim, "29", "54"),
                )
            continue
        yield from _claim_level(claim, other, name)
        yield from _lines(claim, other, name)


def _claim_level(claim: AnyClaim, other: OtherPayer, name: str) -> Iterator[Said]:
    assert other.paid_cents is not None
    adjusted = sum(item.cents for item in other.adjustments)
    by_line = sum(item.cents for line in other.lines for item in line.adjustments)
    difference = claim.charge_cents() - other.paid_cents - adjusted - by_line
    if difference:
        yield EDIT.reject(
            claim,
            f"payer {name} paid {format_usd(other.paid_cents)} and adjusted "
            f"{format_usd(adjusted + by_line)} of "
            f"{format_usd(claim.charge_cents())}: {format_usd(difference)} is not explained",
            "Enter paid amount and adjustments as the remittance gives them; they make the charge to the "
            "cent.",
            field=box(claim, "29", "54"),
        )
    if other.lines:
        paid_by_line = sum(line.paid_cents for line in other.lines)
        if other.paid_cents != paid_by_line - adjusted:
            yield EDIT.reject(
                claim,
                f"payer {name} paid {format_usd(other.paid_cents)}, but its lines less its claim "
                "adjustments make "
                f"{format_usd(paid_by_line - adjusted)}",
                "Enter every line of the remittance, and an adjustment on the claim or on the line, not "
                "on both.",
                field=box(claim, "29", "54"),
            )


def _lines(claim: AnyClaim, other: OtherPayer, name: str) -> Iterator[Said]:
    charges = {line.number: line.charge_cents for line in claim.lines}
    answered: dict[int, int] = {}
    for line in other.lines:
        made = line.paid_cents + sum(item.cents for item in line.adjustments)
        answered[line.line_number] = answered.get(line.line_number, 0) + made
    for number, made in answered.items():
        charge = charges.get(number)
        if charge is None:
            yield EDIT.reject(
                claim,
                f"payer {name} answered line {number}, which the claim does not have",
                "Match the remittance to the lines of this claim.",
                field=box(claim, "24F", "47"),
            )
        elif made != charge:
            yield EDIT.reject(
                claim,
                f"payer {name} paid and adjusted {format_usd(made)} of the line's {format_usd(charge)}",
                "Enter paid amount and adjustments of this line as the remittance gives them.",
                line=number,
                field=box(claim, "24F", "47"),
            )
