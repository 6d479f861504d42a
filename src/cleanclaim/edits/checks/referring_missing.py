"""REFERRING-MISSING: an ordered service names who ordered it."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.lookups import rows_about
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.finding import Severity

EDIT = Edit(
    "REFERRING-MISSING",
    "Equipment, and for Medicare imaging and laboratory services, name the ordering or referring clinician.",
    Citation("42 CFR", "2026", "section 424.507"),
)


@EDIT.per_professional
def referring_missing(claim: ProfessionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Find ordered services without a name, on the line or on the claim."""
    if claim.referring is not None:
        return
    payer = claim.coverage.payer.filing_indicator
    for line in claim.lines:
        if line.ordering is not None or line.referring is not None:
            continue
        for rule in rows_about("referring", line.code, line.service_date):
            payers = rule.values.get("filing_indicators")
            if payers is None or payer in payers:
                yield EDIT.finding(
                    Severity(rule.values["severity"]),
                    claim,
                    f"{line.code} names no ordering or referring provider: {rule.values['why']}",
                    "Enter the clinician who ordered it, with qualifier DK and the NPI; for a referral DN.",
                    line=line.number,
                    field="CMS-1500 box 17",
                    citation=rule.citation,
                )
