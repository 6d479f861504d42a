"""What a CMS-1500 has no room for, as the claim has it: refused, or warned about where a rule says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.claims.claim import Frequency, ProfessionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Sex
from cleanclaim.forms.cms1500_boxes import (
    POINTER_LETTERS,
    box_14_candidates,
    box_15_candidates,
    box_17_candidates,
    box_23_candidates,
)
from cleanclaim.forms.cms1500_sheet import nucc
from cleanclaim.forms.cms1500_supplements import (
    CODES_WIDTH,
    NOTES_WIDTH,
    SHADED_WIDTH,
    code_pieces,
    fitting,
    note_pieces,
    shaded_pieces,
)
from cleanclaim.forms.findings import FormFinding
from cleanclaim.forms.nowhere import without_place
from cleanclaim.kernel.finding import Severity

_ELECTRONIC = "send the claim electronically"
_NOWHERE = (
    "transport", "pick_up", "drop_off", "spinal_treatment", "anesthesia_procedures", "pay_to_plan", "special_program",
    "delay_reason", "fixed_format", "contract", "repricing", "primary_care",
)  # fmt: skip
_NOWHERE_OF_LINES = (
    "transport", "pick_up", "drop_off", "patients_transported", "obstetric_units", "equipment", "certification",
    "forms", "test_results", "purchased_from", "facility", "supervising", "primary_care", "sales_tax_cents",
    "postage_cents", "repricing", "attachments", "conditions", "dates", "references", "fixed_format",
)  # fmt: skip


def cms1500_limits(claim: ProfessionalClaim) -> tuple[FormFinding, ...]:
    """Counts and choices that the form limits; widths are the sheet's business."""
    return (*_claim_limits(claim), *_single_places(claim), *_advice(claim), *_line_limits(claim))


def _reject(box: str, message: str, fix: str, item: str) -> FormFinding:
    return FormFinding(f"CMS-1500 box {box}", Severity.REJECT, message, fix, nucc(item))


def _warn(box: str, message: str, fix: str, item: str) -> FormFinding:
    return FormFinding(f"CMS-1500 box {box}", Severity.WARN, message, fix, nucc(item))


def _claim_limits(claim: ProfessionalClaim) -> Iterator[FormFinding]:
    if len(claim.diagnoses) > len(POINTER_LETTERS):
        count = len(claim.diagnoses)
        yield _reject(
            "21", f"{count} diagnoses, the form holds 12", "split the claim by diagnosis", "item 21"
        )
    if len(box_23_candidates(claim)) > 1:
        yield _reject(
            "23",
            "the claim has several authorization, referral or CLIA numbers, the box holds one",
            f"split the claim by number, or {_ELECTRONIC}",
            "item 23",
        )
    if len({diagnosis.icd9 for diagnosis in claim.diagnoses}) > 1:
        yield _reject(
            "21",
            "diagnoses of ICD-9-CM and ICD-10-CM stand side by side",
            "split the claim by date of service",
            "item 21",
        )
    paid = (claim.patient_paid_cents, *(other.paid_cents or 0 for other in claim.other_payers))
    if min(paid) < 0:
        yield _reject("29", "an amount paid is negative", "correct the payment", "item 29")
    if claim.frequency is not Frequency.ORIGINAL and not claim.payer_claim_number:
        yield _reject(
            "22",
            "a replacement or void lacks the payer's claim number",
            "enter the payer's number",
            "item 22",
        )


def _single_places(claim: ProfessionalClaim) -> Iterator[FormFinding]:
    """Boxes that hold one of several facts: the manual ranks them, the paper shows the first."""
    for box, candidates in (
        ("14", box_14_candidates(claim)),
        ("15", box_15_candidates(claim)),
        ("17", box_17_candidates(claim)),
    ):
        if len(candidates) > 1:
            left_out = ", ".join(qualifier for qualifier, _ in candidates[1:])
            yield _warn(
                box,
                f"the box holds one entry; qualifier {left_out} is not printed",
                _ELECTRONIC,
                f"item {box}",
            )
    for box, pieces, width in (
        ("10d", code_pieces(claim), CODES_WIDTH),
        ("19", note_pieces(claim), NOTES_WIDTH),
    ):
        yield from _left_out(box, pieces, width, f"item {box}")
    if sum(line.purchased_service is not None for line in claim.lines) > 1:
        yield _warn("20", "several services were bought, the box shows their sum", _ELECTRONIC, "item 20")
    for words in without_place(claim, _NOWHERE):
        yield _warn("19", f"{words}: the form has no place for it", _ELECTRONIC, "item 19")
    if claim.pay_to is not None:
        yield _warn("33", "the form has no place for a pay-to address", _ELECTRONIC, "item 33")


def _left_out(box: str, pieces: Sequence[str], width: int, item: str) -> Iterator[FormFinding]:
    count = len(pieces) - len(fitting(pieces, width))
    if count:
        message = f"the box holds {width} characters; {count} of its {len(pieces)} entries are not printed"
        yield _warn(box, message, _ELECTRONIC, item)


def _advice(claim: ProfessionalClaim) -> Iterator[FormFinding]:
    if claim.patient.sex is Sex.UNKNOWN:
        yield _warn("3", "sex is unknown, neither box is crossed", "ask the patient", "item 3")
    if any(other.paid_cents is not None for other in claim.other_payers):
        yield FormFinding(
            "CMS-1500 box 29",
            Severity.INFO,
            "an earlier payer has answered; the form does not carry its adjustments",
            "attach the earlier payer's explanation of benefits",
            nucc("item 29"),
        )


def _line_limits(claim: ProfessionalClaim) -> Iterator[FormFinding]:
    for place, line in enumerate(claim.lines, 1):
        yield from _one_line(claim, f"24.{place}", line)


def _one_line(claim: ProfessionalClaim, box: str, line: ServiceLine) -> Iterator[FormFinding]:
    if len(line.modifiers) > 4:
        yield _reject(
            f"{box}D", f"{len(line.modifiers)} modifiers, the form holds 4", _ELECTRONIC, "item 24D"
        )
    if len(line.pointers) > 4:
        yield _reject(f"{box}E", f"{len(line.pointers)} pointers, the form holds 4", "keep four", "item 24E")
    if any(not 1 <= pointer <= len(claim.diagnoses) for pointer in line.pointers):
        yield _reject(f"{box}E", "a pointer names no diagnosis of box 21", "correct the pointer", "item 24E")
    if line.charge_cents < 0:
        yield _reject(f"{box}F", "the charge is negative", "send a replacement or a void instead", "item 24F")
    if not line.units.is_finite() or line.units <= 0:
        yield _reject(f"{box}G", "the units are no positive number", "correct the units", "item 24G")
    yield from _left_out(f"{box} shaded", shaded_pieces(line), SHADED_WIDTH, "section 24")
    for words in without_place(line, _NOWHERE_OF_LINES):
        yield _warn(f"{box} shaded", f"{words}: the form has no place for it", _ELECTRONIC, "section 24")
    if line.drug is not None and line.drug.prescription_number:
        yield _warn(
            f"{box} shaded", "the prescription number has no place on the form", _ELECTRONIC, "section 24"
        )
