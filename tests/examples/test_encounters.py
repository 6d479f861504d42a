"""Each visit can become a claim: codes that exist on its day, pointers that live, prices that are found."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from cleanclaim.claims.claim import AccidentKind
from cleanclaim.claims.diagnosis import PresentOnAdmission
from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import open_book

ENCOUNTERS = [f"V{number:02d}" for number in range(1, 29)]
ROLES = ("rendering", "attending", "operating", "referring", "ordering")
ICD_SHAPE = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")


@pytest.fixture(scope="module", params=ENCOUNTERS)
def visit(request: pytest.FixtureRequest, encounters: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return encounters[request.param]


def governing_day(visit: dict[str, Any]) -> dt.date:
    """Discharge decides for a hospital bill, the day of service otherwise."""
    return visit["period"]["to"] if visit.get("type_of_bill") else visit["period"]["from"]


def test_all_visits_of_the_scenario_are_there_and_each_folder_has_its_note(folder: Path, encounters):
    assert sorted(encounters) == ENCOUNTERS
    for path in folder.glob("encounters/*"):
        assert (path / "note.txt").is_file() and (path / "encounter.yaml").is_file()


def test_every_example_file_is_utf8_with_unix_line_ends(folder: Path):
    paths = [*folder.glob("*.*"), *folder.glob("encounters/*/*")]
    assert len(paths) > 2 * len(ENCOUNTERS)
    for path in paths:
        raw = path.read_bytes()
        raw.decode("utf-8")
        assert b"\r" not in raw and raw.endswith(b"\n"), path.name


def test_the_visit_names_known_people_and_places(visit, practice, patients):
    assert visit["patient"] in patients
    assert visit["billing"] in practice["organizations"]
    assert visit.get("facility") is None or visit["facility"] in practice["facilities"]
    for role in ROLES:
        assert visit.get(role) is None or visit[role] in practice["providers"], role
    assert visit.get("rendering") or visit.get("attending")


def test_the_visit_is_of_a_known_kind_and_says_how_it_should_end(visit):
    assert Setting(visit["setting"])
    assert visit["kind"] in {"professional", "institutional", "self-pay"}
    assert ("type_of_bill" in visit) == (visit["kind"] == "institutional")
    assert ("place_of_service" in visit) == (visit["kind"] != "institutional")
    assert visit["period"]["from"] <= visit["period"]["to"]
    assert visit["title"] and visit["expected_end"]


def test_the_note_is_signed_and_longer_than_a_line(visit, notes):
    text = notes[visit["id"]]
    assert len(text) >= 300
    assert re.search(r"sign", text, re.IGNORECASE)


def test_the_note_names_the_patient_and_the_birth_date(visit, notes, patients):
    patient = patients[visit["patient"]]
    born = patient["birth_date"]
    text = notes[visit["id"]]
    assert patient["name"]["last"].lower() in text.lower()
    written = {f"{born:%m/%d/%Y}", f"{born.month}/{born.day}/{born.year}"}
    assert any(each in text for each in written)


def test_a_coder_decided_with_reasons(visit):
    decision = visit["decision"]
    assert decision["coder"] and decision["diagnoses"] and decision["charges"]
    assert decision["reasons"]
    decided = {each["code"] for each in decision["diagnoses"]} | {
        each.get("code") for each in decision["charges"]
    }
    for reason in decision["reasons"]:
        assert reason["why"]
        assert (reason["verdict"] == "added") == (reason["code"] in decided), reason["code"]


def test_every_diagnosis_is_billable_on_its_day(visit):
    book = open_book()
    on = governing_day(visit)
    for each in visit["decision"]["diagnoses"]:
        entry = book.find("ICD-10-CM", each["code"], on)
        assert entry is not None and entry.billable, each["code"]


def test_what_was_rejected_is_a_code_too(visit):
    book = open_book()
    for each in visit["decision"]["reasons"]:
        if ICD_SHAPE.fullmatch(each["code"]):
            entry = book.find("ICD-10-CM", each["code"], governing_day(visit))
            assert entry is not None and entry.billable, each["code"]


def test_hospital_procedures_exist_on_their_day(encounters):
    book = open_book()
    procedures = [each for visit in encounters.values() for each in visit.get("procedures", [])]
    assert procedures
    for each in procedures:
        assert book.find("ICD-10-PCS", each["code"], each["performed_on"]) is not None


def test_pointers_are_alive_on_professional_lines_and_absent_on_hospital_lines(visit):
    places = range(1, len(visit["decision"]["diagnoses"]) + 1)
    for charge in visit["decision"]["charges"]:
        assert all(place in places for place in charge["pointers"])
        assert len(charge["pointers"]) <= 4
        assert bool(charge["pointers"]) == (visit["kind"] != "institutional")


def test_every_line_has_a_price(visit, chargemaster):
    for charge in visit["decision"]["charges"]:
        assert isinstance(charge["units"], int) and charge["units"] > 0
        assert price_cents(charge, chargemaster) > 0


def price_cents(charge: dict[str, Any], chargemaster: dict[str, Any]) -> int:
    if "charge_cents" in charge:
        return charge["charge_cents"]
    revenue, code = charge.get("revenue_code", ""), charge.get("code", "")
    if revenue:
        key = f"{revenue}:{code}" if code else revenue
        return charge["units"] * chargemaster["hospital"][key]["charge_cents"]
    return charge["units"] * chargemaster["services"][code]["charge_cents"]


def test_hospital_lines_have_revenue_codes_and_days_in_bed_match_the_stay(encounters):
    for visit in (each for each in encounters.values() if each["kind"] == "institutional"):
        charges = visit["decision"]["charges"]
        assert all(re.fullmatch(r"[0-9]{4}", charge["revenue_code"]) for charge in charges)
        nights = (visit["period"]["to"] - visit["period"]["from"]).days
        rooms = sum(charge["units"] for charge in charges if charge["revenue_code"].startswith("012"))
        assert rooms == nights, visit["id"]


def test_inpatient_bills_say_what_was_there_at_admission(encounters):
    for key in ("V13", "V14"):
        for each in encounters[key]["decision"]["diagnoses"]:
            exempt = each["code"].startswith("Z79")
            assert exempt == ("poa" not in each), each["code"]
            assert exempt or PresentOnAdmission(each["poa"])


def test_accidents_have_kind_and_day_and_a_motor_accident_its_state(encounters):
    accidents = {key: visit["accident"] for key, visit in encounters.items() if "accident" in visit}
    assert {key: AccidentKind(each["kind"]) for key, each in accidents.items()} == {
        "V17": AccidentKind.EMPLOYMENT,
        "V18": AccidentKind.AUTO,
    }
    assert all(each["occurred_on"] for each in accidents.values())
    assert [key for key, each in accidents.items() if "state" in each] == ["V18"]


def test_only_the_self_pay_patient_is_without_coverage_on_the_day(visit, patients):
    on = visit["period"]["from"]
    in_force = [
        each
        for each in patients[visit["patient"]]["coverages"]
        if each["from"] <= on and (each["to"] is None or on <= each["to"])
    ]
    assert bool(in_force) == (visit["kind"] != "self-pay")


def test_the_injected_drug_has_its_ndc_and_quantity(encounters):
    drugs = [
        charge["drug"]
        for visit in encounters.values()
        for charge in visit["decision"]["charges"]
        if charge.get("code", "").startswith("J")
    ]
    assert drugs
    for drug in drugs:
        assert re.fullmatch(r"[0-9]{11}", drug["ndc"]) and drug["quantity"] and drug["unit"]


def test_laboratory_lines_are_billed_by_someone_with_a_clia_number(encounters, practice):
    for visit in encounters.values():
        codes = [charge.get("code", "") for charge in visit["decision"]["charges"]]
        if any(code.startswith("8") for code in codes) and visit["kind"] == "professional":
            assert practice["organizations"][visit["billing"]]["clia_number"], visit["id"]


def test_the_missing_authorization_is_released_with_a_reason_and_the_others_are_there(encounters):
    assert "authorization_number" not in encounters["V22"]
    assert encounters["V22"]["release"]["reason"]
    assert encounters["V12"]["authorization_number"] == "AUTH12"
    assert encounters["V27"]["authorization_number"] == "AUTH27"


def test_the_mistyped_member_id_is_corrected_by_the_visit(encounters, patients):
    typed = patients["P-28"]["coverages"][0]["member_id"]
    correction = encounters["V28"]["correction"]
    assert typed == "HPO00002B"
    assert correction["member_id"] == "HPO000028" and correction["reason"]


def test_timed_therapy_units_fit_the_minutes_of_the_note(encounters, notes):
    units = {each["code"]: each["units"] for each in encounters["V27"]["decision"]["charges"]}
    minutes = [int(each) for each in re.findall(r"(?:exercise|Manual therapy) (\d+) min", notes["V27"])]
    assert minutes == [45, 15]
    assert units == {"97110": 3, "97140": 1}
