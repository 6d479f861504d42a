"""VALUE-CODE: value codes have their shape, stand once, and the days agree with the stay."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleanclaim.claims.claim import InstitutionalClaim
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import MEDICARE, plural
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.money import format_cents

_SHAPE = re.compile(r"[0-9A-Z]{2}")
_FIELD = "UB-04 FL 39-41"
_COVERED, _NOT_COVERED = "80", "81"
_STILL_PATIENT = "30"
_CENTS_PER_DAY = 100
EDIT = Edit(
    "VALUE-CODE",
    "Value codes stand once with an amount, and covered and non-covered days make the stay.",
    Citation(
        "Medicare Claims Processing Manual", "Pub. 100-04", "chapter 25, section 75.3, form locators 39-41"
    ),
)


@EDIT.per_institutional
def value_code(claim: InstitutionalClaim, context: ScrubContext) -> Iterator[Said]:
    """Look at each value code, then at the days of an inpatient stay."""
    codes = [item.code for item in claim.value_codes]
    for item in claim.value_codes:
        if not _SHAPE.fullmatch(item.code) or item.cents < 0:
            yield EDIT.reject(
                claim,
                f"value code {item.code or '(none)'} has no valid code or an amount below zero",
                "Enter two characters and the amount.",
                field=_FIELD,
            )
    for twice in sorted({code for code in codes if codes.count(code) > 1}):
        yield EDIT.reject(
            claim, f"value code {twice} is given twice", "Add the amounts up and give it once.", field=_FIELD
        )
    if claim.is_inpatient():
        yield from _days(claim)


def _days(claim: InstitutionalClaim) -> Iterator[Said]:
    given = {item.code: item.cents for item in claim.value_codes}
    if _COVERED not in given and _NOT_COVERED not in given:
        if claim.coverage.payer.filing_indicator in MEDICARE:
            yield EDIT.warn(
                claim,
                "the stay has no value code 80, the covered days",
                "Enter value code 80 with the days, written left of the point.",
                field=_FIELD,
            )
        return
    last = claim.statement.last
    if last is None:
        return
    nights = (last - claim.statement.first).days
    expected = nights + 1 if claim.discharge_status == _STILL_PATIENT else max(nights, 1)
    cents = given.get(_COVERED, 0) + given.get(_NOT_COVERED, 0)
    if cents != expected * _CENTS_PER_DAY:
        yield EDIT.reject(
            claim,
            f"value codes 80 and 81 make {format_cents(cents)} days; the statement period has "
            f"{plural(expected, 'day')}",
            "Correct the covered or non-covered days, or the statement period (FL 6).",
            field=_FIELD,
        )
