"""POINTER-DEAD: every line points to diagnoses that are there."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import plural
from cleanclaim.kernel.because import Citation

_FIELD = "CMS-1500 box 24E"
_MOST = 4
EDIT = Edit(
    "POINTER-DEAD",
    "Every line points to one to four diagnoses that the claim lists.",
    Citation("NUCC 1500 Claim Form Reference Instruction Manual", "02/12", "item 24E"),
)


@EDIT.per_professional
def pointer_dead(claim: ProfessionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the pointers of each line."""
    listed = len(claim.diagnoses)
    for line in claim.lines:
        if not line.pointers:
            yield EDIT.reject(
                claim,
                "the line points to no diagnosis, so the payer cannot see why the service was done",
                "Point the line to the diagnosis that is its main reason.",
                line=line.number,
                field=_FIELD,
            )
        for pointer in line.pointers:
            if not 1 <= pointer <= listed:
                yield EDIT.reject(
                    claim,
                    f"the line points to diagnosis {pointer}, but box 21 lists {plural(listed, 'diagnosis')}",
                    "Point the line to a listed diagnosis, or add the missing one to box 21.",
                    line=line.number,
                    field=_FIELD,
                )
        if len(line.pointers) > _MOST or len(set(line.pointers)) < len(line.pointers):
            yield EDIT.reject(
                claim,
                f"the line has {plural(len(line.pointers), 'pointer')}; it may have four, each to another "
                "diagnosis",
                "Keep the diagnoses that explain this service, each once and at most four.",
                line=line.number,
                field=_FIELD,
            )
