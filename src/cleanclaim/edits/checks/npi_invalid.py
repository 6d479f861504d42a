"""NPI-INVALID: every provider on the claim has an NPI that can be one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import placed_providers
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.identifiers import npi_fault

_MAY_HAVE_NONE = {"pay-to provider", "service facility"}
EDIT = Edit(
    "NPI-INVALID",
    "Every provider named has an NPI of ten digits whose check digit fits.",
    Citation("45 CFR", "2026", "sections 162.406 and 162.410"),
)
_fault = lru_cache(maxsize=65_536)(npi_fault)


@EDIT.per_claim
def npi_invalid(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the NPI of every provider, and at who must be named."""
    for role, field, provider, line in placed_providers(claim):
        if not provider.npi and role in _MAY_HAVE_NONE:
            continue
        fault = _fault(provider.npi) if provider.npi else "there is none"
        if fault is not None:
            yield EDIT.reject(
                claim,
                f"the NPI of the {role} is not valid: {fault}",
                "Enter the NPI from the provider file or the public NPI registry.",
                line=line,
                field=field,
            )
    if isinstance(claim, InstitutionalClaim) and claim.is_inpatient() and claim.attending is None:
        yield EDIT.reject(
            claim,
            "an inpatient claim names the attending provider, and there is none",
            "Enter the attending provider with the NPI.",
            field="UB-04 FL 76",
        )
