"""DUPLICATE-LINE: the same service is not billed twice on one claim without saying why."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, place_of_service, rendering_npi
from cleanclaim.edits.lookups import row_of
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "DUPLICATE-LINE",
    "No two lines bill the same service of the same day unless a modifier tells them apart.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 1, section 120"),
)


@EDIT.per_claim
def duplicate_line(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Find lines that agree in everything that tells services apart."""
    seen: dict[tuple[object, ...], ServiceLine] = {}
    for line in claim.lines:
        if not line.code:
            continue
        key = (
            line.code,
            tuple(sorted(line.modifiers)),
            line.service_date,
            line.revenue_code,
            place_of_service(claim, line),
            rendering_npi(claim, line),
            line.drug.ndc if line.drug is not None else "",
        )
        first = seen.setdefault(key, line)
        if first is not line and not _says_why(line):
            yield EDIT.reject(
                claim,
                f"{line.code} of {line.service_date} is billed already on line {first.number}",
                "If it was done once, take this line off; if it was done again, put the units on one "
                "line or add 76, "
                "77, 91 or the site.",
                line=line.number,
                field=box(claim, "24D", "44"),
            )


def _says_why(line: ServiceLine) -> bool:
    return any(row_of("modifiers", "repeated", modifier, line.service_date) for modifier in line.modifiers)
