"""The example practice's own visits, made into claims and scrubbed with its own payers' rules."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pytest
import yaml
from attrs import evolve

from cleanclaim.claims.build import ClaimParties, build_claim
from cleanclaim.claims.claim import Accident, AccidentKind, AnyClaim, InstitutionalClaim, ValueCode
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure, PresentOnAdmission
from cleanclaim.claims.encounter import Charge, CodedEncounter
from cleanclaim.claims.line import Drug
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import open_book
from cleanclaim.edits import ScrubContext, load_payer_profiles, scrub
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.resources import examples_folder

EXAMPLES = examples_folder()
SENT = dt.date(2026, 10, 26)
PLAIN = (
    "place_of_service",
    "type_of_bill",
    "admission_date",
    "admission_hour",
    "discharge_hour",
    "admission_type",
    "admission_source",
    "discharge_status",
    "authorization_number",
    "referral_number",
    "onset_date",
    "initial_treatment_date",
    "last_menstrual_date",
)


@lru_cache
def _read(name: str) -> Any:
    return yaml.safe_load((EXAMPLES / name).read_text(encoding="utf-8"))


def _visits() -> list[dict[str, Any]]:
    return [
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted(EXAMPLES.glob("encounters/*/encounter.yaml"))
    ]


def _provider(raw: dict[str, Any]) -> Provider:
    name = PersonName(**raw["name"]) if "name" in raw else None
    address = Address(**raw["address"]) if "address" in raw else None
    return Provider(
        raw["npi"],
        raw.get("organization", ""),
        name,
        raw.get("taxonomy", ""),
        address,
        raw.get("tax_id", ""),
        clia_number=raw.get("clia_number", ""),
    )


def _coverage(raw: dict[str, Any], patient: Patient, kind: str, payers: dict[str, Any]) -> Coverage:
    payer = payers[raw["payer_id"]]
    filing = payer.get("institutional_filing_indicator") if kind == "institutional" else None
    holder = raw.get("subscriber") or {}
    name = PersonName(**holder["name"]) if "name" in holder else patient.name
    return Coverage(
        raw["member_id"],
        Payer(payer["payer_id"], payer["name"], filing or payer["filing_indicator"]),
        CoverageOrder(raw["order"]),
        Relationship(raw["relationship"]),
        Subscriber(raw["member_id"], name),
        DatePeriod(raw["from"], raw.get("to")),
        group_number=raw.get("group_number", ""),
        property_casualty_number=raw.get("property_casualty_number", ""),
    )


def _charge(raw: dict[str, Any]) -> Charge:
    drug = raw.get("drug")
    return Charge(
        str(raw.get("code") or ""),
        raw.get("charge_cents") or 10000,
        Decimal(raw["units"]),
        tuple(raw["modifiers"]),
        tuple(raw["pointers"]),
        raw.get("revenue_code", ""),
        raw.get("service_date"),
        drug=Drug(drug["ndc"], Decimal(drug["quantity"]), drug["unit"]) if drug else None,
    )


def _diagnosis(raw: dict[str, Any]) -> Diagnosis:
    poa = raw.get("poa")
    return Diagnosis(raw["code"], PresentOnAdmission(poa) if poa else None)


def _encounter(visit: dict[str, Any]) -> CodedEncounter:
    accident = visit.get("accident")
    admitting = visit.get("admitting_diagnosis")
    return CodedEncounter(
        encounter_id=visit["id"],
        setting=Setting(visit["setting"]),
        period=DatePeriod(visit["period"]["from"], visit["period"]["to"]),
        diagnoses=tuple(_diagnosis(each) for each in visit["decision"]["diagnoses"]),
        charges=tuple(_charge(each) for each in visit["decision"]["charges"]),
        procedures=tuple(
            HospitalProcedure(each["code"], each["performed_on"]) for each in visit.get("procedures", [])
        ),
        admitting_diagnosis=_diagnosis(admitting) if admitting else None,
        reason_for_visit=tuple(_diagnosis(each) for each in visit.get("reason_for_visit", [])),
        accident=Accident(AccidentKind(accident["kind"]), accident["occurred_on"], accident.get("state", ""))
        if accident
        else None,
        clia_number=visit.get("clia_number", ""),
        **{"place_of_service": "", **{name: visit[name] for name in PLAIN if visit.get(name)}},
    )


def _claim(visit: dict[str, Any]) -> AnyClaim:
    practice = _read("practice.yaml")
    payers = {each["payer_id"]: each for each in _read("payers.yaml")["payers"]}
    raw = next(each for each in _read("patients.yaml")["patients"] if each["patient_id"] == visit["patient"])
    patient = Patient(
        raw["patient_id"],
        PersonName(**raw["name"]),
        raw["birth_date"],
        Sex(raw["sex"]),
        Address(**raw["address"]),
    )
    people = {
        role: _provider(practice["providers"][visit[role]])
        for role in ("rendering", "attending", "operating", "ordering", "referring")
        if visit.get(role)
    }
    coverages = [_coverage(each, patient, visit["kind"], payers) for each in raw["coverages"]]
    parties = ClaimParties(billing=_provider(practice["organizations"][visit["billing"]]), **people)
    claim = build_claim(_encounter(visit), patient, coverages, parties, visit["id"])
    if isinstance(claim, InstitutionalClaim):
        values = tuple(ValueCode(each["code"], each["cents"]) for each in visit.get("value_codes", []))
        return evolve(claim, value_codes=values)
    return claim


VISITS = [pytest.param(visit, id=visit["id"]) for visit in _visits() if visit["id"] not in ("V21", "V23")]


@pytest.mark.parametrize("visit", VISITS)
def test_a_visit_of_the_example_scrubs_clean_unless_it_says_why_not(visit: dict[str, Any]) -> None:
    """V21 has no payer, and V23 no coverage in force at the payer; both are told by the example itself."""
    context = ScrubContext(
        asof=SENT, book=open_book(), payers=load_payer_profiles(_read("payers.yaml")), history=()
    )
    outcome = scrub([_claim(visit)], context).claims[0]
    held = [finding.message for finding in outcome.findings if finding.severity == "reject"]
    assert not held or "release" in visit, held


def test_the_scan_without_authorization_is_told_as_such() -> None:
    visit = next(each for each in _visits() if each["id"] == "V22")
    context = ScrubContext(asof=SENT, book=open_book(), payers=load_payer_profiles(_read("payers.yaml")))
    outcome = scrub([_claim(visit)], context).claims[0]
    assert [(item.edit, item.line) for item in outcome.findings] == [("AUTH-MISSING", 1)]
