"""CHARGE-ZERO: a line that is billed has a charge."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box
from cleanclaim.edits.lookups import row_of
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.money import format_usd

EDIT = Edit(
    "CHARGE-ZERO",
    "Every line has a charge above zero, save measures and rate codes that bear none.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 26, section 10.4, item 24F"),
)


@EDIT.per_claim
def charge_zero(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the charge of each line."""
    field = box(claim, "24F", "47")
    for line in claim.lines:
        if line.charge_cents > 0 or (line.charge_cents == 0 and _may_be_free(line)):
            continue
        yield EDIT.reject(
            claim,
            f"the charge of {line.code or line.revenue_code or 'the line'} is "
            f"{format_usd(line.charge_cents)}",
            "Enter the charge from the charge master, or take the line off.",
            line=line.number,
            field=field,
        )


def _may_be_free(line: ServiceLine) -> bool:
    measure = len(line.code) == 5 and line.code[:4].isdigit() and line.code[4] == "F"
    return measure or row_of("revenue_codes", "rate-code", line.revenue_code, line.service_date) is not None
