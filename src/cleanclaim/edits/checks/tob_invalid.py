"""TOB-INVALID: the type of bill exists and agrees with the frequency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.kernel.because import Citation

_SHAPE = re.compile(r"0[0-9]{2}[0-9A-Z]")
_FIELD = "UB-04 FL 4"
EDIT = Edit(
    "TOB-INVALID",
    "The type of bill is a facility and care in use, and its last digit agrees with the frequency.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 25, section 75.1, form locator 4"),
)


@EDIT.per_institutional
def tob_invalid(claim: InstitutionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the four characters."""
    bill = claim.type_of_bill
    if not _SHAPE.fullmatch(bill) or not _exists(claim, context):
        yield EDIT.reject(
            claim,
            f"{bill or '(none)'} is no type of bill",
            "Enter four characters: a zero, the facility, the care, the frequency, such as 0131.",
            field=_FIELD,
        )
    elif bill[3] in "178" and bill[3] != claim.frequency.value:
        yield EDIT.reject(
            claim,
            f"the type of bill {bill} ends in {bill[3]}, but the claim has frequency {claim.frequency.value}",
            "Make the last digit and the frequency agree: 1 original, 7 replacement, 8 void.",
            field=_FIELD,
        )


def _exists(claim: InstitutionalClaim, context: ScrubContext) -> bool:
    entry = context.find("TOB", claim.type_of_bill, claim.statement.first)
    return entry is not None and entry.valid
