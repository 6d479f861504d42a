"""SNIP type 3: do the sums agree? Claims with their lines and other payers, payments with everything in them.

Pure functions over records that were read. The formulas are those of the guides and the X12 requests for
interpretation 1115, 1294 and 689.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.coordination import OtherPayer
from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.kernel.money import Cents, format_cents
from cleanclaim.x12.claims_837.read_837 import ClaimInFile
from cleanclaim.x12.judging.finding import X12Finding


def check_claim_balance(read: ClaimInFile) -> tuple[X12Finding, ...]:
    """What does not add up in one claim of an 837; empty when it balances."""
    return tuple(_claim_findings(read))


def check_payment_balance(payment: Payment) -> tuple[X12Finding, ...]:
    """What does not add up in one payment of an 835; empty when it balances to the cent."""
    found = [finding for claim in payment.claims for finding in _remitted_findings(claim, payment)]
    difference = payment.difference_cents()
    if difference:
        found.append(
            _finding(
                "PAYMENT-BALANCE",
                f"claims less provider adjustments differ from the payment by {format_cents(difference)}",
                "BPR02",
                transaction=payment.control_number,
            )
        )
    return tuple(found)


def _claim_findings(read: ClaimInFile) -> Iterator[X12Finding]:
    claim, segment = read.claim, read.segments[0]
    difference = read.charge_cents - claim.charge_cents()
    if difference:
        yield _finding(
            "CLAIM-TOTAL",
            f"the claim's total differs from the sum of its lines by {format_cents(difference)}",
            "CLM02",
            claim=claim.claim_id,
            segment=segment,
            transaction=read.transaction_control_number,
        )
    for other in claim.other_payers:
        for code, element, wrong in _other_payer_faults(claim, other, read.charge_cents):
            yield _finding(
                code,
                f"payer {other.coverage.payer.payer_id}: {wrong}",
                element,
                claim=claim.claim_id,
                segment=segment,
                transaction=read.transaction_control_number,
            )


def _other_payer_faults(
    claim: AnyClaim, other: OtherPayer, charge_cents: Cents
) -> Iterator[tuple[str, str, str]]:
    if other.paid_cents is None:
        return
    at_claim = _sum(other.adjustments)
    at_lines = sum(_sum(answer.adjustments) for answer in other.lines)
    difference = charge_cents - other.paid_cents - at_claim - at_lines
    if difference:
        yield "COB-CLAIM", "AMT02", f"paid and adjusted differ from the charge by {format_cents(difference)}"
    if not other.lines:
        return
    paid = sum(answer.paid_cents for answer in other.lines)
    difference = other.paid_cents - (paid - at_claim)
    if difference:
        yield "COB-PAID", "AMT02", f"paid differs from its lines by {format_cents(difference)}"
    charges = {line.number: line.charge_cents for line in claim.lines}
    for number in dict.fromkeys(answer.line_number for answer in other.lines):
        answers = [answer for answer in other.lines if answer.line_number == number]
        told = sum(answer.paid_cents + _sum(answer.adjustments) for answer in answers)
        difference = charges[number] - told
        if difference:
            yield "COB-LINE", "SVD02", f"line {number} differs from its charge by {format_cents(difference)}"


def _remitted_findings(claim: RemittedClaim, payment: Payment) -> Iterator[X12Finding]:
    faults: list[tuple[str, str, str]] = []
    if claim.difference_cents():
        wrong = (
            f"charge less adjustments differs from the payment by {format_cents(claim.difference_cents())}"
        )
        faults.append(("REMITTED-CLAIM", "CLP04", wrong))
    charges = sum(line.charge_cents for line in claim.lines)
    if claim.lines and charges != claim.charge_cents:
        wrong = f"the charge differs from its lines by {format_cents(claim.charge_cents - charges)}"
        faults.append(("REMITTED-CHARGE", "CLP03", wrong))
    for place, line in enumerate(claim.lines, 1):
        if line.difference_cents():
            wrong = (
                f"line {place}: charge less adjustments differs by {format_cents(line.difference_cents())}"
            )
            faults.append(("REMITTED-LINE", "SVC03", wrong))
    for code, element, wrong in faults:
        yield _finding(
            code,
            wrong,
            element,
            claim=claim.claim_id,
            segment=claim.segment_ordinal,
            transaction=payment.control_number,
        )


def _sum(adjustments: Iterable[Adjustment]) -> Cents:
    return sum(item.cents for item in adjustments)


def _finding(
    code: str, message: str, element: str, *, claim: str = "", segment: int = 0, transaction: str = ""
) -> X12Finding:
    return X12Finding(
        snip=3,
        severity="error",
        code=code,
        message=message,
        fix="correct the amounts so that they add up",
        element=element,
        claim=claim,
        segment=segment,
        transaction=transaction,
    )
