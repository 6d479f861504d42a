"""TIMELY-FILING: the claim reaches the payer before its limit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from cleanclaim.claims.claim import AnyClaim, Frequency
from cleanclaim.edits.context import ScrubContext
from cleanclaim.edits.edit import Edit, Said
from cleanclaim.edits.facts import box, last_day, plural
from cleanclaim.edits.payers import PayerProfile
from cleanclaim.kernel.because import Citation

_SOON = 14
EDIT = Edit(
    "TIMELY-FILING",
    "The claim is sent within the payer's filing limit, counted from the last day of service.",
    Citation("42 CFR", "2026", "section 424.44 for Medicare; the payer's contract otherwise"),
)


@EDIT.per_claim
def timely_filing(claim: AnyClaim, context: ScrubContext) -> Iterator[Said]:
    """Count the days from the last service, or from the earlier payer's answer, to the day of sending."""
    payer_id = claim.coverage.payer.payer_id
    profile = context.payer(payer_id)
    if profile is None:
        yield EDIT.not_checked(f"no profile of payer {payer_id or '(none)'}: its filing limit is not known")
        return
    start = last_day(claim)
    if start is None:
        return
    start, limit, what = _limit(claim, profile, start)
    if limit is None:
        yield EDIT.not_checked(f"payer {payer_id} has no {what} in its profile: timely filing not checked")
        return
    deadline = start + dt.timedelta(days=limit)
    left = (deadline - context.asof).days
    field = box(claim, "24A", "6")
    citation = Citation(f"Payer profile {payer_id}", "practice data", f"{what}: {limit} days")
    if left < 0:
        yield EDIT.reject(
            claim,
            f"the filing limit of {plural(limit, 'day')} ended on {deadline}, {plural(-left, 'day')} "
            "before the day of "
            "sending",
            "Send it only with proof of an earlier timely claim or a reason the payer accepts.",
            field=field,
            citation=citation,
        )
    elif left <= _SOON:
        yield EDIT.warn(
            claim,
            f"the filing limit of {plural(limit, 'day')} ends on {deadline}, in {plural(left, 'day')}",
            "Send it before that day.",
            field=field,
            citation=citation,
        )


def _limit(claim: AnyClaim, profile: PayerProfile, start: dt.date) -> tuple[dt.date, int | None, str]:
    if claim.frequency is not Frequency.ORIGINAL:
        return start, profile.correction_filing_days, "limit for corrections"
    answered = [other.adjudicated_on for other in claim.other_payers if other.adjudicated_on is not None]
    if answered and profile.secondary_filing_days is not None:
        return max(answered), profile.secondary_filing_days, "limit after another payer"
    return start, profile.timely_filing_days, "filing limit"
