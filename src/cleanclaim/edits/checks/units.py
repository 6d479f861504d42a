"""UNITS: units are above zero, whole where the code counts whole things, and days of a stay add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, plural
from cleanclaim.edits.lookups import row, row_of
from cleanclaim.kernel.because import Citation

_STILL_PATIENT = "30"
_MOST = Decimal("9999999.999")
EDIT = Edit(
    "UNITS",
    "Units are a number above zero, whole unless the code counts parts, and room days equal the nights.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 26, section 10.4, item 24G"),
)
_STAY = Citation(
    "Medicare Claims Processing Manual", "Pub. 100-04", "chapter 25, section 75.5, form locator 46"
)


@EDIT.per_claim
def units(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the units of each line, then at the days of an inpatient stay."""
    field = box(claim, "24G", "46")
    for line in claim.lines:
        fault = _fault(line)
        if fault:
            yield EDIT.reject(
                claim, fault, "Enter the units the note supports.", line=line.number, field=field
            )
    if isinstance(claim, InstitutionalClaim) and claim.is_inpatient():
        yield from _room_days(claim)


def _fault(line: ServiceLine) -> str:
    if not line.units.is_finite():
        return "the units are no number"
    if line.units <= 0:
        return f"the units are {line.units}; a service was done at least once"
    if line.units > _MOST:
        return "the units have more digits than the field holds"
    whole = line.units == line.units.to_integral_value()
    if (
        not whole
        and row_of("units", "fractional", line.code, line.service_date) is None
        and line.drug is None
    ):
        return f"the units are {line.units}; {line.code or 'this revenue code'} is counted in whole units"
    return ""


def _room_days(claim: InstitutionalClaim) -> Iterator[Said]:
    rule = row("revenue_codes", "room-and-board")
    lines = [line for line in claim.lines if line.revenue_code in rule.codes and line.units.is_finite()]
    if not lines or claim.statement.last is None:
        return
    nights = (claim.statement.last - claim.statement.first).days
    expected = nights + 1 if claim.discharge_status == _STILL_PATIENT else max(nights, 1)
    days = sum((line.units for line in lines), Decimal(0))
    if days != expected:
        yield EDIT.reject(
            claim,
            f"room and board is billed for {days} days, but the statement period (FL 6) has "
            f"{plural(expected, 'day')}, the day of discharge not counted",
            "Correct the days of room and board, or the dates of the stay.",
            line=lines[0].number,
            field="UB-04 FL 46",
            citation=_STAY,
        )
