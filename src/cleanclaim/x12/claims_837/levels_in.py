"""The levels above a claim from their segments: billing provider, subscriber, patient, payer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import Enum
from typing import TypeVar

from cleanclaim.claims.coverage import Contact, Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.parties import Patient, Provider
from cleanclaim.claims.supplements import PayToPlan
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.x12.claims_837.loops import ClaimSegments, find, level_loops
from cleanclaim.x12.claims_837.parties_in import (
    BILLING_NUMBERS,
    NO_ADDRESS,
    PERSON_NUMBERS,
    address_or_none,
    first,
    other_numbers,
    payer,
    person_name,
    provider,
    sex_at,
    value,
)
from cleanclaim.x12.claims_837.supplements_in import quantity_or_none
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.dates import day_at
from cleanclaim.x12.syntax.reader import Segment

E = TypeVar("E", bound=Enum)


def billing_and_pay_to(parts: ClaimSegments, clm: Segment) -> tuple[Provider, Provider | None]:
    """Loops 2010AA and 2010AB. Raises X12Error where there is no billing provider."""
    loops = level_loops(parts.billing)
    named = find(loops, "2010", "85")
    if not named:
        raise misshapen(clm, "there is no billing provider (NM1*85) above the claim")
    taxonomy = [segment for segment in loops[0].segments if segment.id == "PRV"]
    billing = provider([*named, *taxonomy])
    other = find(loops, "2010", "87")
    if not other:
        return billing, None
    address = address_or_none(other)
    return billing, Provider(billing.npi, billing.organization, billing.name, address=address)


def pay_to_plan(parts: ClaimSegments) -> PayToPlan | None:
    """Loop 2010AC, where it has an address."""
    loop = find(level_loops(parts.billing), "2010", "PE")
    address = address_or_none(loop)
    if not loop or address is None:
        return None
    other = next((item for item in loop if item.id == "REF" and item.get(1) != "EI"), None)
    return PayToPlan(
        plan_id=loop[0].get(9),
        name=loop[0].get(3),
        address=address,
        tax_id=value(loop, "REF", "EI", 2),
        other_kind=other.get(1) if other else "",
        other_number=other.get(2) if other else "",
    )


def patient_and_coverage(
    parts: ClaimSegments, head: Sequence[Segment], began: dt.date
) -> tuple[Patient, Coverage]:
    """Loops 2000B and 2000C: the patient and the coverage this claim is addressed to."""
    clm = parts.claim[0]
    loops, below = level_loops(parts.subscriber), level_loops(parts.patient)
    sbr, holder, paying = (
        first(loops[0].segments, "SBR"),
        find(loops, "2010", "IL"),
        find(loops, "2010", "PR"),
    )
    if sbr is None or not holder or not paying:
        raise misshapen(clm, "the subscriber above the claim lacks SBR, NM1*IL or NM1*PR")
    own = find(below, "2010", "QC")
    pat = first(below[0].segments if own else loops[0].segments, "PAT")
    relationship = _relationship(sbr, pat, own)
    patient = _patient(own or holder, pat, value(head, "REF", "EA", 2), is_holder=not own)
    coverage = Coverage(
        coverage_id="",
        payer=payer(paying, sbr.get(9)),
        order=member(CoverageOrder, sbr, sbr.get(1)),
        relationship=relationship,
        subscriber=subscriber(holder),
        period=DatePeriod(began),
        group_number=sbr.get(3),
        group_name=sbr.get(4),
        insurance_type=sbr.get(5),
        property_casualty_number=value(own or holder, "REF", "Y4", 2),
        employer=holder[0].get(3) if holder[0].get(2) == "2" else "",
        property_casualty_contact=_contact(own or holder),
        billing_numbers=other_numbers(paying, BILLING_NUMBERS),
    )
    return patient, coverage


def _contact(loop: Sequence[Segment]) -> Contact | None:
    per = first(loop, "PER", "IC")
    if per is None or per.get(3) != "TE":
        return None
    return Contact(per.get(4), per.get(2), per.get(6) if per.get(5) == "EX" else "")


def subscriber(loop: Sequence[Segment]) -> Subscriber:
    """The holder of a policy from a loop that begins with NM1*IL."""
    dmg = first(loop, "DMG")
    return Subscriber(
        member_id=loop[0].get(9),
        name=person_name(loop[0]),
        birth_date=day_at(dmg, 2) if dmg else None,
        sex=sex_at(dmg) if dmg else None,
        address=address_or_none(loop),
        other_numbers=other_numbers(loop, PERSON_NUMBERS),
    )


def _relationship(sbr: Segment, pat: Segment | None, own: Sequence[Segment]) -> Relationship:
    if not own:
        return Relationship.SELF
    if pat is None:
        raise misshapen(own[0], "the patient has no PAT segment")
    return member(Relationship, pat, pat.get(1))


def _patient(loop: Sequence[Segment], pat: Segment | None, number: str, *, is_holder: bool) -> Patient:
    dmg = first(loop, "DMG")
    if dmg is None:
        raise misshapen(loop[0], "the patient has no birth date (DMG)")
    died = pat is not None and pat.get(5) == "D8"
    return Patient(
        patient_id=number,
        name=person_name(loop[0]),
        birth_date=day_at(dmg, 2),
        sex=sex_at(dmg),
        address=address_or_none(loop) or NO_ADDRESS,
        death_date=day_at(pat, 6) if pat is not None and died else None,
        pounds=quantity_or_none(pat, 8) if pat is not None and pat.get(7) == "01" else None,
        pregnant=pat is not None and pat.get(9) == "Y",
        # Numbers of a subscriber who is the patient stand with the subscriber.
        other_numbers=() if is_holder else other_numbers(loop, PERSON_NUMBERS),
    )


def member(kind: type[E], segment: Segment, code: str) -> E:
    """A code as the record knows it. Raises X12Error where it is none of its codes."""
    try:
        return kind(code)
    except ValueError:
        raise misshapen(segment, f"{segment.id} holds a code that no {kind.__name__} has") from None


def misshapen(segment: Segment, what: str) -> X12Error:
    """The error for segments that make no record."""
    return X12Error(what, segment=segment.ordinal, offset=segment.offset, fix="ask the sender to correct it")
