from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve

from cleanclaim.claims.build import ClaimParties, build_claim, coverages_in_force
from cleanclaim.claims.claim import InstitutionalClaim, OccurrenceCode, ProfessionalClaim, bills_a_stay
from cleanclaim.claims.coverage import CoverageOrder
from cleanclaim.claims.diagnosis import Diagnosis
from cleanclaim.claims.encounter import Charge
from cleanclaim.claims.references import DateKind, NamedDate, Reference, ReferenceKind
from cleanclaim.claims.supplements import (
    Attachment,
    ConditionIndicator,
    EquipmentCertification,
    Note,
    Place,
    SpinalTreatment,
    Transport,
)
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.errors import Refused


@pytest.fixture
def build(world):
    def built(encounter, coverages=None, **parties):
        everyone = ClaimParties(**{"billing": world.clinic, "rendering": world.doctor, **parties})
        held = [world.first] if coverages is None else coverages
        return build_claim(encounter, world.patient, held, everyone, encounter.encounter_id)

    return built


def test_an_office_visit_becomes_a_professional_claim(world, build):
    claim = build(world.office_visit)
    assert isinstance(claim, ProfessionalClaim)
    assert (claim.claim_id, claim.version, claim.encounter_id) == ("V01", 1, "V01")
    assert (claim.patient, claim.coverage, claim.other_payers) == (world.patient, world.first, ())
    assert claim.diagnoses == world.office_visit.diagnoses
    assert claim.charge_cents() == 26500 + 3900
    assert [(line.number, line.code, line.pointers, line.service_date) for line in claim.lines] == [
        (1, "99214", (1, 2), world.visit),
        (2, "83036", (1,), world.visit),
    ]
    assert len({line.control_number for line in claim.lines}) == 2
    assert claim.admission_date is None


def test_what_the_visit_knows_stands_on_the_claim(world, build):
    facts = {
        "authorization_number": "A1",
        "referral_number": "R1",
        "clia_number": "36D0000001",
        "accident": world.work_accident,
        "onset_date": world.visit,
        "initial_treatment_date": world.visit,
        "last_menstrual_date": world.visit,
        "note": "n",
        "patient_paid_cents": 2500,
    }
    claim = build(evolve(world.office_visit, **facts), referring=world.surgeon, supervising=world.surgeon)
    assert {name: getattr(claim, name) for name in facts} == facts
    assert (claim.referring, claim.supervising) == (world.surgeon, world.surgeon)


def test_a_line_has_its_own_day_drug_and_ordering_provider(world, build):
    day = dt.date(2026, 9, 15)
    charge = Charge("J3301", 4000, service_date=day, service_date_to=day, description="x", unit_kind="UN")
    line = build(evolve(world.office_visit, charges=(charge,)), ordering=world.surgeon).lines[0]
    assert (line.service_date, line.service_date_to, line.description) == (day, day, "x")
    assert line.ordering == world.surgeon


def test_only_parties_that_differ_from_the_billing_provider_are_named(world, build):
    alone = build(world.office_visit, rendering=world.clinic, facility=world.clinic, pay_to=world.clinic)
    assert (alone.rendering, alone.facility, alone.pay_to) == (None, None, None)
    elsewhere = evolve(world.clinic, address=evolve(world.clinic.address, line1="PO Box 7"))
    other = build(world.office_visit, facility=world.hospital, pay_to=elsewhere)
    assert (other.rendering, other.facility, other.pay_to) == (world.doctor, world.hospital, elsewhere)


def test_a_visit_in_the_hospital_carries_the_day_of_admission_and_not_its_own(world, build):
    rounds = evolve(world.office_visit, place_of_service="21", admission_date=dt.date(2026, 9, 12))
    assert build(rounds).admission_date == dt.date(2026, 9, 12)
    with pytest.raises(Refused, match="admission date is missing"):
        build(evolve(rounds, admission_date=None))


def test_an_office_visit_carries_no_admission_even_when_one_is_known(world, build):
    assert build(evolve(world.office_visit, admission_date=world.visit)).admission_date is None


def test_an_emergency_visit_becomes_an_outpatient_institutional_claim(world, build):
    claim = build(world.emergency, billing=world.hospital, rendering=None, attending=world.doctor)
    assert isinstance(claim, InstitutionalClaim)
    assert not claim.is_inpatient()
    assert claim.principal_diagnosis == Diagnosis("S93.401A")
    assert claim.other_diagnoses == ()
    assert [item.code for item in claim.external_causes] == ["W10.9XXA", "Y92.009"]
    assert claim.reason_for_visit == (Diagnosis("M25.571"),)
    assert (claim.admission_date, claim.admission_hour, claim.discharge_hour) == (None, "", "")
    assert claim.admitting_diagnosis is None
    assert claim.attending == world.doctor
    assert claim.lines[0].pointers == ()
    assert claim.statement == world.emergency.period


def test_a_stay_becomes_an_inpatient_claim(world, build):
    claim = build(world.stay, billing=world.hospital, rendering=world.doctor, operating=world.surgeon)
    assert claim.is_inpatient()
    assert (claim.admission_date, claim.admission_hour, claim.discharge_hour) == (
        dt.date(2026, 10, 4),
        "06",
        "11",
    )
    assert claim.admitting_diagnosis == Diagnosis("M25.561")
    assert (claim.attending, claim.operating) == (world.doctor, world.surgeon)
    assert (claim.drg, claim.procedures, claim.value_codes) == (
        "470",
        world.stay.procedures,
        world.stay.value_codes,
    )
    assert [line.service_date for line in claim.lines] == [dt.date(2026, 10, 5), dt.date(2026, 10, 6)]
    assert claim.first_service_date() == dt.date(2026, 10, 5)
    assert claim.last_service_date() == dt.date(2026, 10, 6)
    assert claim.all_diagnoses() == (Diagnosis("M17.11"), Diagnosis("I10"))


