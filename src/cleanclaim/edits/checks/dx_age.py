"""DX-AGE: a diagnosis fits the patient's age."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import frozen

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.codesets.relations import age_limit
from cleanclaim.edits.code_rules import code_rules
from cleanclaim.edits.context import ScrubContext, quarter_start
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, first_day, plural
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.dates import age_in_years
from cleanclaim.kernel.finding import Severity

EDIT = Edit(
    "DX-AGE",
    "A diagnosis that belongs to an age is given to a patient of that age.",
    Citation("Medicare Code Editor", "FY2027", "age conflict"),
)


@frozen
class _Limit:
    youngest: int
    oldest: int
    severity: Severity
    why: str
    citation: Citation


@EDIT.per_claim
def dx_age(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Compare every diagnosis with the age at the start of the visit."""
    day = first_day(claim)
    if day is None or day < claim.patient.birth_date:
        return
    age = age_in_years(claim.patient.birth_date, day)
    for item in context.placed(claim):
        limit = _limit(context, item.code, day)
        if limit is not None and not limit.youngest <= age <= limit.oldest:
            yield EDIT.finding(
                limit.severity,
                claim,
                f"{item.code} does not fit a patient of {plural(age, 'year')}: {limit.why}",
                f"Check the date of birth ({box(claim, '3', '10')}) and the code.",
                field=item.field,
                citation=limit.citation,
            )


def _limit(context: ScrubContext, code: str, day: dt.date) -> _Limit | None:
    start = quarter_start(day)
    return context.once(("dx-age", code, start), lambda: _search(context, code, start))


def _search(context: ScrubContext, code: str, day: dt.date) -> _Limit | None:
    for rule in code_rules("diagnosis_age"):
        if rule.holds(code, day) or rule.holds(code[:3], day):
            values = rule.values
            return _Limit(
                values.get("youngest", 0),
                values.get("oldest", 999),
                Severity(values["severity"]),
                values["why"],
                rule.citation,
            )
    found = age_limit(context.book, code, day)
    if found is None:
        return None
    why = f"the code is for ages {found.youngest} to {found.oldest} ({found.name})"
    return _Limit(found.youngest, found.oldest, Severity.REJECT, why, found.citation)
