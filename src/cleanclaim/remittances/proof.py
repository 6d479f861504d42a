"""The balance proof of a payment: at the line, at the claim, at the payment."""

from __future__ import annotations

from attrs import frozen

from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.kernel.money import Cents, format_cents


@frozen
class BalanceFault:
    """A sum that does not come out.

    ``code`` is PAYMENT-NOT-BALANCED, CLAIM-NOT-BALANCED, LINE-NOT-BALANCED or LINES-DIFFER (the lines do
    not sum to the claim); ``claim_index`` and ``line_index`` count from 0, None above that level.
    """

    code: str
    message: str
    difference_cents: Cents
    claim_index: int | None = None
    line_index: int | None = None


def prove(payment: Payment) -> tuple[BalanceFault, ...]:
    """Every sum of a payment that does not come out; empty when it balances at all three levels.

    Payment: BPR02 = sum of CLP04 - sum of PLB. Claim: CLP04 = CLP03 - all CAS; where lines are present
    their charges sum to CLP03 and their payments, less what is adjusted at the claim, to CLP04. Line:
    SVC03 = SVC02 - CAS. CLP05 takes no part (X12 RFI 1294, 689).
    """
    faults: list[BalanceFault] = []
    difference = payment.difference_cents()
    if difference:
        faults.append(
            BalanceFault(
                "PAYMENT-NOT-BALANCED",
                f"Claims less provider adjustments differ from the payment by {format_cents(difference)}.",
                difference,
            )
        )
    for index, remitted in enumerate(payment.claims):
        faults += prove_claim(remitted, index)
    return tuple(faults)


def prove_claim(remitted: RemittedClaim, claim_index: int | None = None) -> tuple[BalanceFault, ...]:
    """The faults of one claim payment and of its lines."""
    faults = []
    difference = remitted.difference_cents()
    if difference:
        faults.append(
            BalanceFault(
                "CLAIM-NOT-BALANCED",
                f"Charge less adjustments differs from the claim's payment by {format_cents(difference)}.",
                difference,
                claim_index,
            )
        )
    for line_index, line in enumerate(remitted.lines):
        if line.difference_cents():
            faults.append(
                BalanceFault(
                    "LINE-NOT-BALANCED",
                    f"Charge less adjustments of remitted line {line_index + 1} differs from its payment by "
                    f"{format_cents(line.difference_cents())}.",
                    line.difference_cents(),
                    claim_index,
                    line_index,
                )
            )
    return (*faults, *_lines_against_claim(remitted, claim_index))


def _lines_against_claim(remitted: RemittedClaim, claim_index: int | None) -> tuple[BalanceFault, ...]:
    if not remitted.lines:
        return ()
    difference = remitted.charge_cents - sum(line.charge_cents for line in remitted.lines)
    if not difference:
        return ()
    message = f"The lines' charges differ from the claim's charge by {format_cents(difference)}."
    return (BalanceFault("LINES-DIFFER", message, difference, claim_index),)
