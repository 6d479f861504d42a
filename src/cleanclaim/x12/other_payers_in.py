"""The other payers of a claim from loops 2320 and 2330."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.x12.amounts import amount_at
from cleanclaim.x12.dates import day_at
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.lines_in import adjustments
from cleanclaim.x12.loops import Loop
from cleanclaim.x12.parties_in import address_or_none, first, payer, person_name, value
from cleanclaim.x12.reader import Segment


def other_payers(
    loops: Sequence[Loop], began: dt.date, answers: Mapping[str, Sequence[LineAdjudication]]
) -> tuple[OtherPayer, ...]:
    """Every other payer in order, with its answers per line.

    Raises:
        X12Error: a loop 2320 without subscriber or payer, or a code that no record has.
    """
    found = []
    for index, loop in enumerate(loops):
        if loop.name == "2320":
            named: dict[str, list[Segment]] = {}
            for below in loops[index + 1 :]:
                if below.name != "2330":
                    break
                named.setdefault(below.role, below.segments)
            found.append(_other_payer(loop.segments, named, began, answers))
    return tuple(found)


def _other_payer(
    head: Sequence[Segment],
    named: Mapping[str, Sequence[Segment]],
    began: dt.date,
    answers: Mapping[str, Sequence[LineAdjudication]],
) -> OtherPayer:
    sbr = head[0]
    if "IL" not in named or "PR" not in named:
        raise _shape(sbr, "another payer lacks its subscriber (NM1*IL) or its name (NM1*PR)")
    holder, paying = named["IL"], named["PR"]
    decided, paid, remaining = first(paying, "DTP", "573"), first(head, "AMT", "D"), first(head, "AMT", "EAF")
    company = payer(paying, sbr.get(9))
    return OtherPayer(
        coverage=Coverage(
            coverage_id="",
            payer=company,
            order=_order(sbr),
            relationship=_relationship(sbr),
            subscriber=Subscriber(holder[0].get(9), person_name(holder[0]), address=address_or_none(holder)),
            period=DatePeriod(began),
            group_number=sbr.get(3),
            group_name=sbr.get(4),
            insurance_type=sbr.get(5),
            employer=holder[0].get(3) if holder[0].get(2) == "2" else "",
        ),
        paid_cents=amount_at(paid, 2) if paid else None,
        adjudicated_on=day_at(decided, 3) if decided else None,
        adjustments=adjustments(head),
        lines=tuple(answers.get(company.payer_id, ())),
        payer_claim_number=value(paying, "REF", "F8", 2),
        remaining_patient_cents=amount_at(remaining, 2) if remaining else None,
    )


def _order(sbr: Segment) -> CoverageOrder:
    try:
        return CoverageOrder(sbr.get(1))
    except ValueError:
        raise _shape(sbr, "SBR01 is no place in line that a record has") from None


def _relationship(sbr: Segment) -> Relationship:
    try:
        return Relationship(sbr.get(2))
    except ValueError:
        raise _shape(sbr, "SBR02 is no relationship that a record has") from None


def _shape(segment: Segment, what: str) -> X12Error:
    return X12Error(what, segment=segment.ordinal, offset=segment.offset, fix="ask the sender to correct it")
