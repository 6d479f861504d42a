"""Provider adjustments (PLB): money of a payment that belongs to no claim in it, each to its own account."""

from __future__ import annotations

from cleanclaim.claims.remittance import Payment, ProviderAdjustment
from cleanclaim.kernel.because import Because, Citation
from cleanclaim.kernel.money import format_cents
from cleanclaim.ledger import Account, Entry, SourceRef, Transaction, TransactionKind
from cleanclaim.remittances.proposal import PostingException, ProviderAdjustmentPosting

_ACCOUNTS = {
    "WO": Account.RECOUPMENT,
    "FB": Account.FORWARDING_BALANCE,
    "L6": Account.INTEREST,
    "72": Account.PAYER_REFUND,
}
_CITATION = Citation("X12 005010X221A1", "835", "PLB; amounts above zero lower the payment")


def provider_adjustment(
    payment: Payment, item: ProviderAdjustment, key: str, *, seen: bool, source: SourceRef
) -> ProviderAdjustmentPosting:
    """Post one PLB item against clearing; a recovery and any other reason also ask for a person's look."""
    account = _ACCOUNTS.get(item.reason, Account.PROVIDER_ADJUSTMENT)
    because = (
        Because(
            f"Provider adjustment {item.reason} of {format_cents(item.cents)}",
            _CITATION,
            (("reason", item.reason), ("reference", item.reference)),
        ),
    )
    transaction = None
    if item.cents and not seen:
        transaction = Transaction(
            key=key,
            kind=TransactionKind.PROVIDER_ADJUSTMENT,
            effective_on=payment.effective_on,
            entries=(
                Entry(account, item.cents, payer_id=payment.payer_id),
                Entry(Account.PAYER_CLEARING, -item.cents, payer_id=payment.payer_id),
            ),
            because=because,
            source=source,
        )
    return ProviderAdjustmentPosting(
        key=key,
        npi=item.npi,
        reason=item.reason,
        reference=item.reference,
        cents=item.cents,
        account=account,
        transaction=transaction,
        already_posted=seen,
        exceptions=_exceptions(item, seen),
        because=because,
    )


def _exceptions(item: ProviderAdjustment, seen: bool) -> tuple[PostingException, ...]:
    found = []
    if seen:
        found.append(PostingException("ALREADY-POSTED", "This adjustment was posted before."))
    if item.reason == "WO" and item.cents > 0:
        message = f"The payer took {format_cents(item.cents)} back: find the claim by its reference."
        found.append(PostingException("REVIEW-PLB", message))
    elif item.reason not in _ACCOUNTS:
        message = f"Provider adjustment {item.reason!r} stands on an account of its own: a person decides."
        found.append(PostingException("REVIEW-PLB", message))
    return tuple(found)
