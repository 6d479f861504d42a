"""A dental claim as segments (005010X224A2): loops 2300 to 2430."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cleanclaim.claims.dental import DentalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.x12.claims_837.claim_rows import (
    accident_causes,
    claim_provider_rows,
    claim_row,
    line_adjudication_rows,
    line_provider_rows,
    procedure,
    reference_rows,
    rows_below_claim,
)
from cleanclaim.x12.claims_837.code_rows import diagnosis_list_row
from cleanclaim.x12.claims_837.supplement_rows import (
    amount_row,
    attachment_rows,
    contract_rows,
    fixed_format_rows,
    named_date_rows,
    named_reference_rows,
    note_rows,
    quantity_or_empty,
    repricing_rows,
)
from cleanclaim.x12.syntax.amounts import format_amount, format_quantity
from cleanclaim.x12.syntax.dates import day_row
from cleanclaim.x12.syntax.rows import Row, row

CLAIM_ROLES = (
    ("referring", "DN"),
    ("rendering", "82"),
    ("facility", "77"),
    ("assistant_surgeon", "DD"),
    ("supervising", "DQ"),
)
LINE_ROLES = (("rendering", "82"), ("assistant_surgeon", "DD"), ("supervising", "DQ"), ("facility", "77"))


def dental_rows(claim: DentalClaim) -> Iterator[Row]:
    """Loops 2300 to 2430 of one claim, unchecked: what `refuse_dental` passes is complete."""
    of = f"claim {claim.claim_id}"
    yield claim_row(
        claim,
        (claim.place_of_service, "B", claim.frequency.value),
        provider_signature="Y" if claim.provider_signature_on_file else "N",
        causes=accident_causes(claim),
        predetermination="PB",
    )
    yield from _date_rows(claim, of)
    yield from _tooth_rows(claim, of)
    yield from attachment_rows(of, claim.attachments)
    yield from contract_rows(of, claim.contract)
    if claim.patient_paid_cents:
        yield row(of, "AMT", "F5", format_amount(claim.patient_paid_cents))
    yield from reference_rows(claim)
    yield from fixed_format_rows(of, claim.fixed_format)
    yield from note_rows(of, claim.note, claim.other_notes)
    if claim.diagnoses:
        yield diagnosis_list_row(of, claim.diagnoses)
    yield from repricing_rows(of, claim.repricing)
    yield from claim_provider_rows(claim, CLAIM_ROLES, guide="837D")
    yield from rows_below_claim(claim, "837D", partial(_line_rows, claim))


def _date_rows(claim: DentalClaim, of: str) -> Iterator[Row]:
    days = (
        ("439", claim.accident.occurred_on if claim.accident else None),
        ("452", claim.appliance_placed_on),
        ("472", claim.service_date),
    )
    for qualifier, day in days:
        if day is not None:
            yield day_row(of, qualifier, day)
    yield from named_date_rows(of, claim.dates)


def _tooth_rows(claim: DentalClaim, of: str) -> Iterator[Row]:
    braces = claim.orthodontics
    if braces is not None:
        months = (quantity_or_empty(braces.total_months), quantity_or_empty(braces.remaining_months))
        yield row(of, "DN1", *months, "Y" if braces.told else "")
    for tooth in claim.tooth_status:
        yield row(of, "DN2", tooth.number, tooth.status, "", "", "", "JP")


def dental_service_row(
    claim: DentalClaim, line: ServiceLine, *, with_same_place: bool = False, with_units: bool = True
) -> Row:
    """SV3. The guide leaves SV303 out where it is the claim's place; ``with_same_place`` writes it.

    Without ``with_units`` one unit is left unsaid, as many do.
    """
    place_of_service = line.place_of_service
    if place_of_service == claim.place_of_service and not with_same_place:
        place_of_service = ""
    return row(
        f"claim {claim.claim_id}, line {line.number}",
        "SV3",
        procedure(line, "AD"),
        format_amount(line.charge_cents),
        place_of_service,
        line.dental.areas if line.dental else "",
        line.dental.prosthesis if line.dental else "",
        format_quantity(line.units) if with_units or line.units != 1 else "",
        "",
        "",
        "",
        "",
        tuple(str(pointer) for pointer in line.pointers),
    )


def _line_rows(claim: DentalClaim, line: ServiceLine, place: int) -> Iterator[Row]:
    of = f"claim {claim.claim_id}, line {line.number}"
    yield row(of, "LX", str(place))
    yield dental_service_row(claim, line)
    for tooth in line.dental.teeth if line.dental else ():
        yield row(of, "TOO", "JP", tooth.number, tooth.surfaces)
    if line.date_told:
        yield day_row(of, "472", line.service_date)
    yield from named_date_rows(of, line.dates)
    yield from contract_rows(of, line.contract)
    for qualifier, number in (("G1", line.authorization_number), ("6R", line.control_number)):
        if number:
            yield row(of, "REF", qualifier, number)
    yield from named_reference_rows(of, line.references)
    yield from amount_row(of, "T", line.sales_tax_cents)
    yield from fixed_format_rows(of, line.fixed_format)
    yield from repricing_rows(of, line.repricing)
    yield from line_provider_rows(claim, line, LINE_ROLES, guide="837D")
    yield from line_adjudication_rows(claim, line, "AD")
