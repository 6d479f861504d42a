"""A visit arrives once, is decided by appending, and is let go once: priced, charged and nobody's but its own."""

from __future__ import annotations

import copy
import json

import attrs
import pytest

from cleanclaim.kernel.errors import CleanClaimError, InputError, Refused
from cleanclaim.kernel.resources import examples_folder
from cleanclaim.office.claims.models import ClaimRow, ClaimVersion
from cleanclaim.office.encounters.coding import chosen_codes, decide
from cleanclaim.office.encounters.intake import arrival_from, receive_encounter
from cleanclaim.office.encounters.models import Decision, EncounterRow, Release
from cleanclaim.office.encounters.release import release_encounter
from cleanclaim.office.example import visits
from cleanclaim.office.registry.models import ChargePriceRow
from cleanclaim.office.registry.services import load_practice

VISITS = {visit.encounter_id: visit for visit in visits()}


@pytest.fixture
def clinic(practice):
    """The practice with the example's providers, payers, patients and prices; no visit yet."""
    load_practice(practice.tenant, examples_folder(), actor=practice.actor)
    return practice


def arrive(practice, number="V02", **changed):
    raw = copy.deepcopy(VISITS[number].raw) | changed
    row, _ = receive_encounter(practice.tenant, arrival_from(raw, VISITS[number].note), actor=practice.actor)
    return row


def choose(practice, encounter, system, code, action="add", **details):
    return decide(
        practice.tenant,
        encounter,
        action,
        system,
        code,
        actor=practice.actor,
        details=details,
        reason="so it is",
    )


def coded(practice, number="V02", **changed):
    encounter = arrive(practice, number, **changed)
    choose(practice, encounter, "ICD-10-CM", "J02.0", place=1)
    choose(practice, encounter, "CPT", "99213", pointers=[1])
    return encounter


def release(practice, encounter):
    return release_encounter(practice.tenant, encounter, actor=practice.actor)


def test_the_same_visit_again_changes_nothing(clinic):
    first = arrive(clinic)
    assert arrive(clinic).pk == first.pk
    assert EncounterRow.objects.count() == 1


@pytest.mark.parametrize("changed", [{"kind": "other"}, {"patient_paid_cents": 100}, {"patient": "P-01"}])
def test_another_visit_under_the_same_number_is_refused_not_dropped(clinic, changed):
    arrive(clinic)
    with pytest.raises(Refused, match="something else"):
        arrive(clinic, **changed)


def test_another_note_under_the_same_number_is_refused(clinic):
    arrive(clinic)
    arrival = arrival_from(VISITS["V02"].raw, "an altered note")
    with pytest.raises(Refused, match="something else"):
        receive_encounter(clinic.tenant, arrival, actor=clinic.actor)


@pytest.mark.parametrize(
    "changed",
    [
        {"setting": "moon"},
        {"period": {"from": None, "to": None}},
        {"period": {}},
        {"period": {"from": "soon", "to": "later"}},
        {"patient": "nobody"},
    ],
)
def test_a_visit_that_lacks_something_is_refused_in_a_sentence(clinic, changed):
    with pytest.raises(CleanClaimError):
        arrive(clinic, **changed)
    assert not EncounterRow.objects.exists()


def test_of_each_code_the_last_decision_counts_and_all_are_kept(clinic):
    encounter = arrive(clinic)
    choose(clinic, encounter, "ICD-10-CM", "J02.0", place=2)
    choose(clinic, encounter, "ICD-10-CM", "R05.9", place=1)
    choose(clinic, encounter, "ICD-10-CM", "J02.0", "reject")
    choose(clinic, encounter, "ICD-10-CM", "J02.9", place=1)
    choose(clinic, encounter, "ICD-10-CM", "R05.9", "accept", place=3)
    assert [item.code for item in chosen_codes(encounter)] == ["J02.9", "R05.9"]
    assert list(Decision.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4, 5]


def test_a_rejection_without_a_reason_is_refused(clinic):
    encounter = arrive(clinic)
    with pytest.raises(Refused, match="reason"):
        decide(clinic.tenant, encounter, "reject", "CPT", "99213", actor=clinic.actor, reason="  ")


@pytest.mark.parametrize(
    ("action", "system", "code"),
    [("delete", "CPT", "99213"), ("add", "SNOMED", "1"), ("add", "CPT", ""), ("add", "CPT", "9" * 21)],
)
def test_what_is_no_decision_is_refused(clinic, action, system, code):
    with pytest.raises(InputError):
        choose(clinic, arrive(clinic), system, code, action)
    assert not Decision.objects.exists()


def test_the_audit_trail_names_no_diagnosis(clinic):
    from cleanclaim.office.audit.models import AuditEvent

    choose(clinic, arrive(clinic), "ICD-10-CM", "J02.0")
    told = AuditEvent.objects.order_by("-sequence").first()
    assert "J02" not in json.dumps([told.action, told.object_id, told.reason])


