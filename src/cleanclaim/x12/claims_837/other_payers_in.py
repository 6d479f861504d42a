"""The other payers of a claim from loops 2320 and 2330."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from cleanclaim.claims.coordination import LineAdjudication, OtherPayer, OtherProviderNumber
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.x12.claims_837.adjudications_in import inpatient_of, outpatient_of
from cleanclaim.x12.claims_837.lines_in import adjustments
from cleanclaim.x12.claims_837.loops import Loop
from cleanclaim.x12.claims_837.parties_in import (
    BILLING_NUMBERS,
    PERSON_NUMBERS,
    address_or_none,
    first,
    other_numbers,
    payer,
    person_name,
    value,
)
from cleanclaim.x12.claims_837.supplements_in import amount
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.amounts import amount_at
from cleanclaim.x12.syntax.dates import day_at
from cleanclaim.x12.syntax.reader import Segment


def other_payers(
    loops: Sequence[Loop],
    began: dt.date,
    answers: Mapping[str, Sequence[LineAdjudication]],
    clm: Segment,
) -> tuple[OtherPayer, ...]:
    """Every other payer in order, with its answers per line.

    Raises:
        X12Error: a loop 2320 without subscriber or payer, or a code that no record has.
    """
    found = []
    for index, loop in enumerate(loops):
        if loop.name == "2320":
            named: dict[str, Sequence[Segment]] = {}
            for below in loops[index + 1 :]:
                if below.name != "2330":
                    break
                named.setdefault(below.role, below.segments)
            found.append(_other_payer(loop.segments, named, began, answers, clm))
    return tuple(found)


def _other_payer(
    head: Sequence[Segment],
    named: Mapping[str, Sequence[Segment]],
    began: dt.date,
    answers: Mapping[str, Sequence[LineAdjudication]],
    clm: Segment,
) -> OtherPayer:
    sbr = head[0]
    if "IL" not in named or "PR" not in named:
        raise _shape(sbr, "another payer lacks its subscriber (NM1*IL) or its name (NM1*PR)")
    holder, paying = named["IL"], named["PR"]
    decided, paid, remaining = first(paying, "DTP", "573"), first(head, "AMT", "D"), first(head, "AMT", "EAF")
    oi = first(head, "OI")
    company = payer(paying, sbr.get(9))
    return OtherPayer(
        coverage=Coverage(
            coverage_id="",
            payer=company,
            order=_order(sbr),
            relationship=_relationship(sbr),
            subscriber=Subscriber(
                holder[0].get(9),
                person_name(holder[0]),
                address=address_or_none(holder),
                other_numbers=other_numbers(holder, PERSON_NUMBERS),
            ),
            period=DatePeriod(began),
            group_number=sbr.get(3),
            group_name=sbr.get(4),
            insurance_type=sbr.get(5),
            employer=holder[0].get(3) if holder[0].get(2) == "2" else "",
            billing_numbers=other_numbers(named.get("85", ()), BILLING_NUMBERS),
        ),
        paid_cents=amount_at(paid, 2) if paid else None,
        adjudicated_on=day_at(decided, 3) if decided else None,
        adjustments=adjustments(head),
        lines=tuple(answers.get(company.payer_id, ())),
        payer_claim_number=value(paying, "REF", "F8", 2),
        remaining_patient_cents=amount_at(remaining, 2) if remaining else None,
        non_covered_cents=amount(head, "A8"),
        outpatient=outpatient_of(first(head, "MOA")),
        inpatient=inpatient_of(first(head, "MIA")),
        authorization_number=value(paying, "REF", "G1", 2),
        referral_number=value(paying, "REF", "9F", 2),
        predetermination_number=value(paying, "REF", "G3", 2),
        claim_adjusted=value(paying, "REF", "T4", 2) == "Y",
        benefits_assigned=_unless_same(oi, 3, clm, 8),
        signature_on_file=_unless_same(oi, 6, clm, 9),
        provider_numbers=_provider_numbers(named),
    )


def _unless_same(oi: Segment | None, number: int, clm: Segment, claim_number: int) -> bool | None:
    """A fact of OI, None where it is the claim's own."""
    told = oi.get(number) == "Y" if oi is not None else clm.get(claim_number) == "Y"
    return None if told is (clm.get(claim_number) == "Y") else told


def _provider_numbers(named: Mapping[str, Sequence[Segment]]) -> tuple[OtherProviderNumber, ...]:
    return tuple(
        OtherProviderNumber(role, segment.get(1), segment.get(2))
        for role, loop in named.items()
        if role not in {"IL", "PR", "85"}
        for segment in loop
        if segment.id == "REF"
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
