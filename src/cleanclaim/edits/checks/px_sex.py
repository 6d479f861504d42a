"""PX-SEX: a procedure on female or male organs fits the sex on the claim."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box
from cleanclaim.edits.lookups import rows_about
from cleanclaim.edits.sexes import SEX_WORDS, conflict_is_declared
from cleanclaim.kernel.because import Citation

_PCS = Citation("ICD-10-PCS tables", "FY2027", "body systems 0U and 0V, section 1")
_PCS_SEX = {"0U": "F", "0V": "M", "10": "F"}
EDIT = Edit(
    "PX-SEX",
    "A procedure on female or male organs, or for birth, fits the patient's sex on the claim.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 32, section 240"),
)


@EDIT.per_claim
def px_sex(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Compare each line and each inpatient procedure with the patient's sex."""
    sex = claim.patient.sex.value
    if sex not in SEX_WORDS or conflict_is_declared(claim):
        return
    fix = (
        f"Check the sex ({box(claim, '3', '11')}) and the code; if both are right, add modifier KX or "
        "condition code 45."
    )
    for line in claim.lines:
        for rule in rows_about("procedure_sex", line.code, line.service_date):
            if rule.values["sex"] != sex:
                yield EDIT.reject(
                    claim,
                    f"{line.code} is a service for a {SEX_WORDS[rule.values['sex']]} patient; the claim says "
                    f"{SEX_WORDS[sex]}",
                    fix,
                    line=line.number,
                    field=box(claim, "24D", "44"),
                    citation=rule.citation,
                )
    for procedure in claim.procedures if isinstance(claim, InstitutionalClaim) else ():
        wanted = _PCS_SEX.get(procedure.code[:2], sex)
        if wanted != sex:
            yield EDIT.reject(
                claim,
                f"{procedure.code} is done on a {SEX_WORDS[wanted]} patient; the claim says {SEX_WORDS[sex]}",
                fix,
                field="UB-04 FL 74",
                citation=_PCS,
            )
