"""NEW-PATIENT: a new patient has not been seen by the group's specialty for three years."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.lookups import row_of
from cleanclaim.kernel.because import Citation

_YEARS = 3
EDIT = Edit(
    "NEW-PATIENT",
    "A new-patient visit is billed only when nobody of the group's specialty saw the patient in three years.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 12, section 30.6.7"),
)


@EDIT.per_professional
def new_patient(claim: ProfessionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Look in the history for a professional service by the same group and specialty."""
    for line in claim.lines:
        if row_of("visits", "new-patient", line.code, line.service_date) is None:
            continue
        if context.history is None:
            yield EDIT.not_checked("no earlier claims were given: new-patient visits not checked")
            return
        since = _years_before(line.service_date)
        for earlier in context.past_of(claim):
            seen = _seen(claim, line, earlier, since)
            if seen is not None:
                yield EDIT.reject(
                    claim,
                    f"{line.code} is for a new patient, but the same group and specialty saw the patient "
                    f"on {seen}",
                    "Bill the visit of an established patient.",
                    line=line.number,
                    field="CMS-1500 box 24D",
                )
                break


def _seen(claim: ProfessionalClaim, line: ServiceLine, earlier: object, since: dt.date) -> dt.date | None:
    if not isinstance(earlier, ProfessionalClaim) or earlier.claim_id == claim.claim_id:
        return None
    if earlier.billing.npi != claim.billing.npi:
        return None
    for other in earlier.lines:
        visit = row_of("visits", "visit", other.code, other.service_date) is not None
        if (
            visit
            and since < other.service_date < line.service_date
            and _specialty(earlier, other) == _specialty(claim, line)
        ):
            return other.service_date
    return None


def _specialty(claim: ProfessionalClaim, line: ServiceLine) -> str:
    provider = line.rendering or claim.rendering or claim.billing
    return provider.taxonomy or claim.billing.taxonomy


def _years_before(day: dt.date) -> dt.date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - _YEARS, day=28 if leap else day.day)
