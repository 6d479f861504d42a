"""DATE-ORDER: the days of a claim follow each other as the events did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim, ProfessionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box
from cleanclaim.kernel.because import Citation

_BEFORE_ADMISSION = dt.timedelta(days=3)
EDIT = Edit(
    "DATE-ORDER",
    "Services end after they begin, lie within the statement period, and follow onset and admission.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 25, section 75.1, form locator 6"),
)


@EDIT.per_claim
def date_order(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Compare the days of the claim with each other."""
    for line in claim.lines:
        if line.service_date_to is not None and line.service_date_to < line.service_date:
            yield EDIT.reject(
                claim,
                f"the service ends on {line.service_date_to}, before it begins on {line.service_date}",
                "Correct the two dates of the line.",
                line=line.number,
                field=box(claim, "24A", "45"),
            )
        if claim.patient.death_date is not None and line.service_date > claim.patient.death_date:
            yield EDIT.reject(
                claim,
                f"the service on {line.service_date} lies after the date of death on file",
                "Check the date of service and the date of death.",
                line=line.number,
                field=box(claim, "24A", "45"),
            )
    if isinstance(claim, InstitutionalClaim):
        yield from _institutional(claim)
    else:
        yield from _professional(claim)


def _institutional(claim: InstitutionalClaim) -> Iterator[Said]:
    first, last = claim.statement.first, claim.statement.last or claim.statement.first
    for line in claim.lines:
        if not first <= line.service_date <= last:
            yield EDIT.reject(
                claim,
                f"the service on {line.service_date} lies outside the statement period {first} to {last}",
                "Correct the line's date, or the statement period (FL 6).",
                line=line.number,
                field="UB-04 FL 45",
            )
    if claim.admission_date is not None and claim.admission_date > last:
        yield EDIT.reject(
            claim,
            f"the admission on {claim.admission_date} lies after the end of the statement period, {last}",
            "Correct the admission date, or the statement period (FL 6).",
            field="UB-04 FL 12",
        )
    earliest = min(first, claim.admission_date or first) - _BEFORE_ADMISSION
    for procedure in claim.procedures:
        if not earliest <= procedure.performed_on <= last:
            yield EDIT.reject(
                claim,
                f"procedure {procedure.code} on {procedure.performed_on} lies outside the stay "
                "and the three days before it",
                "Correct the procedure's date, or the dates of the stay.",
                field="UB-04 FL 74",
            )


def _professional(claim: ProfessionalClaim) -> Iterator[Said]:
    first = min((line.service_date for line in claim.lines), default=None)
    last = max((line.service_date for line in claim.lines), default=None)
    events = (
        ("the onset", claim.onset_date, "14"),
        ("the last menstrual period", claim.last_menstrual_date, "14"),
        ("the accident", claim.accident.occurred_on if claim.accident else None, "14"),
        ("the initial treatment", claim.initial_treatment_date, "15"),
        ("the admission", claim.admission_date, "18"),
    )
    for name, day, box_number in events:
        if day is not None and last is not None and day > last:
            yield EDIT.reject(
                claim,
                f"{name} is dated {day}, after the last service on {last}",
                "Correct the date.",
                field=f"CMS-1500 box {box_number}",
            )
    admitted, discharged = claim.admission_date, claim.discharge_date
    if discharged is not None and (
        (admitted is not None and discharged < admitted) or (first is not None and discharged < first)
    ):
        yield EDIT.reject(
            claim,
            f"the discharge on {discharged} lies before the admission or the first service",
            "Correct the dates of the stay.",
            field="CMS-1500 box 18",
        )
