"""A professional claim as segments (005010X222A1): loops 2300 to 2440."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.x12.claims_837.claim_rows import (
    accident_causes,
    claim_provider_rows,
    claim_row,
    drug_rows,
    line_adjudication_rows,
    line_provider_rows,
    procedure,
    reference_rows,
    rows_below_claim,
)
from cleanclaim.x12.claims_837.code_rows import diagnosis_list_row
from cleanclaim.x12.claims_837.equipment_rows import (
    certification_rows,
    equipment_rows,
    form_rows,
    place_rows,
    quantity_rows,
    spinal_rows,
    transport_rows,
)
from cleanclaim.x12.claims_837.supplement_rows import (
    amount_row,
    attachment_rows,
    condition_rows,
    contract_rows,
    fixed_format_rows,
    named_date_rows,
    named_reference_rows,
    note_rows,
    repricing_rows,
)
from cleanclaim.x12.syntax.amounts import format_amount, format_quantity
from cleanclaim.x12.syntax.dates import day_row, span_row
from cleanclaim.x12.syntax.rows import Row, row

CLAIM_ROLES = (
    ("referring", "DN"),
    ("primary_care", "P3"),
    ("rendering", "82"),
    ("facility", "77"),
    ("supervising", "DQ"),
)
EARLY_LINE_ROLES = (("rendering", "82"),)
LATE_LINE_ROLES = (
    ("facility", "77"),
    ("supervising", "DQ"),
    ("ordering", "DK"),
    ("referring", "DN"),
    ("primary_care", "P3"),
)


def professional_rows(claim: ProfessionalClaim) -> Iterator[Row]:
    """Loops 2300 to 2440 of one claim, unchecked: what `refuse_professional` passes is complete."""
    of = f"claim {claim.claim_id}"
    yield claim_row(
        claim,
        (claim.place_of_service, "B", claim.frequency.value),
        provider_signature="Y" if claim.provider_signature_on_file else "N",
        patient_signature=claim.patient_signature,
        causes=accident_causes(claim),
    )
    yield from _date_rows(claim, of)
    yield from attachment_rows(of, claim.attachments)
    yield from contract_rows(of, claim.contract)
    if claim.patient_paid_cents:
        yield row(of, "AMT", "F5", format_amount(claim.patient_paid_cents))
    yield from reference_rows(claim)
    for qualifier, number in (("X4", claim.clia_number), ("EA", claim.patient.patient_id)):
        if number:
            yield row(of, "REF", qualifier, number)
    yield from fixed_format_rows(of, claim.fixed_format)
    yield from note_rows(of, claim.note, claim.other_notes)
    yield from transport_rows(of, claim.transport)
    yield from spinal_rows(of, claim.spinal_treatment)
    yield from condition_rows(of, claim.conditions)
    yield from _code_rows(claim, of)
    yield from repricing_rows(of, claim.repricing)
    contact = bool(claim.coverage.property_casualty_number)
    yield from claim_provider_rows(claim, CLAIM_ROLES, guide="837P", contact=contact)
    yield from place_rows(of, claim.pick_up, claim.drop_off)
    yield from rows_below_claim(claim, "837P", partial(_line_rows, claim))


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
    yield from named_date_rows(of, claim.dates)


def _code_rows(claim: ProfessionalClaim, of: str) -> Iterator[Row]:
    if claim.diagnoses:
        yield diagnosis_list_row(of, claim.diagnoses)
    surgery = [
        ("BO" if place else "BP", code.replace(".", ""))
        for place, code in enumerate(claim.anesthesia_procedures)
    ]
    if surgery:
        yield row(of, "HI", *surgery)
    if claim.condition_codes:
        yield row(of, "HI", *[("BG", code) for code in claim.condition_codes])


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
        "",
        "Y" if line.epsdt else "",
        "Y" if line.family_planning else "",
        "",
        "",
        "0" if line.copay_exempt else "",
    )


def _line_rows(claim: ProfessionalClaim, line: ServiceLine, place: int) -> Iterator[Row]:
    of = f"claim {claim.claim_id}, line {line.number}"
    yield row(of, "LX", str(place))
    yield service_row(claim, line)
    yield from equipment_rows(of, line)
    yield from attachment_rows(of, line.attachments)
    yield from transport_rows(of, line.transport)
    yield from certification_rows(of, line)
    yield from condition_rows(of, line.conditions)
    if line.date_told:
        yield day_row(of, "472", line.service_date, line.service_date_to)
    yield from named_date_rows(of, line.dates)
    yield from quantity_rows(of, line)
    yield from contract_rows(of, line.contract)
    for qualifier, number in (("G1", line.authorization_number), ("6R", line.control_number)):
        if number:
            yield row(of, "REF", qualifier, number)
    yield from named_reference_rows(of, line.references)
    yield from amount_row(of, "T", line.sales_tax_cents)
    yield from amount_row(of, "F4", line.postage_cents)
    yield from fixed_format_rows(of, line.fixed_format)
    yield from note_rows(of, "", line.notes)
    if line.purchased_service is not None:
        yield row(of, "PS1", line.purchased_service.provider_id, format_amount(line.purchased_service.cents))
    yield from repricing_rows(of, line.repricing)
    yield from _below_line_rows(claim, line, of)


def _below_line_rows(claim: ProfessionalClaim, line: ServiceLine, of: str) -> Iterator[Row]:
    if line.drug is not None:
        yield from drug_rows(of, line.drug)
    yield from line_provider_rows(claim, line, EARLY_LINE_ROLES, guide="837P")
    if line.purchased_from is not None:
        # The guide names this provider by its NPI alone.
        person = "1" if line.purchased_from.is_person() else "2"
        number = ("XX", line.purchased_from.npi) if line.purchased_from.npi else ()
        yield row(of, "NM1", "QB", person, "", "", "", "", "", *number)
    yield from line_provider_rows(claim, line, LATE_LINE_ROLES, guide="837P")
    yield from place_rows(of, line.pick_up, line.drop_off)
    yield from line_adjudication_rows(claim, line)
    yield from form_rows(of, line.forms)
