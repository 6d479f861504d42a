"""PX-UNKNOWN: every procedure code is in its set on the day of service."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.codesets.entry import CodeStatus
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, is_professional, last_day
from cleanclaim.edits.lookups import row_of
from cleanclaim.kernel.because import Citation

_LEVEL_II = re.compile(r"[A-V][0-9]{4}")
_CPT = re.compile(r"[0-9]{4}[0-9A-Z]")
EDIT = Edit(
    "PX-UNKNOWN",
    "Every CPT, HCPCS and ICD-10-PCS code is in its set on the day it was done, or at discharge.",
    Citation("45 CFR", "2026", "section 162.1000, code set in force when the care was given"),
)


@EDIT.per_claim
def px_unknown(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Look up the code of each line, and the procedures of an inpatient stay."""
    for line in claim.lines:
        field = box(claim, "24D", "44")
        if not line.code:
            if is_professional(claim):
                yield EDIT.reject(
                    claim,
                    "the line has no procedure code",
                    "Enter the CPT or HCPCS code.",
                    line=line.number,
                    field=field,
                )
            continue
        if row_of("revenue_codes", "rate-code", line.revenue_code, line.service_date) is not None:
            continue
        system = "HCPCS" if _LEVEL_II.fullmatch(line.code) else "CPT"
        if system == "CPT" and not _CPT.fullmatch(line.code):
            problem: str | None = f"{line.code} has not the shape of a CPT or HCPCS code"
        else:
            problem = _problem(context, system, line.code, line.service_date)
        if problem == _NOT_LOADED:
            yield _unchecked(system, line.service_date)
        elif problem:
            yield EDIT.reject(
                claim, problem, "Replace it by the code of that date.", line=line.number, field=field
            )
    if isinstance(claim, InstitutionalClaim):
        yield from _hospital(claim, context)


_NOT_LOADED = "not loaded"


def _hospital(claim: InstitutionalClaim, context: ScrubContext) -> Iterator[Said]:
    day = last_day(claim) or claim.statement.first
    for procedure in claim.procedures:
        problem = _problem(context, "ICD-10-PCS", procedure.code, day)
        if problem == _NOT_LOADED:
            yield _unchecked("ICD-10-PCS", day)
        elif problem:
            yield EDIT.reject(
                claim, problem, "Replace it by the code in force at discharge.", field="UB-04 FL 74"
            )


def _problem(context: ScrubContext, system: str, code: str, day: dt.date) -> str | None:
    entry = context.find(system, code, day)
    if entry is None:
        return f"{code} is no {system} code on {day}"
    if entry.status is CodeStatus.UNKNOWN:
        return _NOT_LOADED
    if entry.status is CodeStatus.NOT_YET:
        return f"the {system} code {code} is not yet in force on {day}"
    if entry.status is CodeStatus.TERMINATED:
        return f"the {system} code {code} was deleted and is no longer valid on {day}"
    if entry.status is CodeStatus.HEADER:
        return f"the {system} code {code} is a heading and needs more characters"
    return None


def _unchecked(system: str, day: dt.date) -> Said:
    return EDIT.not_checked(f"{system} for {day.year} not loaded: whether those codes exist was not checked")
