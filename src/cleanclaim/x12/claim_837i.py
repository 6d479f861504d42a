"""An institutional claim as segments (005010X223A2): loops 2300 to 2430."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.claims.claim import Frequency, InstitutionalClaim
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure, PresentOnAdmission
from cleanclaim.claims.line import ServiceLine
from cleanclaim.kernel.dates import format_compact_date
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

MOST_LINES = 999
CODES_PER_HI = 12
LINE_ROLES = (("rendering", "82", False), ("referring", "DN", False))
ACCIDENT_OCCURRENCES = frozenset({"01", "02", "03", "04", "05", "06"})
"""Occurrence codes by which an institutional claim tells an accident (UB-04 FL 31-34)."""


def institutional_rows(claim: InstitutionalClaim) -> Iterator[Row]:
    """Loops 2300 to 2430 of one claim, unchecked: what `refuse_institutional` passes is complete."""
    of = f"claim {claim.claim_id}"
    facility = (claim.type_of_bill[1:3], "A", claim.type_of_bill[3:4])
    yield row(
        of, "CLM", claim.claim_id, format_amount(claim.charge_cents()), "", "", facility, "", *assigned(claim)
    )
    yield from _date_rows(claim, of)
    if claim.admission_type or claim.admission_source or claim.discharge_status:
        yield row(of, "CL1", claim.admission_type, claim.admission_source, claim.discharge_status)
    yield from reference_rows(claim, clia=False)
    yield from _code_rows(claim, of)
    yield from _claim_provider_rows(claim, of)
    for other in claim.other_payers:
        yield from other_payer_rows(claim, other, insurance_type=False)
    for place, line in enumerate(claim.lines, 1):
        yield from _line_rows(claim, line, place)


def refuse_institutional(claim: InstitutionalClaim) -> None:
    """Stop what the institutional guide cannot carry.

    What the patient paid has no place in this guide and stays in the ledger; MSP is told by value codes.

    Raises:
        X12Error: as `refuse_misfits`, a type of bill that is not four digits or says another frequency, no
            attending provider, an accident without its occurrence code, a supervising provider, CLIA
            number, line ordering provider or line authorization, a line without a revenue code.
    """
    refuse_misfits(claim, MOST_LINES)
    of = f"claim {claim.claim_id}"
    if len(claim.type_of_bill) != 4 or claim.type_of_bill[0] != "0":
        raise X12Error("the type of bill is not 0 and three characters", where=of, fix="write it like 0111")
    told = claim.type_of_bill[3]
    if told != claim.frequency.value and (told in "78" or claim.frequency is not Frequency.ORIGINAL):
        raise X12Error("type of bill and frequency say different things", where=of, fix="correct one of them")
    if claim.attending is None:
        raise X12Error(
            "the attending provider is missing", where=of, why="the guide requires it", fix="add it"
        )
    if claim.billing.is_person():
        raise X12Error(
            "the billing provider is a person", where=of, why="the guide allows organizations only"
        )
    if claim.accident is not None and not ACCIDENT_OCCURRENCES & {
        item.code for item in claim.occurrence_codes
    }:
        raise X12Error(
            "an accident is told, but by no occurrence code",
            where=of,
            why="an institutional claim has no other place for it",
            fix="add occurrence code 01 to 06 with its day",
        )
    if claim.supervising is not None or claim.clia_number:
        raise X12Error("an institutional claim has no supervising provider and no CLIA number", where=of)
    for line in claim.lines:
        _refuse_line(line, f"{of}, line {line.number}")


def _refuse_line(line: ServiceLine, of: str) -> None:
    required(line.revenue_code, of, "the revenue code")
    if line.pointers or line.ordering is not None or line.authorization_number or line.place_of_service:
        raise X12Error(
            "an institutional line has no pointers, ordering provider, authorization or place of service",
            where=of,
            fix="take it off the line",
        )


def _date_rows(claim: InstitutionalClaim, of: str) -> Iterator[Row]:
    if claim.discharge_hour:
        yield row(of, "DTP", "096", "TM", _clock(claim.discharge_hour, of))
    yield span_row(of, "434", claim.statement.first, claim.statement.last or claim.statement.first)
    if claim.admission_date is not None and claim.admission_hour:
        moment = format_compact_date(claim.admission_date) + _clock(claim.admission_hour, of)
        yield row(of, "DTP", "435", "DT", moment)
    elif claim.admission_date is not None:
        yield day_row(of, "435", claim.admission_date)


def _code_rows(claim: InstitutionalClaim, of: str) -> Iterator[Row]:
    yield row(of, "HI", _diagnosis("ABK", claim.principal_diagnosis))
    if claim.admitting_diagnosis is not None:
        yield row(of, "HI", ("ABJ", claim.admitting_diagnosis.compact()))
    lists: tuple[Sequence[Element], ...] = (
        [("APR", item.compact()) for item in claim.reason_for_visit],
        [_diagnosis("ABN", item) for item in claim.external_causes],
        [("DR", claim.drg)] if claim.drg else [],
        [_diagnosis("ABF", item) for item in claim.other_diagnoses],
        [_procedure("BBR", item) for item in claim.procedures[:1]],
        [_procedure("BBQ", item) for item in claim.procedures[1:]],
        [
            ("BI", item.code, "RD8", f"{format_compact_date(item.first)}-{format_compact_date(item.last)}")
            for item in claim.occurrence_codes
            if item.last is not None
        ],
        [
            ("BH", item.code, "D8", format_compact_date(item.first))
            for item in claim.occurrence_codes
            if item.last is None
        ],
        [("BE", item.code, "", "", format_amount(item.cents)) for item in claim.value_codes],
        [("BG", code) for code in claim.condition_codes],
    )
    for codes in lists:
        for start in range(0, len(codes), CODES_PER_HI):
            yield row(of, "HI", *codes[start : start + CODES_PER_HI])


def _diagnosis(qualifier: str, diagnosis: Diagnosis) -> Element:
    present = diagnosis.present_on_admission
    # 5010 has no code for an exempt diagnosis: the component stays empty.
    told = "" if present is None or present is PresentOnAdmission.EXEMPT else present.value
    return (qualifier, diagnosis.compact(), "", "", "", "", "", "", told)


def _procedure(qualifier: str, item: HospitalProcedure) -> Element:
    return (qualifier, item.code.replace(".", ""), "D8", format_compact_date(item.performed_on))


def _claim_provider_rows(claim: InstitutionalClaim, of: str) -> Iterator[Row]:
    roles = (
        ("attending provider", "71", claim.attending, False),
        ("operating provider", "72", claim.operating, False),
        ("rendering provider", "82", claim.rendering, False),
        ("service facility", "77", claim.facility, True),
        ("referring provider", "DN", claim.referring, False),
    )
    for name, role, provider, with_address in roles:
        if provider is not None:
            yield from provider_rows(f"{of}, {name}", role, provider, address=with_address)


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
    yield day_row(of, "472", line.service_date, line.service_date_to)
    if line.control_number:
        yield row(of, "REF", "6R", line.control_number)
    if line.drug is not None:
        yield from drug_rows(of, line.drug)
    yield from line_provider_rows(claim, line, LINE_ROLES)
    yield from line_adjudication_rows(claim, line)


def _clock(hour: str, of: str) -> str:
    clock = hour if len(hour) == 4 else f"{hour}00"
    if not (len(clock) == 4 and clock.isdigit() and clock[:2] < "24" and clock[2:] < "60"):
        raise X12Error("an hour is not two or four digits of a day", where=of, fix="write it like 14 or 1430")
    return clock
