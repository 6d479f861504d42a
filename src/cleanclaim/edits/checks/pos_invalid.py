"""POS-INVALID: the place of service is a code of the CMS set."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.codesets.entry import CodeStatus
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import place_of_service
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "POS-INVALID",
    "The place of service of every line is in the CMS set on the day of service.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 26, section 10.5"),
)


@EDIT.per_professional
def pos_invalid(claim: ProfessionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Look up the place of service of each line."""
    for line in claim.lines:
        code = place_of_service(claim, line)
        entry = context.find("POS", code, line.service_date) if code else None
        if entry is not None and entry.status is CodeStatus.UNKNOWN:
            yield EDIT.not_checked(
                f"POS for {line.service_date.year} not loaded: whether places of service exist was not "
                "checked"
            )
        elif entry is None or not entry.valid:
            yield EDIT.reject(
                claim,
                f"{code} is no place of service" if code else "the line has no place of service",
                "Enter the two-digit place where the patient was seen.",
                line=line.number,
                field="CMS-1500 box 24B",
            )
