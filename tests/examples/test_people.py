"""The practice, its payers and its patients are whole, and fit the records that claims are built from."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cleanclaim.claims.coverage import CoverageOrder, Relationship
from cleanclaim.claims.parties import Address, Payer, PersonName, Provider, Sex
from cleanclaim.claims.records import record_from_plain
from cleanclaim.edits.payers import load_payer_profiles
from cleanclaim.kernel.dates import age_in_years
from cleanclaim.kernel.identifiers import npi_fault, taxonomy_has_shape

PROVIDER_FIELDS = {field.name for field in Provider.__attrs_attrs__}
PAYER_FIELDS = {field.name for field in Payer.__attrs_attrs__}


def parties(practice: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {**practice["organizations"], **practice["facilities"], **practice["providers"]}


def as_provider(key: str, raw: dict[str, Any]) -> Provider:
    return record_from_plain(
        Provider, {name: value for name, value in raw.items() if name in PROVIDER_FIELDS}, where=key
    )


def test_every_party_becomes_a_provider_with_a_whole_npi_and_taxonomy(practice):
    for key, raw in parties(practice).items():
        provider = as_provider(key, raw)
        assert npi_fault(provider.npi) is None, key
        assert taxonomy_has_shape(provider.taxonomy), key
        assert provider.is_person() != bool(provider.organization), key


def test_no_two_providers_share_an_npi(practice):
    people_and_houses = {**practice["organizations"], **practice["providers"]}
    npis = [raw["npi"] for raw in people_and_houses.values()]
    assert len(set(npis)) == len(npis)


def test_billing_organizations_have_all_that_a_claim_prints(practice):
    assert set(practice["organizations"]) == {"lakeside", "northgate", "millriver"}
    for key, raw in practice["organizations"].items():
        provider = as_provider(key, raw)
        assert re.fullmatch(r"[0-9]{9}", provider.tax_id), key
        assert re.fullmatch(r"[0-9]{10}", provider.phone), key
        assert provider.contact, key


def test_addresses_of_providers_have_nine_digits_of_zip_and_a_street(practice):
    for key, raw in {**practice["organizations"], **practice["facilities"]}.items():
        address = record_from_plain(Address, raw["address"], where=key)
        assert re.fullmatch(r"[0-9]{9}", address.zip_code), key
        assert not re.match(r"p\.? ?o\.? ", address.line1, re.IGNORECASE), key


def test_submitter_and_receiver_are_those_of_the_demonstration(practice):
    assert practice["submitter"]["id"] == "EXSUBMIT1"
    assert practice["receiver"]["id"] == "EXCLEAR01"
    assert practice["usage"] == "T"


def test_payers_are_readable_by_the_edits_and_as_records(payers):
    profiles = load_payer_profiles(payers)
    assert len(profiles) >= 4
    for raw in payers["payers"]:
        fields = {name: value for name, value in raw.items() if name in PAYER_FIELDS}
        payer = record_from_plain(Payer, fields, where=raw["payer_id"])
        assert payer.address is not None
        assert re.fullmatch(r"[0-9]{9}", payer.address.zip_code)


def test_payers_really_differ(payers):
    profiles = load_payer_profiles(payers)
    assert len({profile.timely_filing_days for profile in profiles}) >= 4
    assert len({profile.corrections for profile in profiles}) == 2


@pytest.mark.parametrize(
    ("code", "severity"), [("73721", "reject"), ("29881", "reject"), ("97110", "reject")]
)
def test_the_hmo_asks_for_authorization(payers, code, severity):
    (cedar,) = (raw for raw in payers["payers"] if raw["payer_id"] == "EXCHM")
    asking = [rule for rule in cedar["rules"] if rule["when"].get("authorization") == "missing"]
    covering = [rule for rule in asking if any(_covers(item, code) for item in rule["when"]["codes"])]
    assert [rule["severity"] for rule in covering] == [severity]


def _covers(item: str, code: str) -> bool:
    first, _, last = item.partition("-")
    return first <= code <= (last or first)


def test_patients_have_readable_names_and_addresses(patients):
    for key, raw in patients.items():
        record_from_plain(PersonName, raw["name"], where=key)
        assert re.fullmatch(r"[0-9]{9}", record_from_plain(Address, raw["address"], where=key).zip_code)
        assert Sex(raw["sex"])


def test_every_coverage_names_a_known_payer_and_fits_the_record(patients, payers):
    known = {raw["payer_id"] for raw in payers["payers"]}
    for key, raw in patients.items():
        for coverage in raw["coverages"]:
            assert coverage["payer_id"] in known, key
            assert CoverageOrder(coverage["order"]) and Relationship(coverage["relationship"])
            assert coverage["to"] is None or coverage["from"] <= coverage["to"]
            itself = coverage["relationship"] == Relationship.SELF
            assert itself == ("subscriber" not in coverage), key
            if not itself:
                record_from_plain(PersonName, coverage["subscriber"]["name"], where=key)


def test_no_member_id_is_given_twice(patients):
    ids = [coverage["member_id"] for raw in patients.values() for coverage in raw["coverages"]]
    assert len(set(ids)) == len(ids)


def test_ages_fit_the_payer(patients, encounters):
    for encounter in encounters.values():
        patient = patients[encounter["patient"]]
        seen = encounter["period"]["from"]
        assert patient["birth_date"] <= seen, encounter["id"]
        if any(coverage["payer_id"] == "EXMCR" for coverage in patient["coverages"]):
            assert age_in_years(patient["birth_date"], seen) >= 65, encounter["id"]


@pytest.mark.parametrize(
    ("encounter", "youngest", "oldest"),
    [("V02", 2, 12), ("V05", 40, 64), ("V19", 0, 0), ("V20", 1, 4), ("V24", 15, 34)],
)
def test_ages_fit_the_service(patients, encounters, encounter, youngest, oldest):
    visit = encounters[encounter]
    patient = patients[visit["patient"]]
    assert youngest <= age_in_years(patient["birth_date"], visit["period"]["from"]) <= oldest


def test_the_pregnant_patient_is_a_woman_in_the_week_that_is_coded(patients, encounters):
    visit = encounters["V24"]
    assert patients[visit["patient"]]["sex"] == "F"
    days = (visit["period"]["from"] - visit["last_menstrual_date"]).days
    assert days // 7 == 32


def test_accident_insurers_have_their_claim_number_and_the_employer_holds_the_policy(patients):
    for key in ("P-17", "P-18"):
        assert patients[key]["coverages"][0]["property_casualty_number"]
    worker = patients["P-17"]["coverages"][0]
    assert worker["employer"] == worker["subscriber"]["name"]["last"]
