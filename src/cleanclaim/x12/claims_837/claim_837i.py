"""An institutional claim as segments (005010X223A2): loops 2300 to 2430."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.kernel.dates import format_compact_date
from cleanclaim.x12.claims_837.claim_rows import (
    claim_provider_rows,
    claim_row,
    drug_rows,
    line_adjudication_rows,
    line_provider_rows,
    procedure,
    reference_rows,
    rows_below_claim,
)
from cleanclaim.x12.claims_837.code_rows import hospital_code_rows
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
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.amounts import format_amount, format_quantity
from cleanclaim.x12.syntax.dates import day_row, span_row
from cleanclaim.x12.syntax.rows import Row, row

CLAIM_ROLES = (
    ("attending", "71"),
    ("operating", "72"),
    ("other_operating", "ZZ"),
    ("rendering", "82"),
    ("facility", "77"),
    ("referring", "DN"),
)
LINE_ROLES = (("operating", "72"), ("other_operating", "ZZ"), ("rendering", "82"), ("referring", "DN"))


def institutional_rows(claim: InstitutionalClaim) -> Iterator[Row]:
    """Loops 2300 to 2430 of one claim, unchecked: what `refuse_institutional` passes is complete."""
    of = f"claim {claim.claim_id}"
    yield claim_row(claim, (claim.type_of_bill[1:3], "A", claim.type_of_bill[3:4]))
    yield from _date_rows(claim, of)
    if claim.admission_type or claim.admission_source or claim.discharge_status:
        yield row(of, "CL1", claim.admission_type, claim.admission_source, claim.discharge_status)
    yield from attachment_rows(of, claim.attachments)
    yield from contract_rows(of, claim.contract)
    yield from amount_row(of, "F3", claim.patient_due_cents)
    yield from reference_rows(claim)
    if claim.patient.patient_id:
        yield row(of, "REF", "EA", claim.patient.patient_id)
    yield from fixed_format_rows(of, claim.fixed_format)
    yield from note_rows(of, "", claim.other_notes)
    yield from note_rows(of, claim.note, ())
    yield from condition_rows(of, claim.conditions)
    yield from hospital_code_rows(claim, of)
    yield from repricing_rows(of, claim.repricing)
    yield from claim_provider_rows(claim, CLAIM_ROLES, guide="837I")
    yield from rows_below_claim(claim, "837I", partial(_line_rows, claim))


def _date_rows(claim: InstitutionalClaim, of: str) -> Iterator[Row]:
    if claim.discharge_hour:
        yield row(of, "DTP", "096", "TM", _clock(claim.discharge_hour, of))
    if claim.statement_told:
        yield span_row(of, "434", claim.statement.first, claim.statement.last or claim.statement.first)
    if claim.admission_date is not None and claim.admission_hour:
        moment = format_compact_date(claim.admission_date) + _clock(claim.admission_hour, of)
        yield row(of, "DTP", "435", "DT", moment)
    elif claim.admission_date is not None:
        yield day_row(of, "435", claim.admission_date)


def _line_rows(claim: InstitutionalClaim, line: ServiceLine, place: int) -> Iterator[Row]:
    of = f"claim {claim.claim_id}, line {line.number}"
    yield row(of, "LX", str(place))
    yield row(
        of,
        "SV2",
        line.revenue_code,
        procedure(line) if line.code else "",
        format_amount(line.charge_cents),
        line.unit_kind,
        format_quantity(line.units),
        "",
        format_amount(line.non_covered_cents) if line.non_covered_cents else "",
    )
    yield from attachment_rows(of, line.attachments)
    if line.date_told:
        yield day_row(of, "472", line.service_date, line.service_date_to)
    yield from named_date_rows(of, line.dates)
    if line.control_number:
        yield row(of, "REF", "6R", line.control_number)
    yield from named_reference_rows(of, line.references)
    yield from amount_row(of, "GT", line.service_tax_cents)
    yield from amount_row(of, "N8", line.facility_tax_cents)
    yield from note_rows(of, "", line.notes)
    yield from repricing_rows(of, line.repricing)
    if line.drug is not None:
        yield from drug_rows(of, line.drug)
    yield from line_provider_rows(claim, line, LINE_ROLES, guide="837I")
    yield from line_adjudication_rows(claim, line)


def _clock(hour: str, of: str) -> str:
    clock = hour if len(hour) == 4 else f"{hour}00"
    if not (len(clock) == 4 and clock.isdigit() and clock[:2] < "24" and clock[2:] < "60"):
        raise X12Error("an hour is not two or four digits of a day", where=of, fix="write it like 14 or 1430")
    return clock
