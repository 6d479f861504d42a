"""A claim told in words passes nothing over: a field without a sentence of its own is told by its name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from cleanclaim.claims.claim import Accident, AccidentKind, InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.parties import Address
from cleanclaim.claims.supplements import Attachment, Place, Transport
from cleanclaim.kernel.money import format_usd
from cleanclaim.x12 import Envelope, show, write_837

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"authorization_number": "AUTH77"}, "authorization number: AUTH77"),
        ({"note": "SEEN TWICE"}, "note: SEEN TWICE"),
        ({"assignment_accepted": False}, "assignment accepted: no"),
        ({"patient_paid_cents": 2_550}, "patient paid: $25.50"),
        (
            {"accident": Accident(AccidentKind.AUTO, dt.date(2026, 9, 1), "OH")},
            "accident: motor accident on 2026-09-01 in OH",
        ),
        (
            {"attachments": (Attachment("OZ", "EL", "NOTE1"),)},
            "attachments: OZ (support for the claim) electronically, number NOTE1",
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_a_claim_says_is_told(
    office_claim: ProfessionalClaim, envelope: Envelope, changes: dict[str, object], told: str
) -> None:
    assert told not in show(write_837([office_claim], envelope))
    assert told in show(write_837([evolve(office_claim, **changes)], envelope))


def test_an_ambulance_tells_where_it_drove(office_claim: ProfessionalClaim, envelope: Envelope) -> None:
    place = Address("1 Mill Street", "Lakeside", "OH", "440010001")
    claim = evolve(
        office_claim,
        transport=Transport("A", Decimal(21), patient_pounds=Decimal(180)),
        pick_up=Place(place),
        drop_off=Place(place, name="COUNTY HOSPITAL"),
    )
    words = show(write_837([claim], envelope))
    assert "transport: 21 miles, A (to the nearest facility for care), patient of 180 pounds" in words
    assert "pick up: 1 Mill Street, Lakeside OH 440010001" in words
    assert "COUNTY HOSPITAL" in words


def test_whose_policy_it_is_and_what_the_other_payer_did_is_told(
    secondary_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    words = show(write_837([secondary_claim], envelope))
    (other,) = secondary_claim.other_payers
    assert f"policy {secondary_claim.coverage.subscriber.member_id} of the patient" in words
    assert f"policy {other.coverage.subscriber.member_id} of" in words
    for answer in other.lines:
        assert f"line {answer.line_number}: paid {format_usd(answer.paid_cents)} for" in words
        for item in answer.adjustments:
            assert f"{item.group} {item.reason} {format_usd(item.cents)}" in words


def test_every_code_that_has_words_is_told_in_them(
    office_claim: ProfessionalClaim, envelope: Envelope
) -> None:
    words = show(write_837([office_claim], envelope))
    for part in (
        "place of service 11 (office), sent for the first time",
        "99214-25, 1 unit, $210.00, for E11.65, I10",
    ):
        assert part in words
    assert "None" not in words


def test_a_stay_tells_why_the_patient_was_admitted(
    stay_claim: InstitutionalClaim, envelope: Envelope
) -> None:
    words = show(write_837([stay_claim], envelope))
    assert stay_claim.admitting_diagnosis is not None
    assert f"{stay_claim.admitting_diagnosis.code} (admitting)" in words
    assert f"discharge status: {stay_claim.discharge_status}" in words


def test_a_dental_claim_is_told_and_not_shown_by_its_segments() -> None:
    words = show((SAMPLES / "837D.x12").read_bytes())
    assert "dental: teeth: 3 M O, areas: 20" in words
    assert "tooth status: 14 missing" in words
    assert "also there" not in words
    assert "its segments" not in words
