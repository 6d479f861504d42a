"""The visit and what was written down and charged for it, before there is a claim."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from cleanclaim.claims.claim import Accident, OccurrenceCode, ValueCode
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure
from cleanclaim.claims.line import Drug
from cleanclaim.claims.references import NamedDate, Reference
from cleanclaim.claims.setting import Setting
from cleanclaim.claims.supplements import (
    Attachment,
    ConditionIndicator,
    Equipment,
    EquipmentCertification,
    Form,
    Note,
    Place,
    SpinalTreatment,
    TestResult,
    Transport,
)
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.money import Cents


@frozen
class Document:
    """A signed piece of the record; ``text`` is exactly what was written, offsets count its characters."""

    document_id: str
    kind: str
    text: str
    written_on: dt.date
    author_npi: str = ""


@frozen
class Charge:
    """A service to be billed, as a coder or a charge master set it.

    ``pointers`` name diagnoses of the encounter by place from 1. ``units`` may be fractional only where
    the code set allows it.
    """

    code: str
    charge_cents: Cents
    units: Decimal = Decimal(1)
    modifiers: tuple[str, ...] = ()
    pointers: tuple[int, ...] = ()
    revenue_code: str = ""
    service_date: dt.date | None = None
    service_date_to: dt.date | None = None
    drug: Drug | None = None
    description: str = ""
    unit_kind: str = "UN"
    code_kind: str = ""
    references: tuple[Reference, ...] = ()
    dates: tuple[NamedDate, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conditions: tuple[ConditionIndicator, ...] = ()
    notes: tuple[Note, ...] = ()
    emergency: bool = False
    epsdt: bool = False
    family_planning: bool = False
    equipment: Equipment | None = None
    certification: EquipmentCertification | None = None
    forms: tuple[Form, ...] = ()
    test_results: tuple[TestResult, ...] = ()
    patients_transported: Decimal | None = None


@frozen
class CodedEncounter:
    """A visit as the coder released it: all that a claim is built from besides the parties."""

    encounter_id: str
    setting: Setting
    period: DatePeriod
    place_of_service: str
    diagnoses: tuple[Diagnosis, ...]
    charges: tuple[Charge, ...]
    procedures: tuple[HospitalProcedure, ...] = ()
    type_of_bill: str = ""
    admission_date: dt.date | None = None
    admission_type: str = ""
    admission_source: str = ""
    admission_hour: str = ""
    discharge_hour: str = ""
    discharge_status: str = ""
    admitting_diagnosis: Diagnosis | None = None
    reason_for_visit: tuple[Diagnosis, ...] = ()
    drg: str = ""
    value_codes: tuple[ValueCode, ...] = ()
    authorization_number: str = ""
    referral_number: str = ""
    clia_number: str = ""
    accident: Accident | None = None
    onset_date: dt.date | None = None
    initial_treatment_date: dt.date | None = None
    last_menstrual_date: dt.date | None = None
    note: str = ""
    patient_paid_cents: Cents = 0
    occurrence_codes: tuple[OccurrenceCode, ...] = ()
    condition_codes: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    dates: tuple[NamedDate, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conditions: tuple[ConditionIndicator, ...] = ()
    transport: Transport | None = None
    pick_up: Place | None = None
    drop_off: Place | None = None
    spinal_treatment: SpinalTreatment | None = None
    anesthesia_procedures: tuple[str, ...] = ()
    delay_reason: str = ""
