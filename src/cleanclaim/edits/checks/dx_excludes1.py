"""DX-EXCLUDES1: two diagnoses that the tabular list says cannot be together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.codesets.relations import excludes1_conflict
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import diagnosis_days, placed_diagnoses
from cleanclaim.kernel.because import Citation

_RELEASE = "FY2026"
EDIT = Edit(
    "DX-EXCLUDES1",
    "No two diagnoses stand together that an Excludes1 note keeps apart.",
    Citation("ICD-10-CM Official Guidelines", _RELEASE, "Section I.A.12.a"),
)


@EDIT.per_claim
def dx_excludes1(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Ask of every pair of listed diagnoses whether a note of either names the other."""
    listed = [item for item in placed_diagnoses(claim) if item.role in ("listed", "cause")]
    if len(listed) < 2:
        return
    day = diagnosis_days(claim, listed[0].place)
    if not day:
        return
    for first, second in combinations(listed, 2):
        source = _source(context, first.code, second.code, day[0])
        if source:
            yield EDIT.reject(
                claim,
                f"{first.code} and {second.code} exclude each other: the Excludes1 note at {source} says "
                "they "
                "are not coded together",
                "Keep the one the note supports. If the two conditions are not related, a coder may keep "
                "both and "
                "say so.",
                field=second.field,
                citation=Citation("ICD-10-CM tabular list", _RELEASE, f"Excludes1 note at {source}"),
            )


def _source(context: ScrubContext, one: str, other: str, day: dt.date) -> str:
    def search() -> str:
        note = excludes1_conflict(context.book, one, other, day) if one != other else None
        return note.source if note is not None else ""

    return context.once(("excludes1", one, other, day), search)
