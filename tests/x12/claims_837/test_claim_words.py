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
            "accident: kind: auto, occurred on: 2026-09-01, state: OH",
        ),
        (
            {"attachments": (Attachment("OZ", "EL", "NOTE1"),)},
            "attachments: report: OZ, sent by: EL, control number: NOTE1",
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
    assert "transport: reason: A, miles: 21, patient pounds: 180" in words
    assert "pick up: address: 1 Mill Street Lakeside OH 440010001" in words
    assert "COUNTY HOSPITAL" in words


def test_a_stay_tells_why_the_patient_was_admitted(
    stay_claim: InstitutionalClaim, envelope: Envelope
) -> None:
    words = show(write_837([stay_claim], envelope))
    assert stay_claim.admitting_diagnosis is not None
    assert f"{stay_claim.admitting_diagnosis.code} (admitting)" in words
    assert f"discharge status: {stay_claim.discharge_status}" in words


def test_a_dental_claim_is_told_and_not_shown_by_its_segments() -> None:
    words = show((SAMPLES / "837D.x12").read_bytes())
    assert "teeth: number" in words
    assert "its segments" not in words
