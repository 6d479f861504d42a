"""A remittance told in words: what was paid, what was taken off and why, claim by claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.claims.unread import Unread
from cleanclaim.kernel.money import format_usd


def payment_told(payment: Payment) -> Iterator[str | Unread]:
    """A payment and its claims, a line per fact."""
    yield (
        f"  Payment {payment.trace} of {format_usd(payment.payment_cents)} by {payment.payer_name} "
        f"to {payment.payee_name}, {payment.method} on {payment.effective_on}"
    )
    for claim in payment.claims:
        yield from (claim.unread,) if claim.unread is not None else _remitted(claim)
    for item in payment.provider_adjustments:
        reference = f" ({item.reference})" if item.reference else ""
        yield f"    provider adjustment {item.reason}{reference}: {format_usd(-item.cents)}"
    difference = payment.difference_cents()
    if difference:
        yield f"    the payment is out of balance by {format_usd(difference)}"
    for text in payment.carried:
        yield f"    also there: {text}"


def _remitted(claim: RemittedClaim) -> Iterator[str]:
    word = "reversed" if claim.is_reversal() else f"status {claim.status}"
    yield (
        f"    Claim {claim.claim_id} ({word}): charged {format_usd(claim.charge_cents)}, "
        f"paid {format_usd(claim.paid_cents)}{_adjusted(claim.adjustments)}"
    )
    for line in claim.lines:
        code = line.code or line.revenue_code
        yield (
            f"      {code}: charged {format_usd(line.charge_cents)}, "
            f"paid {format_usd(line.paid_cents)}{_adjusted(line.adjustments)}"
        )


def _adjusted(adjustments: Sequence[Adjustment]) -> str:
    return "".join(f", {item.group} {item.reason} {format_usd(item.cents)}" for item in adjustments)
