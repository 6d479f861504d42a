"""The claim page shows every box that the claim fills, and a word for every segment that will be sent."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from cleanclaim.claims.claim import InstitutionalClaim, OccurrenceCode, ValueCode
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.references import OtherNumber
from cleanclaim.claims.supplements import Attachment, ConditionIndicator, Place, Transport
from cleanclaim.forms.cms1500 import cms1500_fields
from cleanclaim.forms.ub04 import ub04_fields
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.office.web.form_view import form_view
from cleanclaim.office.web.segment_view import segment_lines

TRADING = {
    "submitter": {
        "id_qualifier": "ZZ",
        "id": "S",
        "name": "Mill",
        "contact": "Office",
        "phone": "5555550100",
    },
    "receiver": {"id_qualifier": "ZZ", "id": "R", "name": "House"},
    "usage": "T",
}


def shown(view) -> str:
    cells = [cell.text for row in (*view.above, *view.below) for cell in row]
    texts = [text for table in view.tables for row in table.rows for text in row]
    return "\n".join([*cells, *texts])


@pytest.fixture
def ride(desk):
    """A visit with an ambulance ride, a report and condition codes."""
    claim = desk.claim("C1")
    return attrs.evolve(
        claim,
        condition_codes=("W2",),
        attachments=(Attachment("OZ", "FX", "NOTE1"),),
        referring=attrs.evolve(desk.DOCTOR, other_numbers=(OtherNumber("G2", "REF77"),)),
        transport=Transport("A", Decimal(21)),
        pick_up=Place(claim.patient.address),
        drop_off=Place(claim.patient.address),
        conditions=(ConditionIndicator("07", True, ("04",)),),
    )


def test_every_filled_box_of_a_professional_claim_is_on_the_page(ride):
    page = shown(form_view(ride))
    unseen = ("carrier.", "5.phone", "7.phone", "11a", "31.date")
    for key, value in cms1500_fields(ride).items():
        if value and not key.startswith(unseen):
            assert value in page, key


def test_every_filled_locator_of_a_hospital_claim_is_on_the_page(ride):
    stay = InstitutionalClaim(
        claim_id="H1",
        patient=ride.patient,
        coverage=attrs.evolve(ride.coverage, billing_numbers=(OtherNumber("G2", "PAYERS1"),)),
        billing=ride.billing,
        lines=tuple(attrs.evolve(line, revenue_code="0450") for line in ride.lines),
        type_of_bill="0131",
        statement=DatePeriod(dt.date(2026, 9, 1), dt.date(2026, 9, 2)),
        principal_diagnosis=Diagnosis("I10"),
        condition_codes=tuple(f"C{n:X}" for n in range(12)),
        occurrence_codes=(
            OccurrenceCode("11", dt.date(2026, 9, 1)),
            OccurrenceCode("74", dt.date(2026, 9, 1), dt.date(2026, 9, 2)),
        ),
        value_codes=(ValueCode("80", 12_345),),
        attending=ride.rendering,
        other_operating=ride.rendering,
    )
    page = shown(form_view(stay))
    unseen = ("38.", "51", "52", "53", "59", "61", "62", "65", "66", "total")
    for key, value in ub04_fields(stay).items():
        if value and not key.startswith(unseen):
            assert value in page, key


def test_every_segment_has_a_word(ride):
    lines = segment_lines(ride, TRADING, dt.datetime(2026, 11, 10, 9, 0))
    assert [line.text for line in lines if not line.words] == []
    assert {"Ambulance", "Ambulance from", "Ambulance conditions", "Attachment"} <= {
        line.words for line in lines
    }
