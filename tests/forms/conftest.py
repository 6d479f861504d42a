"""Invented people, payers and claims for the paper forms."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pypdf
import pytest
from attrs import evolve

from cleanclaim.claims.claim import InstitutionalClaim, OccurrenceCode, ProfessionalClaim, ValueCode
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure, PresentOnAdmission
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.forms.statement import PendingLine, Statement, StatementLine, StatementPractice
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.identifiers import npi_from_nine

HOME = Address("14 Orchard Lane", "Fairhollow", "OH", "440120011", "Apt 3")
CLINIC = Address("200 Lake Street", "Fairhollow", "OH", "440120200")
HOSPITAL = Address("1 Mill River Road", "Stonebridge", "OH", "440330001")
NAME = PersonName("Marlow", "Tessa", "Jane")

MEDICARE = Payer("EXMCR", "Example Medicare", "MB", Address("PO Box 100", "Columbus", "OH", "432150100"))
HARBOR = Payer("EXHPO", "Harbor Mutual PPO", "CI", Address("77 Pier Road", "Toledo", "OH", "436040077"))
SUPPLEMENT = Payer(
    "EXSUP", "Silverline Supplement", "CI", Address("9 Bell Avenue", "Dayton", "OH", "454020009")
)


@pytest.fixture
def coverage() -> Coverage:
    return Coverage(
        "C-1", HARBOR, CoverageOrder.PRIMARY, Relationship.SELF,
        Subscriber("HPO000001", NAME, dt.date(1974, 5, 9), Sex.FEMALE, HOME), DatePeriod(dt.date(2026, 1, 1)),
        group_number="G4471", plan_name="Harbor Choice",
    )  # fmt: skip


@pytest.fixture
def medicare(coverage: Coverage) -> Coverage:
    subscriber = evolve(coverage.subscriber, member_id="MCR000004")
    return evolve(coverage, payer=MEDICARE, subscriber=subscriber, group_number="", plan_name="")


@pytest.fixture
def supplement(coverage: Coverage) -> Coverage:
    subscriber = evolve(coverage.subscriber, member_id="SUP000004")
    return evolve(
        coverage, payer=SUPPLEMENT, subscriber=subscriber, order=CoverageOrder.SECONDARY, group_number="S-88",
        plan_name="Silverline F",
    )  # fmt: skip


@pytest.fixture
def doctor() -> Provider:
    return Provider(
        npi_from_nine("130000101"), name=PersonName("Okafor", "Ruth", "Ann"), taxonomy="207Q00000X"
    )


@pytest.fixture
def practice() -> Provider:
    return Provider(
        npi_from_nine("130000001"), organization="Lakeside Family Medicine", taxonomy="261QP2300X",
        address=CLINIC, tax_id="00-0000011", phone="(614) 555-0110",
    )  # fmt: skip


def service_line(number: int, code: str = "99214", **changes: Any) -> ServiceLine:
    line = ServiceLine(
        number,
        dt.date(2026, 9, 14),
        18500,
        Decimal(1),
        code=code,
        pointers=(1, 2),
        control_number=f"L{number}",
    )
    return evolve(line, **changes)


@pytest.fixture
def office_visit(coverage: Coverage, doctor: Provider, practice: Provider) -> ProfessionalClaim:
    return ProfessionalClaim(
        claim_id="V01",
        patient=Patient("P-01", NAME, dt.date(1974, 5, 9), Sex.FEMALE, HOME, "614-555-0199"),
        coverage=coverage,
        billing=practice,
        rendering=doctor,
        lines=(
            service_line(1),
            service_line(2, "83036", charge_cents=4200, pointers=(1,)),
            service_line(3, "36415", charge_cents=1500, pointers=(1,)),
        ),
        diagnoses=(Diagnosis("E11.65"), Diagnosis("I10"), Diagnosis("Z79.84")),
        place_of_service="11",
        patient_paid_cents=3000,
    )


@pytest.fixture
def emergency(coverage: Coverage, doctor: Provider, practice: Provider) -> InstitutionalClaim:
    hospital = evolve(
        practice, npi=npi_from_nine("130000003"), organization="Mill River Hospital", address=HOSPITAL,
        taxonomy="282N00000X",
    )  # fmt: skip
    return InstitutionalClaim(
        claim_id="V10",
        patient=Patient("P-10", NAME, dt.date(1974, 5, 9), Sex.FEMALE, HOME, "614-555-0199"),
        coverage=coverage,
        billing=hospital,
        lines=(
            service_line(1, "99283", revenue_code="0450", modifiers=("25",), charge_cents=92000, pointers=()),
            service_line(2, "73610", revenue_code="0320", modifiers=("RT",), charge_cents=31050, pointers=()),
        ),
        type_of_bill="0131",
        statement=DatePeriod(dt.date(2026, 9, 26), dt.date(2026, 9, 26)),
        principal_diagnosis=Diagnosis("S93.401A"),
        other_diagnoses=(Diagnosis("M25.571"),),
        reason_for_visit=(Diagnosis("M25.571"),),
        external_causes=(Diagnosis("W10.9XXA"),),
        admission_type="1",
        admission_source="1",
        discharge_status="01",
        attending=doctor,
        occurrence_codes=(OccurrenceCode("05", dt.date(2026, 9, 26)),),
    )


@pytest.fixture
def inpatient(emergency: InstitutionalClaim, medicare: Coverage, doctor: Provider) -> InstitutionalClaim:
    yes, exempt = PresentOnAdmission.YES, PresentOnAdmission.EXEMPT
    stay = DatePeriod(dt.date(2026, 9, 28), dt.date(2026, 10, 2))
    return evolve(
        emergency,
        claim_id="V13",
        coverage=evolve(medicare, payer=evolve(MEDICARE, filing_indicator="MA")),
        type_of_bill="0111",
        statement=stay,
        admission_date=stay.first,
        admission_hour="14",
        discharge_hour="11",
        principal_diagnosis=Diagnosis("J18.9", yes),
        other_diagnoses=(Diagnosis("J96.01", yes), Diagnosis("I50.33", yes), Diagnosis("Z79.4", exempt)),
        admitting_diagnosis=Diagnosis("R06.02"),
        reason_for_visit=(),
        external_causes=(),
        occurrence_codes=(OccurrenceCode("74", dt.date(2026, 9, 29), dt.date(2026, 9, 30)),),
        condition_codes=("C1",),
        value_codes=(ValueCode("80", 400), ValueCode("02", 0)),
        procedures=(HospitalProcedure("0BH17EZ", dt.date(2026, 9, 29)),),
        operating=doctor,
        drg="193",
        lines=(
            service_line(1, "", revenue_code="0120", units=Decimal(4), unit_kind="DA", charge_cents=720000,
                         service_date=stay.first, pointers=()),
            service_line(2, "", revenue_code="0250", charge_cents=88010, service_date=stay.first,
                         pointers=()),
            service_line(3, "", revenue_code="0300", units=Decimal(12), charge_cents=61200,
                         service_date=stay.first, pointers=()),
        ),
    )  # fmt: skip


@pytest.fixture
def lines() -> Callable[..., ServiceLine]:
    return service_line


@pytest.fixture
def read_pages() -> Callable[[bytes], list[str]]:
    def read(pdf: bytes) -> list[str]:
        return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]

    return read


@pytest.fixture
def statement() -> Statement:
    return Statement(
        practice=StatementPractice(
            "Lakeside Family Medicine", CLINIC, "(614) 555-0110", hours="Monday to Friday, 8 am to 5 pm",
            pay_online="pay.lakeside.example",
        ),
        recipient=NAME,
        recipient_address=HOME,
        patient=NAME,
        account_number="P-01",
        statement_number="S-2026-0001",
        as_of=dt.date(2026, 11, 20),
        pay_by=dt.date(2026, 12, 20),
        lines=(
            StatementLine(
                dt.date(2026, 9, 16), "Office visit, new patient", 28500, 12345, 4100, 9055,
                "Your yearly deductible: the first part of each year's care is yours to pay.", 3000,
            ),
            StatementLine(
                dt.date(2026, 9, 16), "Heart tracing (ECG)", 9500, 3000, 4750, 1750,
                "Coinsurance: your share of the price after the deductible.",
            ),
        ),
        due_cents=10805,
        pending=(PendingLine(dt.date(2026, 10, 13), "Knee scan (MRI)", 145000, "Cedar HMO"),),
    )  # fmt: skip
