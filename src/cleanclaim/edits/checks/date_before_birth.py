"""DATE-BEFORE-BIRTH: nobody is treated before birth."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "DATE-BEFORE-BIRTH",
    "No service lies before the patient's date of birth.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 26, section 10.2, item 3"),
)


@EDIT.per_claim
def date_before_birth(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Compare the days of service with the date of birth."""
    birth = claim.patient.birth_date
    for line in claim.lines:
        if line.service_date < birth:
            yield EDIT.reject(
                claim,
                f"the service on {line.service_date} lies before the patient's date of birth on the claim",
                "Correct the date of birth, or the date of service.",
                line=line.number,
                field=box(claim, "3", "10"),
            )
    if isinstance(claim, InstitutionalClaim) and claim.statement.first < birth and not claim.lines:
        yield EDIT.reject(
            claim,
            "the statement period begins before the patient's date of birth",
            "Correct the date of birth, or the statement period.",
            field="UB-04 FL 10",
        )
