"""Any claim that the records can hold, for properties; and a small family of parties for examples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from functools import cache
from types import SimpleNamespace
from typing import Any, get_args, get_origin, get_type_hints

import attrs
import pytest
from attrs import evolve
from hypothesis import strategies as st

from cleanclaim.claims.claim import (
    Accident,
    AccidentKind,
    InstitutionalClaim,
    ProfessionalClaim,
    ValueCode,
)
from cleanclaim.claims.coverage import Coverage, CoverageOrder, Relationship, Subscriber
from cleanclaim.claims.dental import DentalClaim
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure
from cleanclaim.claims.encounter import Charge, CodedEncounter
from cleanclaim.claims.parties import Address, Patient, Payer, PersonName, Provider, Sex
from cleanclaim.claims.setting import Setting
from cleanclaim.kernel.dates import EARLIEST, LATEST, DatePeriod
from cleanclaim.kernel.identifiers import npi_from_nine

DAYS = st.dates(EARLIEST, LATEST)
SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
    int: st.integers(-(10**15), 10**15),
    bool: st.booleans(),
    dt.date: DAYS,
    Decimal: st.decimals(-(10**9), 10**9, places=4)
    | st.integers(-9, 9).map(Decimal)
    | st.just(Decimal("1E+3")),
    type(None): st.none(),
    DatePeriod: st.tuples(DAYS, st.none() | DAYS).map(
        lambda days: DatePeriod(min(day for day in days if day), days[1] and max(day for day in days if day))
    ),
}


def anything(kind: Any, *, least: int = 0) -> st.SearchStrategy[Any]:
    """Values of a field's type, whatever the field means; ``least`` is the fewest items of a list."""
    arguments = get_args(kind)
    if kind in SCALARS:
        return SCALARS[kind]
    if get_origin(kind) is tuple and arguments[1:] == (...,):
        return st.lists(anything(arguments[0]), min_size=least, max_size=2).map(tuple)
    if get_origin(kind) is tuple:
        return st.tuples(*(anything(each) for each in arguments))
    if arguments:
        return st.one_of(*(anything(each) for each in reversed(arguments)))
    if issubclass(kind, Enum):
        return st.sampled_from(kind)
    return st.deferred(lambda: record_of(kind))


@cache
def record_of(kind: type) -> st.SearchStrategy[Any]:
    """Records of a kind with every field drawn; a claim has at least one line."""
    hints = get_type_hints(kind)
    fields = attrs.fields(kind)
    return st.builds(
        kind, **{field.name: anything(hints[field.name], least=field.name == "lines") for field in fields}
    )


@pytest.fixture(scope="session")
def any_claim() -> st.SearchStrategy[Any]:
    """Claims of every kind with every field filled or left out, whatever the fields mean."""
    return record_of(ProfessionalClaim) | record_of(InstitutionalClaim) | record_of(DentalClaim)


@pytest.fixture(scope="session")
def any_record() -> Callable[[type], st.SearchStrategy[Any]]:
    return record_of


VISIT = dt.date(2026, 9, 14)
HOME = Address("12 Quarry Road", "Mill River", "OH", "440010001")
CLINIC = Provider(npi_from_nine("130000001"), organization="Lakeside Family Medicine", address=HOME)
HOSPITAL = Provider(npi_from_nine("130000003"), organization="Mill River Hospital", address=HOME)
DOCTOR = Provider(npi_from_nine("130000101"), name=PersonName("Quill", "Dora"))
SURGEON = Provider(npi_from_nine("130000102"), name=PersonName("Tarn", "Nils"))
PATIENT = Patient("P-01", PersonName("Farrow", "Ines"), dt.date(1957, 3, 4), Sex.FEMALE, HOME)
OPEN = DatePeriod(dt.date(2026, 1, 1))


def coverage(payer_id: str, order: CoverageOrder, period: DatePeriod = OPEN) -> Coverage:
    return Coverage(
        coverage_id=f"C-{payer_id}",
        payer=Payer(payer_id, f"Payer {payer_id}", "CI"),
        order=order,
        relationship=Relationship.SELF,
        subscriber=Subscriber("M000001", PATIENT.name),
        period=period,
    )


OFFICE_VISIT = CodedEncounter(
    encounter_id="V01",
    setting=Setting.OUTPATIENT,
    period=DatePeriod(VISIT, VISIT),
    place_of_service="11",
    diagnoses=(Diagnosis("E11.65"), Diagnosis("I10")),
    charges=(Charge("99214", 26500, pointers=(1, 2)), Charge("83036", 3900, pointers=(1,))),
)
EMERGENCY = evolve(
    OFFICE_VISIT,
    encounter_id="V10",
    setting=Setting.ED,
    place_of_service="",
    type_of_bill="0131",
    diagnoses=(Diagnosis("S93.401A"), Diagnosis("W10.9XXA"), Diagnosis("Y92.009")),
    charges=(Charge("99283", 98000, revenue_code="0450", modifiers=("25",)),),
    admission_date=VISIT,
    admission_hour="15",
    discharge_hour="17",
    reason_for_visit=(Diagnosis("M25.571"),),
)
STAY = evolve(
    OFFICE_VISIT,
    encounter_id="V14",
    setting=Setting.INPATIENT,
    place_of_service="",
    type_of_bill="0111",
    period=DatePeriod(dt.date(2026, 10, 5), dt.date(2026, 10, 7)),
    diagnoses=(Diagnosis("M17.11"), Diagnosis("I10"), Diagnosis("W10.9XXA")),
    charges=(
        Charge("", 240000, Decimal(2), revenue_code="0120"),
        Charge("", 99900, revenue_code="0360", service_date=dt.date(2026, 10, 6)),
    ),
    admission_date=dt.date(2026, 10, 4),
    admission_hour="06",
    discharge_hour="11",
    admission_type="3",
    admission_source="1",
    discharge_status="01",
    admitting_diagnosis=Diagnosis("M25.561"),
    procedures=(HospitalProcedure("0SRC0J9", dt.date(2026, 10, 5)),),
    drg="470",
    value_codes=(ValueCode("80", 200),),
)


@pytest.fixture
def world() -> SimpleNamespace:
    """Visits, parties and coverages of one invented patient."""
    return SimpleNamespace(
        visit=VISIT,
        patient=PATIENT,
        clinic=CLINIC,
        hospital=HOSPITAL,
        doctor=DOCTOR,
        surgeon=SURGEON,
        coverage=coverage,
        first=coverage("EXHPO", CoverageOrder.PRIMARY),
        second=coverage("EXSUP", CoverageOrder.SECONDARY),
        third=coverage("EXMCD", CoverageOrder.TERTIARY),
        office_visit=OFFICE_VISIT,
        emergency=EMERGENCY,
        stay=STAY,
        work_accident=Accident(AccidentKind.EMPLOYMENT, VISIT),
    )
