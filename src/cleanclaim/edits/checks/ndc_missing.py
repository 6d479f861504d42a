"""NDC-MISSING: a drug has its national drug code where the payer wants it, and complete."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.claims.line import Drug
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box
from cleanclaim.edits.lookups import rows_about
from cleanclaim.kernel.because import Citation

_NDC = re.compile(r"[0-9]{11}")
_UNITS = frozenset({"ML", "UN", "GR", "F2", "ME"})
EDIT = Edit(
    "NDC-MISSING",
    "A drug line has an 11-digit NDC with quantity and unit where the payer asks for it.",
    Citation("42 CFR", "2026", "section 447.520"),
)


@EDIT.per_claim
def ndc_missing(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at lines with a drug and at lines that need one."""
    payer = claim.coverage.payer.filing_indicator
    field = box(claim, "24 shaded", "43")
    for line in claim.lines:
        if line.drug is not None:
            for problem in _problems(line.drug):
                yield EDIT.reject(
                    claim,
                    problem,
                    "Enter the NDC of the package used, with the amount given and its unit.",
                    line=line.number,
                    field=field,
                )
            continue
        for rule in rows_about("ndc", line.code, line.service_date):
            if payer in rule.values["filing_indicators"]:
                yield EDIT.reject(
                    claim,
                    f"the drug {line.code} has no NDC: {rule.values['why']}",
                    "Enter the 11-digit NDC from the package, the amount and its unit.",
                    line=line.number,
                    field=field,
                    citation=rule.citation,
                )


def _problems(drug: Drug) -> Iterator[str]:
    if not _NDC.fullmatch(drug.ndc):
        yield "the NDC is not eleven digits (5-4-2, without hyphens, filled up with zeros)"
    if not drug.quantity.is_finite() or drug.quantity <= 0:
        yield "the NDC quantity is not above zero"
    if drug.unit not in _UNITS:
        yield f"the NDC unit {drug.unit or '(none)'} is not one of {', '.join(sorted(_UNITS))}"
