"""DX-SEX: a diagnosis of organs or of pregnancy fits the sex on the claim.

Medicare's code editor made this check until September 2024; for Medicare a later conflict is only a warning,
save for pregnancy, which the guidelines keep to the mother's record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim
from cleanclaim.codesets.relations import SexLimit, sex_limit
from cleanclaim.edits.context import ScrubContext, quarter_start
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import MEDICARE, box, first_day
from cleanclaim.edits.sexes import SEX_WORDS, conflict_is_declared
from cleanclaim.kernel.because import Citation
from cleanclaim.kernel.finding import Severity

EDIT = Edit(
    "DX-SEX",
    "A diagnosis of female or male organs, or of pregnancy, fits the patient's sex on the claim.",
    Citation("Medicare Claims Processing Manual", "Pub. 100-04", "chapter 32, section 240"),
)


@EDIT.per_claim
def dx_sex(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Compare every diagnosis with the patient's sex."""
    sex, day = claim.patient.sex.value, first_day(claim)
    if sex not in SEX_WORDS or day is None or conflict_is_declared(claim):
        return
    for item in context.placed(claim):
        limit = _limit(context, item.code, day)
        if limit is None or limit.sex == sex:
            continue
        medicare = claim.coverage.payer.filing_indicator in MEDICARE
        advice = medicare and not limit.enforced and not item.code.startswith("O")
        yield EDIT.finding(
            Severity.WARN if advice else Severity.REJECT,
            claim,
            f"{item.code} is for a {SEX_WORDS[limit.sex]} patient; the claim says {SEX_WORDS[sex]}",
            f"Check the sex ({box(claim, '3', '11')}) and the code. If both are right, say so with "
            "modifier KX on the "
            "lines, or with condition code 45 on an institutional claim.",
            field=item.field,
            citation=limit.citation,
        )


def _limit(context: ScrubContext, code: str, day: dt.date) -> SexLimit | None:
    start = quarter_start(day)
    return context.once(("dx-sex", code, start), lambda: sex_limit(context.book, code, start))
