"""Sex on a claim, and how a claim says that a conflict with it is no mistake."""

from __future__ import annotations

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim

SEX_WORDS = {"F": "female", "M": "male"}


def conflict_is_declared(claim: AnyClaim) -> bool:
    """Whether condition code 45 or modifier KX says so (Medicare Claims Processing Manual 32, section "
    "240)."""
    if isinstance(claim, InstitutionalClaim):
        return "45" in claim.condition_codes
    return any("KX" in line.modifiers for line in claim.lines)