@pytest.mark.parametrize("type_of_bill", ["0111", "0114", "0181", "0211", "0411"])
def test_every_kind_of_stay_carries_its_admission(world, build, type_of_bill):
    claim = build(evolve(world.stay, type_of_bill=type_of_bill), billing=world.hospital)
    assert claim.is_inpatient()
    assert claim.admission_date == world.stay.admission_date
    assert claim.admission_hour == "06"


@pytest.mark.parametrize(
    ("field", "named"), [("admission_date", "admission date"), ("admitting_diagnosis", "admitting diagnosis")]
)
def test_a_stay_without_its_admission_is_refused_and_none_is_made_up(world, build, field, named):
    with pytest.raises(Refused, match=f"V14.*{named} is missing"):
        build(evolve(world.stay, **{field: None}), billing=world.hospital)


@pytest.mark.parametrize("type_of_bill", ["0131", "0121", "0221", "0721", "0831", "0851", ""])
def test_what_is_no_stay(type_of_bill):
    assert not bills_a_stay(type_of_bill)


def test_the_first_payer_in_force_is_addressed_and_the_others_follow(world, build):
    claim = build(world.office_visit, [world.third, world.second, world.first])
    assert claim.coverage == world.first
    assert [other.coverage for other in claim.other_payers] == [world.second, world.third]
    assert all(other.paid_cents is None and other.lines == () for other in claim.other_payers)


def test_a_coverage_that_does_not_hold_on_the_day_is_not_billed(world, build):
    ended = world.coverage(
        "EXOLD", CoverageOrder.PRIMARY, DatePeriod(dt.date(2020, 1, 1), dt.date(2026, 9, 13))
    )
    later = world.coverage("EXNEW", CoverageOrder.PRIMARY, DatePeriod(dt.date(2026, 9, 15)))
    assert build(world.office_visit, [ended, later, world.first]).coverage == world.first
    assert coverages_in_force([ended, later], world.visit) == ()
    assert coverages_in_force([ended, later], dt.date(2026, 9, 13)) == (ended,)
    with pytest.raises(Refused, match="no payer to bill"):
        build(world.office_visit, [ended, later])


@pytest.mark.parametrize("orders", ["PP", "S", "T", "ST", "PT", "PSS"])
def test_payers_whose_order_is_not_clear_are_refused(world, build, orders):
    held = [world.coverage(f"EX{n}", CoverageOrder(order)) for n, order in enumerate(orders)]
    with pytest.raises(Refused, match="not clear which payer is first") as caught:
        build(world.office_visit, held)
    assert "M000001" not in caught.value.sentence()


@pytest.mark.parametrize(("field", "named"), [("charges", "nothing to bill"), ("diagnoses", "no diagnosis")])
def test_a_visit_without_charge_or_diagnosis_is_refused(world, build, field, named):
    with pytest.raises(Refused, match=f"encounter V01: .*{named}"):
        build(evolve(world.office_visit, **{field: ()}))


def test_the_same_visit_makes_the_same_claim(world, build):
    assert build(world.stay, billing=world.hospital) == build(world.stay, billing=world.hospital)


def test_what_a_supplier_an_ambulance_or_a_chiropractor_adds_stands_on_the_claim(world, build):
    run = Transport("A", Decimal(12))
    facts = {
        "transport": run,
        "pick_up": Place(world.patient.address),
        "drop_off": Place(world.patient.address, "Hospital"),
        "spinal_treatment": SpinalTreatment("A"),
        "anesthesia_procedures": ("27447",),
        "attachments": (Attachment("OZ", "EL", "1"),),
        "references": (Reference(ReferenceKind.CARE_PLAN_OVERSIGHT, "123"),),
        "dates": (NamedDate(DateKind.LAST_SEEN, world.visit),),
        "conditions": (ConditionIndicator("75", True, ("IH",)),),
        "condition_codes": ("AA",),
        "delay_reason": "7",
    }
    of_charge = {
        "emergency": True,
        "epsdt": True,
        "notes": (Note("ADD", "x"),),
        "certification": EquipmentCertification("I", Decimal(12)),
        "patients_transported": Decimal(2),
    }
    charges = (evolve(world.office_visit.charges[0], **of_charge),)
    claim = build(evolve(world.office_visit, charges=charges, **facts), primary_care=world.surgeon)
    for name, fact in facts.items():
        assert getattr(claim, name) == fact
    for name, fact in of_charge.items():
        assert getattr(claim.lines[0], name) == fact
    assert claim.primary_care == world.surgeon


def test_an_accident_of_an_emergency_visit_has_its_occurrence_code(world, build):
    codes = (OccurrenceCode("05", world.visit),)
    claim = build(evolve(world.emergency, accident=world.work_accident, occurrence_codes=codes))
    assert claim.occurrence_codes == codes


@pytest.mark.parametrize(
    ("visit", "facts", "named"),
    [
        ("emergency", {"transport": Transport("A", Decimal(1))}, "transport"),
        ("emergency", {"anesthesia_procedures": ("27447",)}, "anesthesia procedures"),
        (
            "office_visit",
            {"occurrence_codes": (OccurrenceCode("05", dt.date(2026, 9, 1)),)},
            "occurrence codes",
        ),
    ],
)
def test_what_only_the_other_kind_of_claim_tells_is_refused_and_not_left_out(
    world, build, visit, facts, named
):
    with pytest.raises(Refused, match=named):
        build(evolve(getattr(world, visit), **facts))
