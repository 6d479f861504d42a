"""A professional claim as segments (005010X222A1): loops 2300 to 2430."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.x12.amounts import format_amount, format_quantity
from cleanclaim.x12.claim_rows import (
    assigned,
    drug_rows,
    line_adjudication_rows,
    line_provider_rows,
    other_payer_rows,
    procedure,
    reference_rows,
)
from cleanclaim.x12.dates import day_row, span_row
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.misfits import refuse_misfits
from cleanclaim.x12.party_rows import provider_rows
from cleanclaim.x12.rows import Element, Row, required, row

MOST_LINES = 50
MOST_DIAGNOSES = 12
MOST_POINTERS = 4
LINE_ROLES = (("rendering", "82", False), ("ordering", "DK", True), ("referring", "DN", False))


def professional_rows(claim: ProfessionalClaim) -> Iterator[Row]:
    """Loops 2300 to 2430 of one claim, unchecked: what `refuse_professional` passes is complete."""
    of = f"claim {claim.claim_id}"
    yield _claim_row(claim, of)
    yield from _date_rows(claim, of)
    if claim.patient_paid_cents:
        yield row(of, "AMT", "F5", format_amount(claim.patient_paid_cents))
    yield from reference_rows(claim, clia=True)
    if claim.diagnoses:
        yield row(of, "HI", *_diagnoses(claim))
    yield from _claim_provider_rows(claim, of)
    for other in claim.other_payers:
        yield from other_payer_rows(claim, other, insurance_type=True)
    for place, line in enumerate(claim.lines, 1):
        yield from _line_rows(claim, line, place)


def refuse_professional(claim: ProfessionalClaim) -> None:
    """Stop what the professional guide cannot carry.

    Raises:
        X12Error: as `refuse_misfits`, no diagnosis or more than twelve, a pointer to a diagnosis that is
            not there or more than four, a line without a code, a discharge day or revenue code on a line.
    """
    refuse_misfits(claim, MOST_LINES)
    of = f"claim {claim.claim_id}"
    if not 1 <= len(claim.diagnoses) <= MOST_DIAGNOSES:
        raise X12Error(
            f"it has {len(claim.diagnoses)} diagnoses",
            where=of,
            why=f"this guide holds 1 to {MOST_DIAGNOSES}",
            fix="correct the diagnoses",
        )
    required(claim.place_of_service, of, "the place of service")
    for line in claim.lines:
        place = f"{of}, line {line.number}"
        required(line.code, place, "the procedure code")
        if line.revenue_code or line.non_covered_cents:
            raise X12Error("a professional line has no revenue code and no non-covered amount", where=place)
        if len(line.pointers) > MOST_POINTERS:
            raise X12Error(
                "it points to more than four diagnoses", where=place, fix="keep the four that matter"
            )
        if not line.pointers or any(not 1 <= pointer <= len(claim.diagnoses) for pointer in line.pointers):
            raise X12Error("it points to no diagnosis of the claim", where=place, fix="correct the pointers")


def _claim_row(claim: ProfessionalClaim, of: str) -> Row:
    accident: Element = ""
    if claim.accident is not None:
        accident = (claim.accident.kind.value, "", "", claim.accident.state)
    place = (claim.place_of_service, "B", claim.frequency.value)
    total = format_amount(claim.charge_cents())
    return row(of, "CLM", claim.claim_id, total, "", "", place, "Y", *assigned(claim), "", accident)


def _date_rows(claim: ProfessionalClaim, of: str) -> Iterator[Row]:
    days = (
        ("431", claim.onset_date),
        ("454", claim.initial_treatment_date),
        ("439", claim.accident.occurred_on if claim.accident else None),
        ("484", claim.last_menstrual_date),
        ("435", claim.admission_date),
        ("096", claim.discharge_date),
    )
    for qualifier, day in days:
        if day is not None:
            yield day_row(of, qualifier, day)
    period = claim.unable_to_work
    if period is not None and period.last is not None:
        yield span_row(of, "314", period.first, period.last)
    elif period is not None:
        yield day_row(of, "360", period.first)


def _diagnoses(claim: ProfessionalClaim) -> list[Element]:
    return [
        ("ABF" if place else "ABK", diagnosis.compact()) for place, diagnosis in enumerate(claim.diagnoses)
    ]


def _claim_provider_rows(claim: ProfessionalClaim, of: str) -> Iterator[Row]:
    roles = (
        ("referring provider", "DN", claim.referring, False),
        ("rendering provider", "82", claim.rendering, False),
        ("service facility", "77", claim.facility, True),
        ("supervising provider", "DQ", claim.supervising, False),
    )
    for name, role, provider, with_address in roles:
        if provider is not None:
            yield from provider_rows(f"{of}, {name}", role, provider, address=with_address)


def service_row(claim: ProfessionalClaim, line: ServiceLine, *, with_same_place: bool = False) -> Row:
    """SV1. The guide leaves SV105 out where it is the claim's place; ``with_same_place`` writes it."""
    place_of_service = line.place_of_service
    if place_of_service == claim.place_of_service and not with_same_place:
        place_of_service = ""
    return row(
        f"claim {claim.claim_id}, line {line.number}",
        "SV1",
        procedure(line),
        format_amount(line.charge_cents),
        line.unit_kind,
        format_quantity(line.units),
        place_of_service,
        "",
        tuple(str(pointer) for pointer in line.pointers),
        "",
        "Y" if line.emergency else "",
    )


def _line_rows(claim: ProfessionalClaim, line: ServiceLine, place: int) -> Iterator[Row]:
    of = f"claim {claim.claim_id}, line {line.number}"
    yield row(of, "LX", str(place))
    yield service_row(claim, line)
    yield day_row(of, "472", line.service_date, line.service_date_to)
    if line.authorization_number:
        yield row(of, "REF", "G1", line.authorization_number)
    if line.control_number:
        yield row(of, "REF", "6R", line.control_number)
    if line.drug is not None:
        yield from drug_rows(of, line.drug)
    yield from line_provider_rows(claim, line, LINE_ROLES)
    yield from line_adjudication_rows(claim, line)
