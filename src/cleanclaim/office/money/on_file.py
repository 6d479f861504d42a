"""What the engine asks of the office while it proposes postings: claims, earlier answers, keys seen."""

from __future__ import annotations

import json

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.coverage import Coverage, CoverageOrder
from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.ledger import TransactionKind
from cleanclaim.office.claims.models import ClaimRow, ClaimVersion
from cleanclaim.office.money.balances import balances_of_claims
from cleanclaim.office.money.ledger import checked, stored_transactions
from cleanclaim.office.money.models import PostedKey, RemittedClaimRow
from cleanclaim.remittances import ClaimOnFile, PriorPosting

_PLACES = list(CoverageOrder)


class OfficeClaims:
    """The claims of the present tenant, as `propose` looks them up."""

    def find(self, remitted: RemittedClaim, payment: Payment) -> tuple[ClaimOnFile, ...]:
        """The claim with that number, in either case of letters."""
        rows = ClaimRow.objects.filter(claim_id__iexact=remitted.claim_id.strip())
        return tuple(on_file(row, payment) for row in rows)

    def has_posted(self, key: str) -> bool:
        """Whether that key was kept before."""
        return PostedKey.objects.filter(key=key).exists()


def on_file(row: ClaimRow, payment: Payment) -> ClaimOnFile:
    """A claim as the engine needs it: the version the payer was sent, earlier answers, balance, next payer."""
    version = _version_sent(row, payment)
    claim = version.read()
    order = CoverageOrder(version.payer_order)
    return ClaimOnFile(
        claim=claim,
        order=order,
        next_payer=_next_payer(claim, order),
        posted=tuple(_prior(item) for item in _answers(row)),
        balance=balances_of_claims(claim_id=row.claim_id).get(row.claim_id),
    )


def _version_sent(row: ClaimRow, payment: Payment) -> ClaimVersion:
    versions = list(row.versions.order_by("-version"))
    to_this_payer = [item for item in versions if item.payer_id == payment.payer_id]
    return (to_this_payer or versions)[0]


def _next_payer(claim: AnyClaim, order: CoverageOrder) -> Coverage | None:
    later = [
        other.coverage
        for other in claim.other_payers
        if _PLACES.index(other.coverage.order) > _PLACES.index(order)
    ]
    return min(later, key=lambda item: _PLACES.index(item.order)) if later else None


def _answers(row: ClaimRow) -> list[RemittedClaimRow]:
    answers = RemittedClaimRow.objects.filter(claim_id=row.claim_id, outcome="posted").order_by("id")
    return [item for item in answers if not json.loads(item.posting)["already_posted"]]


def _prior(row: RemittedClaimRow) -> PriorPosting:
    posting = json.loads(row.posting)
    remitted = json.loads(row.record)
    keys = {
        item["key"] for item in posting["transactions"] if item["kind"] == TransactionKind.REMITTANCE.value
    }
    kept = [checked(item) for item in stored_transactions(claim_id=row.claim_id) if item.key in keys]
    return PriorPosting(
        key=row.key,
        payer_id=row.payer_id,
        status=row.status,
        charge_cents=remitted["charge_cents"],
        paid_cents=remitted["paid_cents"],
        payer_claim_number=row.payer_claim_number,
        transactions=tuple(kept),
        reversed=RemittedClaimRow.objects.filter(claim_id=row.claim_id, reverses_key=row.key).exists(),
    )
