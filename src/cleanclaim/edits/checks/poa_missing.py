"""POA-MISSING: an inpatient claim says of each diagnosis whether it was there at admission."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.claims.diagnosis import PresentOnAdmission
from cleanclaim.codesets.relations import poa_exempt
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.kernel.because import Citation

_ACUTE_STAY = "11"
EDIT = Edit(
    "POA-MISSING",
    "Every diagnosis of an inpatient stay that is not exempt has a present-on-admission indicator.",
    Citation("ICD-10-CM Official Guidelines", "FY2026", "Appendix I"),
)


@EDIT.per_institutional
def poa_missing(claim: InstitutionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the indicator of the principal, the other and the external cause codes."""
    if claim.type_of_bill[1:3] != _ACUTE_STAY:
        return
    loaded = context.tables.poa_exempt_on(claim.statement.last or claim.statement.first)
    official = loaded.codes if loaded is not None else None
    for item in context.placed(claim):
        if item.role not in ("listed", "cause"):
            continue
        poa = item.diagnosis.present_on_admission
        exempt = poa_exempt(item.code, official)
        if poa is None and exempt is False:
            yield EDIT.reject(
                claim,
                f"{item.code} has no present-on-admission indicator",
                "Enter Y, N, U or W, as the record says.",
                field=item.field,
            )
        elif poa is None and exempt is None:
            yield EDIT.not_checked(
                "the CMS list of codes exempt from present-on-admission reporting is not loaded: empty "
                "indicators of "
                "codes that may be exempt were not checked"
            )
        elif poa is PresentOnAdmission.EXEMPT and exempt is False:
            yield EDIT.reject(
                claim,
                f"{item.code} is marked exempt from present-on-admission reporting, and it is not",
                "Enter Y, N, U or W, as the record says.",
                field=item.field,
            )
