"""DX-MANIFESTATION-FIRST: a manifestation is never the first diagnosis."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.codesets.relations import is_manifestation
from cleanclaim.edits.context import ScrubContext, quarter_start
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "DX-MANIFESTATION-FIRST",
    "A manifestation of another disease is not the first-listed or principal diagnosis.",
    Citation("ICD-10-CM Official Guidelines", "FY2026", "Section I.A.13"),
)


@EDIT.per_claim
def dx_manifestation_first(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at the first diagnosis."""
    placed = context.placed(claim)
    if not placed or placed[0].role != "listed":
        return
    first = placed[0]
    for day in first.days:
        if _is_manifestation(context, first.code, day):
            yield EDIT.reject(
                claim,
                f"{first.code} is the manifestation of another disease and cannot stand first",
                "List the underlying disease first, then this code.",
                field=first.field,
            )
            return


def _is_manifestation(context: ScrubContext, code: str, day: dt.date) -> bool:
    start = quarter_start(day)
    return context.once(("manifestation", code, start), lambda: is_manifestation(context.book, code, start))
