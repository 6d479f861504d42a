"""The visits of the example practice as claims, built here with the codes of the scenario."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cleanclaim.claims.claim import (
    Accident,
    AccidentKind,
    AnyClaim,
    InstitutionalClaim,
    ProfessionalClaim,
)
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis, PresentOnAdmission
from cleanclaim.claims.line import Drug, ServiceLine
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.identifiers import npi_from_nine
from cleanclaim.kernel.resources import examples_folder
from cleanclaim.payersim.plan import Plans
from cleanclaim.payersim.plan_file import load_plans
from cleanclaim.pricing import Contract, load_contract

HOME = Address("1 Test Lane", "Exampleton", "OH", "431990001")
CLINIC = Provider(
    npi=npi_from_nine("130000001"),
    organization="Test Clinic",
    taxonomy="207Q00000X",
    address=HOME,
    tax_id="990000001",
)
HOSPITAL = Provider(
    npi=npi_from_nine("130000003"),
    organization="Test Hospital",
    taxonomy="282N00000X",
    address=HOME,
    tax_id="990000003",
)
DOCTOR = Provider(npi=npi_from_nine("130000101"), name=PersonName("Testwright", "Ada"), taxonomy="207Q00000X")
FILING = {
    "EXHPO": "CI",
    "EXMCR": "MB",
    "EXSUP": "CI",
    "EXCHM": "HM",
    "EXMCD": "MC",
    "EXGWC": "WC",
    "EXRAU": "AM",
}

# visit: payer, day, place, services (code, charge in cents, units, modifiers), diagnoses, further fields
Service = tuple[str, int, int, tuple[str, ...]]
VISITS: dict[str, tuple[str, str, str, list[Service], list[str], dict[str, Any]]] = {
    "V01": ("EXHPO", "2026-09-14", "11",
            [("99214", 26500, 1, ()), ("83036", 3900, 1, ()), ("36415", 1800, 1, ())],
            ["E11.65", "I10", "Z79.84"], {}),
    "V02": ("EXHPO", "2026-09-15", "11", [("99213", 18500, 1, ()), ("87880", 4200, 1, ())], ["J02.0"], {}),
    "V03": ("EXMCR", "2026-09-16", "11", [("99204", 34500, 1, ("25",)), ("93000", 7500, 1, ())],
            ["I10", "R00.2"], {}),
    "V04": ("EXMCR", "2026-09-17", "11",
            [("99214", 26500, 1, ()), ("80053", 4800, 1, ()), ("36415", 1800, 1, ())],
            ["I12.9", "N18.31"], {}),
    "V05": ("EXHPO", "2026-09-21", "11",
            [("99396", 25500, 1, ("25",)), ("90471", 4500, 1, ()), ("90686", 3800, 1, ())],
            ["Z00.00", "Z23"], {}),
    "V06": ("EXHPO", "2026-09-22", "11", [("99204", 34500, 1, ("25",)), ("93000", 7500, 1, ())],
            ["I48.91", "E78.5"], {}),
    "V07": ("EXMCR", "2026-09-23", "11",
            [("99213", 18500, 1, ("25",)), ("20610", 17500, 1, ("RT",)), ("J3301", 3800, 4, ())],
            ["M17.11"], {}),
    "V08": ("EXHPO", "2026-09-24", "11", [("17110", 19500, 1, ())], ["B07.0"], {}),
    "V09": ("EXHPO", "2026-09-25", "10", [("99214", 26500, 1, ("95",))], ["F33.1", "F41.1"], {}),
    "V11": ("EXHPO", "2026-09-28", "22", [("71046", 9800, 1, ("26",))], ["J18.9"], {}),
    "V12": ("EXCHM", "2026-10-01", "22", [("29881", 298000, 1, ("LT",))], ["S83.232A"],
            {"authorization_number": "AUTH12"}),
    "V15": ("EXMCD", "2026-10-06", "11",
            [("80053", 4800, 1, ()), ("85025", 3400, 1, ()), ("36415", 1800, 1, ())],
            ["E03.9", "D64.9"], {"clia_number": "36D0000015"}),
    "V16": ("EXMCR", "2026-10-06", "12", [("E0143", 16500, 1, ("NU",))], ["M17.11"], {"member": "MCR000007"}),
    "V17": ("EXGWC", "2026-10-07", "11", [("99203", 23500, 1, ("25",)), ("12001", 31000, 1, ())],
            ["S61.211A", "W26.0XXA", "Y99.0"], {"accident": AccidentKind.EMPLOYMENT}),
    "V18": ("EXRAU", "2026-10-08", "11", [("99203", 23500, 1, ())], ["S13.4XXA", "V43.52XA"],
            {"accident": AccidentKind.AUTO}),
    "V19": ("EXMCD", "2026-10-09", "21", [("99460", 21000, 1, ())], ["Z38.00"], {}),
    "V20": ("EXMCD", "2026-10-12", "11", [("99392", 19800, 1, ())], ["Z00.129"], {}),
    "V22": ("EXCHM", "2026-10-13", "11", [("73721", 118000, 1, ("RT",))], ["M25.561"], {}),
    "V23": ("EXHPO", "2026-10-13", "11", [("99213", 18500, 1, ())], ["N39.0"], {}),
    "V24": ("EXMCD", "2026-10-14", "11", [("99213", 18500, 1, ()), ("76816", 22500, 1, ())],
            ["O24.410", "Z3A.32"], {}),
    "V25": ("EXHPO", "2026-10-15", "11",
            [("99214", 26500, 1, ("25",)), ("94640", 6200, 1, ())], ["J45.41"], {}),
    "V26": ("EXMCR", "2026-10-16", "11", [("98941", 6900, 1, ("AT",))], ["M99.03", "M54.50"],
            {"initial_treatment_date": dt.date(2026, 10, 16)}),
    "V27": ("EXCHM", "2026-10-19", "11",
            [("97110", 21600, 3, ("GP",)), ("97140", 6800, 1, ("GP",))], ["M54.50"],
            {"authorization_number": "AUTH27"}),
    "V28": ("EXHPO", "2026-10-20", "11", [("99213", 18500, 1, ())], ["R51.9"], {}),
}  # fmt: skip


def _coverage(payer_id: str, member_id: str, order: CoverageOrder, number: str) -> Coverage:
    return Coverage(
        coverage_id=f"C-{member_id}",
        payer=Payer(payer_id, f"Payer {payer_id}", FILING[payer_id], HOME),
        order=order,
        relationship=Relationship.SELF,
        subscriber=Subscriber(member_id, PersonName("Testman", "Max"), dt.date(1960, 5, 1), Sex.MALE, HOME),
        period=DatePeriod(dt.date(2026, 1, 1)),
        property_casualty_number=number,
    )


def _patient(visit: str) -> Patient:
    return Patient(f"P-{visit[1:]}", PersonName("Testman", "Max"), dt.date(1960, 5, 1), Sex.MALE, HOME)


def _professional(visit: str) -> ProfessionalClaim:
    payer_id, day_text, place, services, diagnoses, extra = VISITS[visit]
    day = dt.date.fromisoformat(day_text)
    member = extra.get("member", f"{payer_id[-3:]}0000{visit[1:]}")
    kind = extra.get("accident")
    lines = tuple(
        ServiceLine(
            number=number,
            service_date=day,
            charge_cents=charge,
            units=Decimal(units),
            code=code,
            modifiers=modifiers,
            pointers=(1,),
            control_number=f"{visit}L{number}",
            ordering=DOCTOR if code.startswith("E") else None,
            drug=Drug("00003029305", Decimal(1), "ML") if code.startswith("J") else None,
        )
        for number, (code, charge, units, modifiers) in enumerate(services, 1)
    )
    return ProfessionalClaim(
        claim_id=visit,
        patient=_patient(visit),
        coverage=_coverage(payer_id, member, CoverageOrder.PRIMARY, f"PC{visit}" if kind else ""),
        billing=CLINIC,
        rendering=DOCTOR,
        lines=lines,
        diagnoses=tuple(Diagnosis(code) for code in diagnoses),
        place_of_service=place,
        accident=Accident(kind, day, "OH") if kind else None,
        authorization_number=extra.get("authorization_number", ""),
        clia_number=extra.get("clia_number", ""),
        initial_treatment_date=extra.get("initial_treatment_date"),
    )


def _hospital_line(number: int, day: str, revenue: str, charge: int, **more: Any) -> ServiceLine:
    return ServiceLine(
        number=number,
        service_date=dt.date.fromisoformat(day),
        charge_cents=charge,
        units=more.pop("units", Decimal(1)),
        revenue_code=revenue,
        control_number=f"L{number}",
        **more,
    )


def _hospital(visit: str) -> InstitutionalClaim:
    present = PresentOnAdmission.YES
    if visit == "V10":
        day = "2026-09-26"
        lines = (
            _hospital_line(1, day, "0450", 84500, code="99283", modifiers=("25",)),
            _hospital_line(2, day, "0320", 38500, code="73610", modifiers=("RT",)),
        )
        payer, first, last, bill, drg = "EXHPO", day, day, "0131", ""
        diagnoses = (Diagnosis("S93.401A"),)
    elif visit == "V13":
        payer, first, last, bill, drg = "EXMCR", "2026-09-28", "2026-10-02", "0111", "193"
        lines = (
            _hospital_line(1, first, "0120", 740000, units=Decimal(4), unit_kind="DA"),
            _hospital_line(2, first, "0250", 213050),
            _hospital_line(3, first, "0300", 188000),
            _hospital_line(4, first, "0450", 168000),
        )
        diagnoses = (Diagnosis("J18.9", present), Diagnosis("J96.01", present), Diagnosis("I50.33", present))
    else:
        payer, first, last, bill, drg = "EXMCR", "2026-10-05", "2026-10-07", "0111", "470"
        lines = (
            _hospital_line(1, first, "0120", 370000, units=Decimal(2), unit_kind="DA"),
            _hospital_line(2, first, "0360", 1420000),
            _hospital_line(3, first, "0278", 1245000),
        )
        diagnoses = (Diagnosis("M17.11", present), Diagnosis("I10", present))
    return InstitutionalClaim(
        claim_id=visit,
        patient=_patient(visit),
        coverage=_coverage(payer, f"{payer[-3:]}0000{visit[1:]}", CoverageOrder.PRIMARY, ""),
        billing=HOSPITAL,
        attending=DOCTOR,
        lines=lines,
        type_of_bill=bill,
        statement=DatePeriod(dt.date.fromisoformat(first), dt.date.fromisoformat(last)),
        principal_diagnosis=diagnoses[0],
        other_diagnoses=diagnoses[1:],
        admission_date=dt.date.fromisoformat(first) if drg else None,
        discharge_status="01",
        drg=drg,
    )


@pytest.fixture(scope="session")
def visit_claim() -> Callable[[str], AnyClaim]:
    """A visit of the scenario by its id, as the claim to its first payer."""
    return lambda visit: _professional(visit) if visit in VISITS else _hospital(visit)


@pytest.fixture(scope="session")
def all_visits() -> tuple[str, ...]:
    """Every visit that goes to a payer."""
    return tuple(sorted([*VISITS, "V10", "V13", "V14"]))


@pytest.fixture(scope="session")
def plans() -> Plans:
    """The plans of the example."""
    return load_plans(examples_folder() / "payersim")


@pytest.fixture(scope="session")
def contracts() -> dict[str, Contract]:
    """The contracts of the example, by payer id."""
    read = [load_contract(path) for path in (examples_folder() / "contracts").glob("*.yaml")]
    return {contract.payer_id: contract for contract in read}


@pytest.fixture(scope="session")
def secondary_coverage() -> Coverage:
    """The supplement of visit V04."""
    return _coverage("EXSUP", "SUP000004", CoverageOrder.SECONDARY, "")
