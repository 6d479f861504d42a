"""A payer's own demands are found at SNIP 6 and 7, for its claims alone, and only when asked for."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.claims.claim import ProfessionalClaim
from cleanclaim.x12 import Envelope, check, write_837


def told(claim: ProfessionalClaim, envelope: Envelope, level: int = 7) -> set[tuple[int, str, str]]:
    (item,) = check(write_837([claim], envelope), level).transactions
    return {(one.snip, one.code, one.claim) for one in item.findings}


def test_a_claim_that_meets_the_demands_is_clean(office_claim: ProfessionalClaim, envelope: Envelope) -> None:
    assert told(office_claim, envelope) == set()


def test_a_wrong_member_number_is_found(office_claim: ProfessionalClaim, envelope: Envelope) -> None:
    holder = evolve(office_claim.coverage.subscriber, member_id="XXX000001")
    claim = evolve(office_claim, coverage=evolve(office_claim.coverage, subscriber=holder))
    assert told(claim, envelope) == {(7, "MEMBER-PREFIX", "V01")}
    assert told(claim, envelope, level=6) == set()
    other = evolve(claim.coverage.payer, payer_id="EXELSE")
    assert told(evolve(claim, coverage=evolve(claim.coverage, payer=other)), envelope) == set()


def test_an_inpatient_service_needs_an_authorization(
    office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    claim = evolve(office_claim, place_of_service="21", admission_date=dt.date(2026, 9, 14))
    assert told(claim, envelope) == {(7, "INPATIENT-AUTHORIZATION", "V01")}
    assert told(evolve(claim, authorization_number="AUTH1"), envelope) == set()


def test_spinal_manipulation_needs_its_first_day(office_claim: ProfessionalClaim, envelope: Envelope) -> None:
    line = evolve(office_claim.lines[0], code="98940", modifiers=())
    claim = evolve(office_claim, lines=(line, *office_claim.lines[1:]))
    assert told(claim, envelope) == {(6, "CHIROPRACTIC-ONSET", "V01")}
    assert told(claim, envelope, level=5) == set()
    assert told(evolve(claim, initial_treatment_date=dt.date(2026, 9, 1)), envelope) == set()
