"""DX-NOT-BILLABLE: a diagnosis is carried to its last character."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.codesets.entry import CodeStatus
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "DX-NOT-BILLABLE",
    "A diagnosis has all the characters its category asks for.",
    Citation("ICD-10-CM Official Guidelines", "FY2026", "Section I.B.2"),
)


@EDIT.per_claim
def dx_not_billable(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Find codes that are only the head of longer ones."""
    for item in context.placed(claim):
        for day in item.days:
            entry = context.find("ICD-10-CM", item.code, day)
            if entry is None or entry.status is not CodeStatus.HEADER:
                continue
            missing = "a seventh character" if entry.seventh else "more characters"
            yield EDIT.reject(
                claim,
                f"{item.code} is the head of a group of codes and needs {missing}",
                "Choose the complete code that the note supports.",
                field=item.field,
            )
            break
