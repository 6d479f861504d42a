"""REVENUE-HCPCS: institutional lines have a revenue code, and a procedure where an outpatient line "
"needs one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.codesets.entry import CodeStatus
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.lookups import row_of
from cleanclaim.kernel.because import Citation

_SHAPE = re.compile(r"[0-9]{4}")
EDIT = Edit(
    "REVENUE-HCPCS",
    "Every institutional line has a revenue code, and a procedure code where an outpatient line needs one.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 4, section 20.1"),
)


@EDIT.per_institutional
def revenue_hcpcs(claim: InstitutionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the revenue code of each line and at the code beside it."""
    inpatient = claim.is_inpatient()
    for line in claim.lines:
        revenue = line.revenue_code
        entry = context.find("REVENUE", revenue, line.service_date) if _SHAPE.fullmatch(revenue) else None
        if entry is not None and entry.status is CodeStatus.UNKNOWN:
            yield EDIT.not_checked(
                f"REVENUE for {line.service_date.year} not loaded: revenue codes checked for shape only"
            )
        elif entry is None or not entry.valid:
            yield EDIT.reject(
                claim,
                f"{revenue} is no revenue code" if revenue else "the line has no revenue code",
                "Enter the four-digit revenue code of the service.",
                line=line.number,
                field="UB-04 FL 42",
            )
            continue
        needs = row_of("revenue_codes", "needs-procedure", revenue, line.service_date)
        if not inpatient and needs is not None and not line.code:
            yield EDIT.reject(
                claim,
                f"revenue code {revenue} on an outpatient claim needs the procedure that was done",
                "Enter the HCPCS or CPT code of the service.",
                line=line.number,
                field="UB-04 FL 44",
                citation=needs.citation,
            )
