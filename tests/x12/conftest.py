"""Invented claims and payments, and the sample files beside the project."""

from __future__ import annotations

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import InstitutionalClaim, OccurrenceCode, ProfessionalClaim, ValueCode
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure, PresentOnAdmission
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.claims.remittance import Payment, ProviderAdjustment, RemittedClaim, RemittedLine
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.identifiers import npi_from_nine
from cleanclaim.x12.syntax.envelope import Envelope

# What several tests share beside them can be imported by them.
sys.path.insert(0, str(Path(__file__).parent))
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "x12"


@pytest.fixture(scope="session")
def shared_x12() -> list[Path]:
    """The sample files beside the project."""
    if not SHARED.is_dir():
        pytest.skip("shared/data/x12 is absent")
    return sorted(path for path in SHARED.rglob("*") if path.is_file() and path.name != "INDEX.tsv")


@pytest.fixture
def envelope() -> Envelope:
    return Envelope(
        sender_id="EXSUBMIT1",
        receiver_id="EXCLEAR01",
        created_at=dt.datetime(2026, 10, 26, 9, 30),
        interchange_control_number=7,
        group_control_number=7,
        submitter_name="Mill River Billing",
        contact_name="Office",
        contact_phone="5555550100",
        receiver_name="Example Clearinghouse",
    )


TOWN = Address("12 Quarry Road", "Mill River", "OH", "440010001")
CLINIC = Provider(
    npi=npi_from_nine("130000001"),
    organization="Lakeside Family Medicine",
    taxonomy="207Q00000X",
    address=TOWN,
    tax_id="990000001",
    phone="5555550111",
    contact="Front Desk",
)
HOSPITAL = evolve(
    CLINIC, npi=npi_from_nine("130000003"), organization="Mill River Hospital", taxonomy="282N00000X"
)
DOCTOR = Provider(
    npi=npi_from_nine("130000101"), name=PersonName("Quill", "Dora", "M"), taxonomy="207Q00000X"
)
NURSE = Provider(npi=npi_from_nine("130000102"), name=PersonName("Tarn", "Nils"))
PPO = Payer("EXHPO", "Harbor Mutual PPO", "CI", Address("1 Harbor Way", "Portside", "OH", "440020001"))
MEDICARE = Payer("EXMCR", "Medicare", "MB")
SUPPLEMENT = Payer("EXSUP", "Silverline Supplement", "CI")
PATIENT = Patient("P-01", PersonName("Farrow", "Ines"), dt.date(1957, 3, 4), Sex.FEMALE, TOWN)
VISIT = dt.date(2026, 9, 14)


def coverage(payer: Payer, relationship: Relationship = Relationship.SELF, **changes: object) -> Coverage:
    holder = PATIENT.name if relationship is Relationship.SELF else PersonName("Farrow", "Otto", "", "JR")
    born = PATIENT.birth_date if relationship is Relationship.SELF else dt.date(1980, 1, 2)
    sex = Sex.FEMALE if relationship is Relationship.SELF else Sex.MALE
    base = Coverage(
        coverage_id="",
        payer=payer,
        order=CoverageOrder.PRIMARY,
        relationship=relationship,
        subscriber=Subscriber("HPO000001", holder, born, sex, TOWN),
        period=DatePeriod(VISIT),
    )
    return evolve(base, **changes)


@pytest.fixture
def office_claim() -> ProfessionalClaim:
    """An office visit with two lines."""
    return ProfessionalClaim(
        claim_id="V01",
        patient=PATIENT,
        coverage=coverage(PPO, group_number="GRP77"),
        billing=CLINIC,
        rendering=DOCTOR,
        diagnoses=(Diagnosis("E11.65"), Diagnosis("I10")),
        place_of_service="11",
        lines=(
            ServiceLine(
                1, VISIT, 21000, Decimal(1), "99214", ("25",), pointers=(1, 2), control_number="V01L1"
            ),
            ServiceLine(2, VISIT, 4550, Decimal(1), "83036", pointers=(1,), control_number="V01L2"),
        ),
    )


@pytest.fixture
def secondary_claim(office_claim: ProfessionalClaim) -> ProfessionalClaim:
    """The same visit to a supplement after Medicare answered line by line."""
    answers = (
        LineAdjudication(
            1,
            8000,
            "99214",
            Decimal(1),
            dt.date(2026, 11, 9),
            ("25",),
            "",
            (Adjustment("CO", "45", 11000), Adjustment("PR", "2", 2000)),
            2000,
        ),
        LineAdjudication(
            2, 1050, "83036", Decimal(1), dt.date(2026, 11, 9), (), "", (Adjustment("CO", "45", 3500),)
        ),
    )
    first = OtherPayer(
        coverage=evolve(coverage(MEDICARE), subscriber=Subscriber("MCR000001", PATIENT.name, address=TOWN)),
        paid_cents=9050,
        lines=answers,
        payer_claim_number="ICN26001",
        adjudicated_on=dt.date(2026, 11, 9),
    )
    return evolve(
        office_claim, coverage=coverage(SUPPLEMENT, order=CoverageOrder.SECONDARY), other_payers=(first,)
    )


