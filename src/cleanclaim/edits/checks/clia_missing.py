"""CLIA-MISSING: a laboratory service names the certificate of the laboratory."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.lookups import row, row_of
from cleanclaim.kernel.because import Citation

_SHAPE = re.compile(r"[0-9]{2}D[0-9]{7}")
_FIELD = "CMS-1500 box 23"
_PROFESSIONAL_PART = "26"
EDIT = Edit(
    "CLIA-MISSING",
    "A claim for laboratory services has the CLIA number of the laboratory, in its shape.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 16, section 70"),
)


@EDIT.per_professional
def clia_missing(claim: ProfessionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Find laboratory lines, and look at the number."""
    number = claim.clia_number or claim.billing.clia_number
    if not number and claim.facility is not None:
        number = claim.facility.clia_number
    if number and not _SHAPE.fullmatch(number):
        yield EDIT.reject(
            claim,
            f"the CLIA number {number} is not two digits, D and seven digits",
            "Enter the number as the certificate gives it.",
            field=_FIELD,
        )
    if number:
        return
    for line in claim.lines:
        if not _is_laboratory(line):
            continue
        unsure = _PROFESSIONAL_PART in line.modifiers or (
            row_of("clia", "asked-by-some", line.code, line.service_date) is not None
        )
        say = EDIT.warn if unsure else EDIT.reject
        yield say(
            claim,
            f"{line.code} is a laboratory service, and the claim has no CLIA number",
            "Enter the ten-character CLIA number of the laboratory that did the test.",
            line=line.number,
            field=_FIELD,
        )


def _is_laboratory(line: ServiceLine) -> bool:
    if row_of("clia", "laboratory", line.code, line.service_date) is None:
        return False
    return line.code not in row("clia", "not-laboratory").codes
