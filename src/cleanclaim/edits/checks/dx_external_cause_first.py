"""DX-EXTERNAL-CAUSE-FIRST: how it happened never stands before what happened."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.codesets.relations import is_external_cause
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "DX-EXTERNAL-CAUSE-FIRST",
    "An external cause code (V00 to Y99) is not the first-listed or principal diagnosis.",
    Citation("ICD-10-CM Official Guidelines", "FY2026", "Section I.C.20.a.6"),
)


@EDIT.per_claim
def dx_external_cause_first(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the first diagnosis."""
    placed = context.placed(claim)
    if placed and placed[0].role == "listed" and is_external_cause(placed[0].code):
        yield EDIT.reject(
            claim,
            f"{placed[0].code} tells how an injury came about and cannot stand first",
            "List the injury or the condition first, then the external cause.",
            field=placed[0].field,
        )