@pytest.fixture
def stay_claim() -> InstitutionalClaim:
    """An inpatient stay with POA, two procedures and every kind of UB-04 code."""
    yes = PresentOnAdmission.YES
    return InstitutionalClaim(
        claim_id="V14",
        patient=PATIENT,
        coverage=coverage(evolve(MEDICARE, filing_indicator="MA"), period=DatePeriod(dt.date(2026, 10, 5))),
        billing=HOSPITAL,
        attending=DOCTOR,
        operating=NURSE,
        type_of_bill="0111",
        statement=DatePeriod(dt.date(2026, 10, 5), dt.date(2026, 10, 7)),
        principal_diagnosis=Diagnosis("M17.11", yes),
        other_diagnoses=(Diagnosis("I10", yes), Diagnosis("N39.0", PresentOnAdmission.NO)),
        admitting_diagnosis=Diagnosis("M25.561"),
        external_causes=(Diagnosis("W10.9XXA", yes),),
        procedures=(
            HospitalProcedure("0SRC0J9", dt.date(2026, 10, 5)),
            HospitalProcedure("0SBC4ZZ", dt.date(2026, 10, 6)),
        ),
        admission_date=dt.date(2026, 10, 5),
        admission_hour="07",
        discharge_hour="1130",
        admission_type="3",
        admission_source="1",
        discharge_status="01",
        drg="470",
        condition_codes=("09",),
        occurrence_codes=(
            OccurrenceCode("74", dt.date(2026, 10, 5), dt.date(2026, 10, 6)),
            OccurrenceCode("11", dt.date(2026, 10, 1)),
        ),
        value_codes=(ValueCode("01", 85000), ValueCode("80", 200)),
        lines=(
            ServiceLine(
                1,
                dt.date(2026, 10, 5),
                240000,
                Decimal(2),
                unit_kind="DA",
                revenue_code="0120",
                service_date_to=dt.date(2026, 10, 7),
                control_number="V14L1",
            ),
            ServiceLine(
                2, dt.date(2026, 10, 5), 1250050, Decimal(1), revenue_code="0360", non_covered_cents=50
            ),
        ),
    )


@pytest.fixture
def payment() -> Payment:
    """One transfer: a paid claim, a reversal, a recovery and interest."""
    lines = (
        RemittedLine(
            21000,
            9000,
            "99214",
            ("25",),
            service_date=VISIT,
            control_number="V01L1",
            allowed_cents=12000,
            adjustments=(Adjustment("CO", "45", 9000), Adjustment("PR", "3", 3000)),
            remarks=("N130",),
        ),
        RemittedLine(
            4550,
            1000,
            "83037",
            submitted_code="83036",
            service_date=VISIT,
            units=Decimal(2),
            adjustments=(Adjustment("CO", "45", 3550, Decimal("1.5")),),
        ),
    )
    paid = RemittedClaim(
        "V01",
        "1",
        25550,
        10000,
        3000,
        "12",
        "ICN1",
        "11",
        "1",
        lines=lines,
        remarks=("MA01",),
        patient_last_name="Farrow",
        patient_first_name="Ines",
        member_id="HPO000001",
        statement_from=VISIT,
        statement_to=VISIT,
        received_on=dt.date(2026, 10, 27),
    )
    taken_back = RemittedClaim(
        "V25",
        "22",
        -15000,
        -7000,
        0,
        "12",
        "ICN9",
        "11",
        "1",
        adjustments=(Adjustment("CO", "45", -8000),),
        patient_last_name="Gale",
        patient_first_name="Tom",
    )
    return Payment(
        trace="EFT0001",
        payer_name="Harbor Mutual PPO",
        payer_id="EXHPO",
        payment_cents=2500,
        method="ACH",
        effective_on=dt.date(2026, 11, 9),
        payee_npi=CLINIC.npi,
        payee_name=CLINIC.organization,
        payer_tax_id="1990000009",
        production_on=dt.date(2026, 11, 8),
        claims=(paid, taken_back),
        provider_adjustments=(
            ProviderAdjustment(CLINIC.npi, dt.date(2026, 12, 31), "WO", "V02", 600),
            ProviderAdjustment(CLINIC.npi, dt.date(2026, 12, 31), "L6", "", -100),
        ),
        control_number="0001",
    )


@pytest.fixture
def payer() -> Payer:
    return PPO


@pytest.fixture
def payee() -> Provider:
    return CLINIC