def test_a_released_visit_is_closed_to_everyone(clinic, sound):
    encounter = coded(clinic)
    release(clinic, encounter)
    with pytest.raises(Refused, match="released"):
        choose(clinic, encounter, "CPT", "99214")
    with pytest.raises(Refused, match="released"):
        release(clinic, encounter)
    assert (ClaimRow.objects.count(), Release.objects.count()) == (1, 1)
    assert sound() == {}


def test_without_a_diagnosis_or_a_service_nothing_is_released(clinic):
    encounter = arrive(clinic)
    with pytest.raises(Refused, match="no diagnosis"):
        release(clinic, encounter)
    choose(clinic, encounter, "ICD-10-CM", "J02.0")
    with pytest.raises(Refused, match="no service"):
        release(clinic, encounter)
    assert not Release.objects.exists()


def test_a_service_without_a_price_is_refused_and_leaves_nothing(clinic):
    encounter = coded(clinic)
    ChargePriceRow.objects.filter(code="99213").delete()
    with pytest.raises(Refused, match="no price"):
        release(clinic, encounter)
    encounter.refresh_from_db()
    assert encounter.state == "to-code"
    assert not ClaimRow.objects.exists() and not Release.objects.exists()
    assert clinic.accounts() == {}


@pytest.mark.parametrize(
    "units", ["abc", "0", "-1", "NaN", "Infinity", "1E+1000000", "1_0", "１２", "", "0.5555", True]
)
def test_units_that_are_none_are_refused(clinic, units):
    encounter = arrive(clinic)
    choose(clinic, encounter, "ICD-10-CM", "J02.0")
    choose(clinic, encounter, "CPT", "99213", units=units)
    with pytest.raises(CleanClaimError):
        release(clinic, encounter)
    assert not ClaimRow.objects.exists()


@pytest.mark.parametrize("cents", [-500, True, "100"])
def test_a_charge_by_hand_that_is_no_amount_is_refused_not_replaced(clinic, cents):
    encounter = arrive(clinic)
    choose(clinic, encounter, "ICD-10-CM", "J02.0")
    choose(clinic, encounter, "CPT", "99213", charge_cents=cents)
    with pytest.raises(InputError, match="no amount of cents"):
        release(clinic, encounter)


def test_half_units_that_make_no_whole_cents_are_refused(clinic):
    encounter = arrive(clinic)
    choose(clinic, encounter, "ICD-10-CM", "J02.0")
    choose(clinic, encounter, "CPT", "99213", units="0.333")
    with pytest.raises(Refused, match="no whole cents"):
        release(clinic, encounter)


def test_a_self_pay_visit_charges_the_patient_and_makes_no_claim(clinic, sound):
    encounter = coded(clinic, kind="self-pay")
    assert release(clinic, encounter) is None
    assert not ClaimRow.objects.exists()
    assert clinic.balance("V02").patient_cents == 18_500
    assert sound() == {}


def test_a_number_that_is_another_claims_is_refused_and_the_visit_stays_open(clinic, desk, sound):
    clinic.open(desk.claim("V02", number=9))
    encounter = coded(clinic)
    before = clinic.money()
    with pytest.raises(Refused, match="number"):
        release(clinic, encounter)
    encounter.refresh_from_db()
    assert encounter.state == "to-code"
    assert clinic.money() == before
    assert sound() == {}


def test_a_self_pay_visit_under_an_open_claims_number_is_refused(clinic, desk):
    clinic.open(desk.claim("V02", number=9))
    encounter = coded(clinic, kind="self-pay")
    with pytest.raises(Refused):
        release(clinic, encounter)


def test_a_copay_is_held_until_the_share_is_known(clinic, sound):
    encounter = coded(clinic, patient_paid_cents=2_500)
    release(clinic, encounter)
    assert clinic.balance("V02").unapplied_cents == 2_500
    assert clinic.balance("V02").insurance_cents == 18_500
    assert sound() == {}


def test_in_the_example_hospital_claims_say_what_their_payer_wants_to_hear(example):
    for version in ClaimVersion.objects.filter(claim__kind="institutional"):
        claim = version.read()
        if claim.coverage.payer.payer_id == "EXMCR":
            assert claim.coverage.payer.filing_indicator == "MA"
        if claim.is_inpatient():
            assert claim.drg


def test_in_the_example_laboratory_claims_carry_the_clia_number(example):
    found = 0
    for version in ClaimVersion.objects.filter(claim__kind="professional"):
        claim = version.read()
        if any("80047" <= line.code <= "89398" for line in claim.lines):
            found += bool(claim.clia_number)
    assert found


def test_a_missing_provider_is_told(clinic):
    encounter = coded(clinic, billing="nobody")
    with pytest.raises(InputError, match="not registered"):
        release(clinic, encounter)
    assert attrs.has(type(VISITS["V02"]))
