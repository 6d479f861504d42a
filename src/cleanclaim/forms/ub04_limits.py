"""What a UB-04 has no room for, as the claim has it: refused, or warned about where a rule says so."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import Frequency, InstitutionalClaim
from cleanclaim.forms.findings import FormFinding
from cleanclaim.forms.nowhere import without_place
from cleanclaim.forms.ub04_locators import (
    OCCURRENCE_PLACES,
    REMARK_WIDTHS,
    VALUE_PLACES,
    code_rows,
    day_codes,
    other_operators,
    payer_rows,
    remark_lines,
    remarks,
    span_codes,
)
from cleanclaim.forms.ub04_sheet import (
    CODE_LETTERS,
    CONDITION_LOCATORS,
    DIAGNOSIS_LETTERS,
    PROCEDURE_PLACES,
    cms_1450,
)
from cleanclaim.kernel.finding import Severity

_ELECTRONIC = "send the claim electronically"
_NOWHERE = (
    "facility", "attachments", "treatment_codes", "fixed_format", "contract", "repricing", "pay_to_plan",
    "delay_reason", "conditions", "patient_due_cents",
)  # fmt: skip
_NOWHERE_OF_LINES = (
    "operating", "other_operating", "rendering", "referring", "attachments", "repricing", "references", "notes",
    "service_tax_cents", "facility_tax_cents",
)  # fmt: skip
_ACCIDENT_CODES = {"01", "02", "03", "04", "05", "06"}


def ub04_limits(claim: InstitutionalClaim) -> tuple[FormFinding, ...]:
    """Counts that the form limits; widths are the sheet's business."""
    return (*_counts(claim), *_facts(claim), *_lines(claim))


def _finding(locator: str, severity: Severity, message: str, fix: str = _ELECTRONIC) -> FormFinding:
    return FormFinding(f"UB-04 FL {locator}", severity, message, fix, cms_1450(f"FL {locator}"))


def _counts(claim: InstitutionalClaim) -> Iterator[FormFinding]:
    counts = (
        ("35-36", "occurrence spans", len(span_codes(claim)), 4),
        ("50", "payers", len(payer_rows(claim)), 3),
        ("67A-Q", "other diagnoses", len(claim.other_diagnoses), len(DIAGNOSIS_LETTERS)),
        ("70", "reasons for the visit", len(claim.reason_for_visit), 3),
        ("72", "external causes", len(claim.external_causes), 3),
        ("74", "procedures", len(claim.procedures), len(PROCEDURE_PLACES)),
        ("80", "lines of remarks", len(remark_lines(remarks(claim))), len(REMARK_WIDTHS)),
    )
    for locator, name, count, room in counts:
        if count > room:
            yield _finding(locator, Severity.REJECT, f"{count} {name}, the form holds {room}")
    fits = len(code_rows(claim)) <= len(CODE_LETTERS)
    for locator, name, count, room in (
        ("18-28", "condition codes", len(claim.condition_codes), len(CONDITION_LOCATORS)),
        ("31-34", "occurrence codes", len(day_codes(claim)), OCCURRENCE_PLACES),
        ("39-41", "value codes", len(claim.value_codes), VALUE_PLACES),
    ):
        if count > room and fits:
            yield _finding(
                locator, Severity.WARN, f"{count} {name}, there is room for {room}: the rest is in FL 81"
            )
        elif count > room:
            yield _finding(
                locator, Severity.REJECT, f"{count} {name}, the form holds {room} and FL 81 is full"
            )


def _facts(claim: InstitutionalClaim) -> Iterator[FormFinding]:
    if claim.frequency is not Frequency.ORIGINAL and not claim.payer_claim_number:
        message = "a replacement or void lacks the payer's claim number"
        yield _finding("64", Severity.REJECT, message, "enter the payer's number")
    if claim.authorization_number and claim.referral_number:
        yield _finding("63", Severity.REJECT, "an authorization and a referral number, the row holds one")
    paid = [other.paid_cents or 0 for other in claim.other_payers]
    if any(cents < 0 for cents in [*paid, *(value.cents for value in claim.value_codes)]):
        yield _finding("39-54", Severity.REJECT, "an amount is negative", "correct the amount")
    codes = {code.code for code in claim.occurrence_codes}
    if claim.accident is not None and not codes & _ACCIDENT_CODES:
        message = "the day of the accident is on no occurrence code 01 to 06 and is not printed"
        yield _finding("31-34", Severity.WARN, message, "add the occurrence code of the accident")
    if len(other_operators(claim)) > 2:
        yield _finding(
            "78-79", Severity.WARN, "three more providers, the form holds two; the last is not printed"
        )
    for words in without_place(claim, _NOWHERE):
        yield _finding("80", Severity.WARN, f"{words}: the form has no place for it")
    if claim.supervising is not None:
        yield _finding("78-79", Severity.WARN, "the form has no place for a supervising provider")
    if claim.patient_paid_cents:
        yield _finding("54", Severity.WARN, "what the patient paid has no place on the form")


def _lines(claim: InstitutionalClaim) -> Iterator[FormFinding]:
    for place, line in enumerate(claim.lines, 1):
        if line.charge_cents < 0 or line.non_covered_cents < 0:
            fix = "send a replacement or a void instead"
            yield _finding(f"47.{place}", Severity.REJECT, "the charge is negative", fix)
        if not line.units.is_finite() or line.units <= 0:
            message = "the units are no positive number"
            yield _finding(f"46.{place}", Severity.REJECT, message, "correct the units")
        if line.drug is not None and line.description:
            message = "the drug stands where the description would"
            yield _finding(f"43.{place}", Severity.INFO, message, "nothing to do")
        for words in without_place(line, _NOWHERE_OF_LINES):
            yield _finding(f"43.{place}", Severity.WARN, f"{words}: the form has no place for it")
        if line.revenue_code == "0001":
            message = "revenue code 0001 is the total, never a line"
            yield _finding(f"42.{place}", Severity.REJECT, message, "remove the line")
