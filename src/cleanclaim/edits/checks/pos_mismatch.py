"""POS-MISMATCH: the service can be given at that place."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.edits.code_rules import CodeRule
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import place_of_service
from cleanclaim.edits.lookups import rows_about
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.finding import Severity

EDIT = Edit(
    "POS-MISMATCH",
    "A visit code stands with a place where such a visit is given.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 12, section 30.6"),
)


@EDIT.per_professional
def pos_mismatch(claim: ProfessionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Ask the table of every line."""
    for line in claim.lines:
        place = place_of_service(claim, line)
        for rule in rows_about("places", line.code, line.service_date):
            if place and not _fits(rule, place):
                yield EDIT.finding(
                    Severity(rule.values.get("severity", "reject")),
                    claim,
                    f"{line.code} does not fit place of service {place}: {rule.values['why']}",
                    "Correct the place, or choose the visit code of that place.",
                    line=line.number,
                    field="CMS-1500 box 24B",
                    citation=rule.citation,
                )


def _fits(rule: CodeRule, place: str) -> bool:
    allowed = rule.values.get("places")
    return place in allowed if allowed is not None else place not in rule.values["not_places"]
