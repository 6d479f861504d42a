"""DATE-FUTURE: nothing is billed before it is done."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "DATE-FUTURE",
    "No day of service lies after the day the claim is sent.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 26, section 10.4, item 24A"),
)
_FIX = "Correct the date, or hold the claim until the service is done."


@EDIT.per_claim
def date_future(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Compare every day of service with the day of sending."""
    for line in claim.lines:
        last = line.last_service_date() if line.last_service_date() > line.service_date else line.service_date
        if last > context.asof:
            yield EDIT.reject(
                claim,
                f"the service is dated {last}, after the day of sending, {context.asof}",
                _FIX,
                line=line.number,
                field=box(claim, "24A", "45"),
            )
    if isinstance(claim, InstitutionalClaim):
        if (claim.statement.last or claim.statement.first) > context.asof:
            yield EDIT.reject(
                claim,
                f"the statement period ends on {claim.statement.last or claim.statement.first}, "
                f"after the day of sending, {context.asof}",
                _FIX,
                field="UB-04 FL 6",
            )
        for procedure in claim.procedures:
            if procedure.performed_on > context.asof:
                yield EDIT.reject(
                    claim,
                    f"procedure {procedure.code} is dated {procedure.performed_on}, after the day of sending",
                    _FIX,
                    field="UB-04 FL 74",
                )
