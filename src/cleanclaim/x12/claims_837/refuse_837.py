"""What each claim guide cannot carry beyond what none can: refused before a segment is written."""

from __future__ import annotations

from cleanclaim.claims.claim import Frequency, InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.dental import DentalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.x12.claims_837.misfits import refuse_fields, refuse_misfits
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.rows import required

MOST_LINES = 50
MOST_HOSPITAL_LINES = 999
MOST_DIAGNOSES = 12
MOST_DENTAL_DIAGNOSES = 4
MOST_POINTERS = 4
MOST_SURGERIES = 2
MOST_CODES_OF_A_KIND = 24
MOST_CAUSES = 12
MOST_REASONS = 3
MOST_AREAS = 5
TRANSPORT_REVENUE = "054"
ACCIDENT_OCCURRENCES = frozenset({"01", "02", "03", "04", "05", "06"})
"""Occurrence codes by which an institutional claim tells an accident (UB-04 FL 31-34)."""

# Fields of a line that have no place in a guide; what is set there is refused and never left out.
_NOT_PROFESSIONAL = (
    "revenue_code",
    "non_covered_cents",
    "service_tax_cents",
    "facility_tax_cents",
    "operating",
    "other_operating",
    "assistant_surgeon",
    "dental",
)
_NOT_INSTITUTIONAL = (
    "pointers",
    "ordering",
    "authorization_number",
    "place_of_service",
    "emergency",
    "epsdt",
    "family_planning",
    "copay_exempt",
    "conditions",
    "fixed_format",
    "contract",
    "sales_tax_cents",
    "postage_cents",
    "transport",
    "pick_up",
    "drop_off",
    "patients_transported",
    "obstetric_units",
    "equipment",
    "certification",
    "forms",
    "test_results",
    "purchased_service",
    "purchased_from",
    "facility",
    "supervising",
    "primary_care",
    "assistant_surgeon",
    "dental",
)
_NOT_DENTAL = (
    "revenue_code",
    "non_covered_cents",
    "drug",
    "ordering",
    "referring",
    "emergency",
    "epsdt",
    "family_planning",
    "copay_exempt",
    "attachments",
    "conditions",
    "notes",
    "postage_cents",
    "service_tax_cents",
    "facility_tax_cents",
    "transport",
    "pick_up",
    "drop_off",
    "patients_transported",
    "obstetric_units",
    "equipment",
    "certification",
    "forms",
    "test_results",
    "purchased_service",
    "purchased_from",
    "primary_care",
    "operating",
    "other_operating",
    "service_date_to",
)


def refuse_professional(claim: ProfessionalClaim) -> None:
    """Stop what the professional guide cannot carry.

    Raises:
        X12Error: as `refuse_misfits`, no diagnosis or more than twelve, a pointer to a diagnosis that is
            not there or more than four, a line without a code, a field on a line that the guide has not.
    """
    refuse_misfits(claim, MOST_LINES)
    of = f"claim {claim.claim_id}"
    if not 1 <= len(claim.diagnoses) <= MOST_DIAGNOSES:
        raise _number_of("diagnoses", len(claim.diagnoses), f"1 to {MOST_DIAGNOSES}", of)
    if len(claim.anesthesia_procedures) > MOST_SURGERIES:
        raise _number_of(
            "anaesthesia related procedures", len(claim.anesthesia_procedures), "at most two", of
        )
    if len(claim.condition_codes) > MOST_CODES_OF_A_KIND:
        raise _number_of("condition codes", len(claim.condition_codes), f"at most {MOST_CODES_OF_A_KIND}", of)
    required(claim.place_of_service, of, "the place of service")
    for line in claim.lines:
        place = f"{of}, line {line.number}"
        required(line.code, place, "the procedure code")
        refuse_fields(line, _NOT_PROFESSIONAL, "a professional line", place)
        _refuse_pointers(line, len(claim.diagnoses), place, needed=True)
        _refuse_two_sources(line, place)


def refuse_dental(claim: DentalClaim) -> None:
    """Stop what the dental guide cannot carry.

    Raises:
        X12Error: as `refuse_misfits`, more than four diagnoses, a pointer to a diagnosis that is not there, a
            line without a code or with a field that the guide has not, more than five areas of the mouth.
    """
    refuse_misfits(claim, MOST_LINES)
    of = f"claim {claim.claim_id}"
    if len(claim.diagnoses) > MOST_DENTAL_DIAGNOSES:
        raise _number_of("diagnoses", len(claim.diagnoses), f"at most {MOST_DENTAL_DIAGNOSES}", of)
    if claim.clia_number:
        raise X12Error("a dental claim has no CLIA number", where=of, fix="take it off the claim")
    refuse_fields(claim, ("conditions", "patient_signature"), "a dental claim", of)
    required(claim.place_of_service, of, "the place of service")
    for line in claim.lines:
        place = f"{of}, line {line.number}"
        required(line.code, place, "the procedure code")
        refuse_fields(line, _NOT_DENTAL, "a dental line", place)
        _refuse_pointers(line, len(claim.diagnoses), place, needed=False)
        if line.dental is not None and len(line.dental.areas) > MOST_AREAS:
            raise _number_of("areas of the mouth", len(line.dental.areas), f"at most {MOST_AREAS}", place)


