"""DX-EXCLUDES1: two diagnoses that the tabular list says cannot be together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.codesets.note_codes import covers
from cleanclaim.codesets.relations import excludes1_conflict
from cleanclaim.edits.context import ScrubContext, quarter_start
from cleanclaim.edits.edit import Edit, Said
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
    listed = [item for item in context.placed(claim) if item.role in ("listed", "cause")]
    if len(listed) < 2:
        return
    day = listed[0].days
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
    start = quarter_start(day)
    return context.once(("excludes1", one, other, start), lambda: _search(context, one, other, start))


def _search(context: ScrubContext, one: str, other: str, day: dt.date) -> str:
    if one == other or not (_names(context, one, other, day) or _names(context, other, one, day)):
        return ""
    note = excludes1_conflict(context.book, one, other, day)
    return note.source if note is not None else ""


def _names(context: ScrubContext, code: str, other: str, day: dt.date) -> bool:
    """Whether any note of a code names the other at all: the cheap question before the exact one."""
    entry = context.find("ICD-10-CM", code, day)
    return entry is not None and any(
        covers(reference, other) for note in entry.notes.excludes1 for reference in note.codes
    )
