"""DX-DUPLICATE: a diagnosis is listed once."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "DX-DUPLICATE",
    "No diagnosis is listed twice.",
    Citation("ICD-10-CM Official Guidelines", "FY2026", "Section I.B.12"),
)


@EDIT.per_claim
def dx_duplicate(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Find the second listing of a code; the admitting diagnosis and the reason for visit may repeat one."""
    seen: dict[str, str] = {}
    for item in context.placed(claim):
        if item.role != "listed" and item.role != "cause":
            continue
        if item.code in seen:
            yield EDIT.reject(
                claim,
                f"{item.code} is listed a second time; it stands already in {seen[item.code]}",
                "Take the second one off and point its lines to the first.",
                field=item.field,
            )
        else:
            seen[item.code] = item.field