def refuse_institutional(claim: InstitutionalClaim) -> None:
    """Stop what the institutional guide cannot carry.

    What the patient paid has no place in this guide and stays in the ledger; MSP is told by value codes.

    Raises:
        X12Error: as `refuse_misfits`, a type of bill that is not four digits or says another frequency, no
            attending provider, an accident without its occurrence code, too many codes of a kind, a field of
            claim or line that the guide has not, a line without a revenue code.
    """
    refuse_misfits(claim, MOST_HOSPITAL_LINES)
    of = f"claim {claim.claim_id}"
    _refuse_type_of_bill(claim, of)
    transported = {line.revenue_code[:3] for line in claim.lines} == {TRANSPORT_REVENUE}
    if claim.attending is None and not transported:
        raise X12Error(
            "the attending provider is missing", where=of, why="the guide requires it", fix="add it"
        )
    if claim.billing.is_person():
        raise X12Error(
            "the billing provider is a person", where=of, why="the guide allows organizations only"
        )
    told = {item.code for item in claim.occurrence_codes}
    if claim.accident is not None and not ACCIDENT_OCCURRENCES & told:
        raise X12Error(
            "an accident is told, but by no occurrence code",
            where=of,
            why="an institutional claim has no other place for it",
            fix="add occurrence code 01 to 06 with its day",
        )
    names = ("supervising", "clia_number", "dates", "special_program", "patient_signature")
    refuse_fields(claim, names, "an institutional claim", of)
    _refuse_too_many_codes(claim, of)
    for line in claim.lines:
        place = f"{of}, line {line.number}"
        required(line.revenue_code, place, "the revenue code")
        refuse_fields(line, _NOT_INSTITUTIONAL, "an institutional line", place)


def _refuse_type_of_bill(claim: InstitutionalClaim, of: str) -> None:
    if len(claim.type_of_bill) != 4 or claim.type_of_bill[0] != "0":
        raise X12Error("the type of bill is not 0 and three characters", where=of, fix="write it like 0111")
    told = claim.type_of_bill[3]
    if told != claim.frequency.value and (told in "78" or claim.frequency is not Frequency.ORIGINAL):
        raise X12Error("type of bill and frequency say different things", where=of, fix="correct one of them")


def _refuse_too_many_codes(claim: InstitutionalClaim, of: str) -> None:
    spans = sum(item.last is not None for item in claim.occurrence_codes)
    lists = (
        ("other diagnoses", len(claim.other_diagnoses), MOST_CODES_OF_A_KIND),
        ("reasons for the visit", len(claim.reason_for_visit), MOST_REASONS),
        ("external causes", len(claim.external_causes), MOST_CAUSES),
        ("procedures", len(claim.procedures), MOST_CODES_OF_A_KIND + 1),
        ("occurrence spans", spans, MOST_CODES_OF_A_KIND),
        ("occurrence codes", len(claim.occurrence_codes) - spans, MOST_CODES_OF_A_KIND),
        ("value codes", len(claim.value_codes), MOST_CODES_OF_A_KIND),
        ("condition codes", len(claim.condition_codes), MOST_CODES_OF_A_KIND),
        ("treatment codes", len(claim.treatment_codes), MOST_CODES_OF_A_KIND),
    )
    for what, count, most in lists:
        if count > most:
            raise _number_of(what, count, f"at most {most}", of)


def _refuse_pointers(line: ServiceLine, diagnoses: int, of: str, *, needed: bool) -> None:
    if len(line.pointers) > MOST_POINTERS:
        raise X12Error("it points to more than four diagnoses", where=of, fix="keep the four that matter")
    dead = any(not 1 <= pointer <= diagnoses for pointer in line.pointers)
    if dead or (needed and not line.pointers):
        raise X12Error("it points to no diagnosis of the claim", where=of, fix="correct the pointers")


def _refuse_two_sources(line: ServiceLine, of: str) -> None:
    if line.drug is not None and line.drug.prescription_number and line.drug.link_number:
        raise X12Error(
            "a drug has a prescription number and a link number",
            where=of,
            why="the guide holds one of them",
            fix="keep the prescription number",
        )


def _number_of(what: str, count: int, held: str, of: str) -> X12Error:
    return X12Error(
        f"it has {count} {what}", where=of, why=f"this guide holds {held}", fix=f"correct the {what}"
    )
