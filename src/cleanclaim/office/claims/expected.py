"""What a claim should pay, by the practice's contract with the payer."""

from __future__ import annotations

import json
from functools import lru_cache

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.records import record_from_plain
from cleanclaim.office.registry.models import ContractRow, CoverageRow
from cleanclaim.pricing import Benefits, Contract, PricedClaim, contract_from_text, price_claim


def expected_price(claim: AnyClaim) -> PricedClaim | None:
    """The price by contract, or None where the practice holds no contract with the payer."""
    row = ContractRow.objects.filter(payer_id=claim.coverage.payer.payer_id).first()
    if row is None:
        return None
    return price_claim(claim, _contract(row.text, row.payer_id), told_benefits(claim))


@lru_cache(maxsize=256)
def _contract(text: str, payer_id: str) -> Contract:
    return contract_from_text(text, where=f"contract {payer_id}")


def told_benefits(claim: AnyClaim) -> Benefits | None:
    """What the payer told of this coverage when it was asked; None where nobody asked."""
    row = CoverageRow.objects.filter(coverage_id=claim.coverage.coverage_id).exclude(benefits="").first()
    return record_from_plain(Benefits, json.loads(row.benefits), where="benefits") if row else None
