"""What a payer said of a claim as a whole (MOA, MIA), in an 835 and in the claim to the next payer alike."""

from __future__ import annotations

from collections.abc import Sequence

from cleanclaim.claims.coordination import InpatientAdjudication, InpatientFigure, OutpatientAdjudication
from cleanclaim.x12.claims_837.other_payer_rows import INPATIENT_LAST, INPATIENT_REMARKS, OUTPATIENT_REMARKS
from cleanclaim.x12.claims_837.supplements_in import cents_or_none, quantity_or_none
from cleanclaim.x12.syntax.reader import Segment


def outpatient_of(moa: Segment | None) -> OutpatientAdjudication | None:
    """MOA, or None where there is none."""
    if moa is None:
        return None
    return OutpatientAdjudication(
        reimbursement_rate=quantity_or_none(moa, 1),
        payable_cents=cents_or_none(moa, 2),
        remarks=_remarks(moa, OUTPATIENT_REMARKS),
        esrd_cents=cents_or_none(moa, 8),
        professional_cents=cents_or_none(moa, 9),
    )


def inpatient_of(mia: Segment | None) -> InpatientAdjudication | None:
    """MIA, or None where there is none or its first element is no number of days."""
    days = quantity_or_none(mia, 1) if mia is not None else None
    if mia is None or days is None:
        return None
    figures = [
        InpatientFigure(number, figure)
        for number in range(2, INPATIENT_LAST + 1)
        if number not in INPATIENT_REMARKS and (figure := quantity_or_none(mia, number)) is not None
    ]
    return InpatientAdjudication(days, tuple(figures), _remarks(mia, INPATIENT_REMARKS))


def _remarks(segment: Segment, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(segment.get(number) for number in places if segment.get(number))
