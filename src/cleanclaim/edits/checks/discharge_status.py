"""DISCHARGE-STATUS: where the patient went is said, and agrees with the rest of the claim."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import last_day
from cleanclaim.edits.lookups import row
from cleanclaim.kernel.because import Citation

_FIELD = "UB-04 FL 17"
_COMPLETE_FREQUENCIES = ("1", "4")
EDIT = Edit(
    "DISCHARGE-STATUS",
    "The discharge status is a code in use that agrees with the bill's frequency and the date of death.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 25, section 75.2, form locator 17"),
)


@EDIT.per_institutional
def discharge_status(claim: InstitutionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Look the status up and hold it against the rest."""
    status = claim.discharge_status
    entry = context.find("DISCHARGE-STATUS", status, claim.statement.first) if status else None
    if entry is None or not entry.valid:
        yield EDIT.reject(
            claim,
            f"{status} is no discharge status" if status else "the discharge status is missing",
            "Enter two digits, such as 01 for home; an outpatient claim has one too.",
            field=_FIELD,
        )
        return
    if (
        claim.is_inpatient()
        and status in row("discharge_status", "still-patient").codes
        and claim.type_of_bill[3:] in _COMPLETE_FREQUENCIES
    ):
        yield EDIT.reject(
            claim,
            f"status {status} says the patient is still here, but type of bill {claim.type_of_bill} bills "
            "the end of "
            "the stay",
            "Enter where the patient went, or bill an interim claim.",
            field=_FIELD,
        )
    died = status in row("discharge_status", "died").codes
    death, end = claim.patient.death_date, last_day(claim)
    if death is not None and end is not None and death <= end and not died:
        yield EDIT.reject(
            claim,
            f"status {status} says the patient left alive, but the date of death on file lies in the stay",
            "Enter status 20, or correct the date of death.",
            field=_FIELD,
        )
    if died and death is not None and end is not None and death > end:
        yield EDIT.reject(
            claim,
            f"status {status} says the patient died in the stay, but the date of death on file is later",
            "Correct the status or the date of death.",
            field=_FIELD,
        )
