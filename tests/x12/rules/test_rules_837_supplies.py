"""Rules of equipment, transport, purchased services, EPSDT, teeth and hospitals: each fault found, its likes not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.coordination import OtherPayer
from cleanclaim.claims.coverage import CoverageOrder
from cleanclaim.claims.dental import DentalClaim, EveryClaim
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Address, Provider
from cleanclaim.claims.references import DateKind, NamedDate
from cleanclaim.claims.supplements import (
    ConditionIndicator,
    EquipmentCertification,
    Place,
    PurchasedService,
    Transport,
)
from cleanclaim.claims.teeth import DentalService, Tooth
from cleanclaim.kernel.identifiers import npi_from_nine
from cleanclaim.x12 import Envelope, check, write_837

Change = Callable[[Any], EveryClaim]

DAY = dt.date(2026, 9, 1)
ROAD = Place(Address("4 County Road", "Mill River", "OH", "440010001"))
SELLER = Provider(npi_from_nine("130000106"))
BEGUN = NamedDate(DateKind.BEGIN_THERAPY, DAY)
RENEWED = NamedDate(DateKind.CERTIFICATION_REVISION, DAY)
RUN = Transport("A", Decimal(3), Decimal(150))


def line(claim: EveryClaim, **changes: object) -> EveryClaim:
    return evolve(claim, lines=(evolve(claim.lines[0], **changes), *claim.lines[1:]))


def certified(claim: ProfessionalClaim, kind: str, *dates: NamedDate) -> EveryClaim:
    return line(claim, certification=EquipmentCertification(kind, Decimal(99)), dates=dates)


def screened(claim: EveryClaim, given: bool, *codes: str) -> EveryClaim:
    return evolve(claim, conditions=(ConditionIndicator("ZZ", given, codes),))


def passed_over(claim: ProfessionalClaim, **told: object) -> EveryClaim:
    payer = evolve(claim.coverage.payer, payer_id="EXOTH")
    coverage = evolve(claim.coverage, payer=payer)
    other = OtherPayer(coverage=coverage, non_covered_cents=claim.charge_cents())
    mine = evolve(claim.coverage, order=CoverageOrder.SECONDARY)
    return evolve(claim, coverage=mine, other_payers=(evolve(other, **told),))


def visit(claim: InstitutionalClaim, **changes: object) -> EveryClaim:
    room = evolve(claim.lines[1], revenue_code="0450", code="99283", non_covered_cents=0, number=1)
    base = evolve(
        claim,
        type_of_bill="0131",
        procedures=(),
        drg="",
        admitting_diagnosis=None,
        operating=None,
        lines=(room,),
    )
    return evolve(evolve(base, admission_type="1"), **changes)


def rated(claim: InstitutionalClaim, revenue: str, kind: str) -> EveryClaim:
    rate = evolve(claim.lines[1], revenue_code=revenue, code="KAGN1", code_kind=kind, non_covered_cents=0)
    return evolve(claim, type_of_bill="0211", lines=(claim.lines[0], rate))


FAULTS: list[tuple[str, Change]] = [
    ("THERAPY-BEGIN", lambda c: certified(c, "I")),
    ("CERTIFICATION-DATE", lambda c: certified(c, "R", BEGUN)),
    ("CERTIFICATION-DATE", lambda c: certified(c, "S", BEGUN)),
    ("PURCHASED-FROM", lambda c: line(c, purchased_service=PurchasedService("LAB9", 100))),
    ("PURCHASED-FROM", lambda c: line(c, purchased_from=SELLER)),
    ("AMBULANCE-PLACE", lambda c: line(c, transport=RUN, drop_off=ROAD)),
    ("AMBULANCE-PLACE", lambda c: line(c, transport=RUN, pick_up=ROAD)),
    ("EPSDT-REFERRAL", lambda c: screened(c, True, "NU")),
    ("EPSDT-REFERRAL", lambda c: screened(c, False, "AV")),
    ("NON-COVERED", lambda c: passed_over(c, non_covered_cents=100)),
    ("NON-COVERED", lambda c: passed_over(c, adjudicated_on=DAY)),
    ("NON-COVERED", lambda c: passed_over(c, adjustments=(Adjustment("OA", "23", 100),))),
]
FINE: list[Change] = [
    lambda c: certified(c, "I", BEGUN),
    lambda c: certified(c, "R", BEGUN, RENEWED),
    lambda c: line(c, purchased_service=PurchasedService("LAB9", 100), purchased_from=SELLER),
    lambda c: line(c, transport=RUN, pick_up=ROAD, drop_off=ROAD),
    lambda c: evolve(line(c, transport=RUN), pick_up=ROAD, drop_off=ROAD),
    lambda c: screened(c, True, "AV", "S2"),
    lambda c: screened(c, False, "NU"),
    lambda c: passed_over(c),
]
HOSPITAL_FAULTS: list[tuple[str, Change]] = [
    ("REASON-FOR-VISIT", lambda c: visit(c)),
    ("RATE-CODE", lambda c: rated(c, "0022", "")),
    ("RATE-CODE", lambda c: rated(c, "0360", "HP")),
    ("EPSDT-REFERRAL", lambda c: screened(c, True, "NU")),
]
HOSPITAL_FINE: list[Change] = [
    lambda c: visit(c, reason_for_visit=(Diagnosis("R07.9"),)),
    lambda c: visit(c, admission_type="3"),
    lambda c: rated(c, "0022", "HP"),
    lambda c: rated(c, "0360", ""),
]


def found(claim: EveryClaim, envelope: Envelope) -> list[str]:
    return [item.code for each in check(write_837([claim], envelope)).transactions for item in each.findings]


@pytest.mark.parametrize(("code", "change"), FAULTS)
def test_a_fault_is_found(
    code: str, change: Change, office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    assert found(change(office_claim), envelope) == [code]


@pytest.mark.parametrize("change", FINE)
def test_what_is_right_passes(change: Change, office_claim: ProfessionalClaim, envelope: Envelope) -> None:
    assert found(change(office_claim), envelope) == []


@pytest.mark.parametrize(("code", "change"), HOSPITAL_FAULTS)
def test_a_fault_of_a_hospital_is_found(
    code: str, change: Change, stay_claim: InstitutionalClaim, envelope: Envelope
) -> None:
    assert found(change(stay_claim), envelope) == [code]


@pytest.mark.parametrize("change", HOSPITAL_FINE)
def test_what_is_right_in_a_hospital_passes(
    change: Change, stay_claim: InstitutionalClaim, envelope: Envelope
) -> None:
    assert found(change(stay_claim), envelope) == []


@pytest.mark.parametrize(
    ("dates", "codes"),
    [
        ((), ["PRIOR-PLACEMENT"]),
        ((NamedDate(DateKind.PRIOR_PLACEMENT, DAY),), []),
        ((NamedDate(DateKind.ESTIMATED_PRIOR_PLACEMENT, DAY),), []),
    ],
)
def test_a_replacement_tells_when_the_one_before_was_placed(
    dates: tuple[NamedDate, ...], codes: list[str], office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    crown = ServiceLine(
        1,
        dt.date(2026, 9, 14),
        90000,
        Decimal(1),
        "D2740",
        dental=DentalService((Tooth("19"),), (), "R"),
        dates=dates,
    )
    claim = DentalClaim(
        claim_id="D01",
        patient=office_claim.patient,
        coverage=office_claim.coverage,
        billing=office_claim.billing,
        place_of_service="11",
        lines=(crown,),
    )
    assert found(claim, envelope) == codes
