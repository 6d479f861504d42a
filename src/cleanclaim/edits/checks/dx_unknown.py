"""DX-UNKNOWN: every diagnosis is a code of ICD-10-CM on the day that governs it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.codesets.entry import CodeEntry, CodeStatus
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box
from cleanclaim.kernel.because import Citation

EDIT = Edit(
    "DX-UNKNOWN",
    "Every diagnosis is in the ICD-10-CM set of the date of service, or of discharge.",
    Citation("45 CFR", "2026", "section 162.1000, code set in force when the care was given"),
)
_FIX = "Look the code up as of that date and replace it."


@EDIT.per_claim
def dx_unknown(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look every diagnosis up on its days."""
    placed = context.placed(claim)
    if not any(item.role == "listed" for item in placed):
        yield EDIT.reject(
            claim,
            "the claim has no diagnosis",
            "Enter the diagnoses of the visit.",
            field=box(claim, "21", "67"),
        )
    for item in placed:
        for day in item.days:
            entry = context.find("ICD-10-CM", item.code, day)
            if entry is None:
                problem = f"{item.code or 'an empty code'} is no ICD-10-CM code on {day}"
            elif entry.status is CodeStatus.NOT_YET:
                problem = f"{item.code} comes into force on {_begins(entry, day)}, the service is of {day}"
            elif entry.status is CodeStatus.TERMINATED:
                problem = f"{item.code} was deleted and is no longer valid on {day}"
            elif entry.status is CodeStatus.UNKNOWN:
                yield EDIT.not_checked(
                    f"ICD-10-CM for {day} not loaded: whether the diagnoses exist was not checked"
                )
                continue
            else:
                continue
            yield EDIT.reject(claim, problem, _FIX, field=item.field)


def _begins(entry: CodeEntry, day: dt.date) -> str:
    return str(entry.valid_from) if entry.valid_from is not None and entry.valid_from > day else "a later day"
