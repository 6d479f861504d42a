"""PX-AGE: a service for an age is billed for a patient of that age."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, plural
from cleanclaim.edits.lookups import rows_about
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.dates import age_in_years

EDIT = Edit(
    "PX-AGE",
    "A service defined for an age is billed for a patient of that age on the day of service.",
    Citation("CPT section guidelines", "2026", "Preventive medicine services"),
)


@EDIT.per_claim
def px_age(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Compare each line's code with the age on its day."""
    birth = claim.patient.birth_date
    for line in claim.lines:
        if line.service_date < birth:
            continue
        for rule in rows_about("procedure_age", line.code, line.service_date):
            age = age_in_years(birth, line.service_date)
            youngest, oldest = rule.values.get("youngest", 0), rule.values.get("oldest")
            if age < youngest or (oldest is not None and age > oldest):
                ages = f"{youngest} to {oldest}" if oldest is not None else f"{youngest} and over"
                yield EDIT.reject(
                    claim,
                    f"{line.code} is for ages {ages}; the patient was {plural(age, 'year')} old",
                    "Choose the code of the patient's age, or correct the date of birth "
                    f"({box(claim, '3', '10')}).",
                    line=line.number,
                    field=box(claim, "24D", "44"),
                    citation=rule.citation,
                )
