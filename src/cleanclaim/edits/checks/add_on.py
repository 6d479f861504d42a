"""ADD-ON: a service that only adds to another stands beside it."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box
from cleanclaim.edits.tables import AddOnRow, quarter
from cleanclaim.kernel.because import Citation

_PAYER_DECIDES = 2
EDIT = Edit(
    "ADD-ON",
    "An add-on service is billed with one of the primary services it adds to.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 12, section 30, paragraph D"),
)


@EDIT.per_claim
def add_on(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look for the primary service of every add-on code, on the claim or in the history of that day."""
    if isinstance(claim, InstitutionalClaim) and claim.is_inpatient():
        return
    for line in claim.lines:
        if not line.code:
            continue
        table = context.tables.add_on_on(line.service_date)
        if table is None:
            yield EDIT.not_checked(
                f"NCCI add-on codes for {quarter(line.service_date)} not loaded: add-on services not checked"
            )
            continue
        for row in table.rows.get(line.code, ()):
            if row.in_force(line.service_date) and not _primary_is_there(claim, context, line, row):
                listed = f" ({', '.join(sorted(row.primaries)[:6])})" if row.primaries else ""
                yield EDIT.reject(
                    claim,
                    f"{line.code} adds to a primary service, and none of those{listed} is billed for "
                    f"{line.service_date}",
                    "Add the primary service of that day, or replace the add-on by a code that stands alone.",
                    line=line.number,
                    field=box(claim, "24D", "44"),
                    citation=Citation(
                        "NCCI add-on code edits", table.release, f"add-on {row.code}, type {row.kind}"
                    ),
                )


def _primary_is_there(claim: AnyClaim, context: ScrubContext, line: ServiceLine, row: AddOnRow) -> bool:
    same_day = {
        other.code
        for one in (claim, *context.past_of(claim))
        for other in one.lines
        if other is not line and other.code and other.service_date == line.service_date
    }
    if not same_day.isdisjoint(row.primaries):
        return True
    return row.kind >= _PAYER_DECIDES and bool(same_day - {line.code})
