"""TOTAL: there are lines, and their sum is an amount the claim can carry."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim, ProfessionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, is_professional
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.money import format_usd

_MOST_CENTS = 99_999_999_99
_MOST_LINES = {True: 50, False: 999}
_MOST_DIAGNOSES = 12
EDIT = Edit(
    "TOTAL",
    "The claim has lines, no more than it can carry, and amounts that fit the total of the lines.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 26, section 10.4, items 28 and 29"),
)


@EDIT.per_claim
def total(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the total, at what the patient paid, and at the counts."""
    if not claim.lines:
        yield EDIT.reject(
            claim,
            "the claim has no service line",
            "Add the services, or withdraw the claim.",
            field=box(claim, "24", "42"),
        )
        return
    charge = claim.charge_cents()
    yield from _amounts(claim, charge)
    most = _MOST_LINES[is_professional(claim)]
    if len(claim.lines) > most:
        yield EDIT.reject(
            claim,
            f"the claim has {len(claim.lines)} lines; one claim carries {most}",
            "Split the claim by day or by service.",
            field=box(claim, "24", "42"),
        )
    if len({line.number for line in claim.lines}) < len(claim.lines):
        yield EDIT.reject(
            claim, "two lines bear the same number", "Number the lines from 1.", field=box(claim, "24", "42")
        )
    if isinstance(claim, ProfessionalClaim) and len(claim.diagnoses) > _MOST_DIAGNOSES:
        yield EDIT.reject(
            claim,
            f"the claim lists {len(claim.diagnoses)} diagnoses; box 21 holds {_MOST_DIAGNOSES}",
            "Keep the diagnoses that explain the services.",
            field="CMS-1500 box 21",
        )


def _amounts(claim: AnyClaim, charge: int) -> Iterator[Said]:
    if charge > _MOST_CENTS:
        yield EDIT.reject(
            claim,
            f"the total charge of {format_usd(charge)} does not fit the field",
            "Check the charges of the lines for a misplaced point.",
            field=box(claim, "28", "47"),
        )
    if claim.patient_paid_cents < 0 or claim.patient_paid_cents > max(charge, 0):
        yield EDIT.reject(
            claim,
            f"the patient is said to have paid {format_usd(claim.patient_paid_cents)} of "
            f"{format_usd(charge)}",
            "Enter what the patient paid towards these services only.",
            field=box(claim, "29", "54"),
        )
    for line in claim.lines:
        if line.non_covered_cents < 0 or line.non_covered_cents > max(line.charge_cents, 0):
            yield EDIT.reject(
                claim,
                f"non-covered charges of {format_usd(line.non_covered_cents)} exceed the line's "
                f"{format_usd(line.charge_cents)}",
                "Enter at most the charge of the line as non-covered.",
                line=line.number,
                field=box(claim, "24F", "48"),
            )
