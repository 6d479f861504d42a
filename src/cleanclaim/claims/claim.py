"""The claim: professional (CMS-1500, 837P) and institutional (UB-04, 837I), one immutable version each."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from attrs import frozen

from cleanclaim.claims.carried import CarriedSegment
from cleanclaim.claims.coordination import OtherPayer
from cleanclaim.claims.coverage import Coverage
from cleanclaim.claims.diagnosis import Diagnosis, HospitalProcedure
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.parties import Patient, Provider
from cleanclaim.claims.references import NamedDate, Reference
from cleanclaim.claims.supplements import (
    Attachment,
    ConditionIndicator,
    Contract,
    Note,
    PayToPlan,
    Place,
    Repricing,
    SpinalTreatment,
    Transport,
)
from cleanclaim.kernel.dates import DatePeriod
from cleanclaim.kernel.money import Cents


class Frequency(StrEnum):
    """What this version is to the payer (CLM05-3): the first one, a replacement, a void."""

    ORIGINAL = "1"
    REPLACEMENT = "7"
    VOID = "8"


class AccidentKind(StrEnum):
    """The related cause (CLM11)."""

    AUTO = "AA"
    EMPLOYMENT = "EM"
    OTHER = "OA"


@frozen
class Accident:
    """What happened to the patient; ``state`` is required for a motor accident, ``country`` where it was abroad.

    ``further_kind`` is a second cause, such as a motor accident on the way of a job.
    """

    kind: AccidentKind
    occurred_on: dt.date
    state: str = ""
    further_kind: AccidentKind | None = None
    country: str = ""


@frozen(kw_only=True)
class Claim:
    """What both kinds of claim have in common.

    ``claim_id`` is the patient control number (CLM01), at most 20 characters, the same over all versions;
    ``version`` counts from 1. ``coverage`` is the payer this version is addressed to, ``other_payers`` the
    rest in order. ``payer_claim_number`` is the payer's own number of the claim this one replaces or voids
    (REF*F8), required with a frequency of 7 or 8.

    ``delay_reason`` is CLM20, ``special_program`` CLM12, ``patient_signature`` CLM10 (P where the provider signed
    for the patient). A ``predetermination`` asks what would be paid and is no claim for money. ``carried`` is what
    a file said and no field holds.
    """

    claim_id: str
    version: int = 1
    patient: Patient
    coverage: Coverage
    other_payers: tuple[OtherPayer, ...] = ()
    billing: Provider
    pay_to: Provider | None = None
    rendering: Provider | None = None
    referring: Provider | None = None
    supervising: Provider | None = None
    facility: Provider | None = None
    lines: tuple[ServiceLine, ...]
    frequency: Frequency = Frequency.ORIGINAL
    payer_claim_number: str = ""
    authorization_number: str = ""
    referral_number: str = ""
    clia_number: str = ""
    assignment_accepted: bool = True
    benefits_assigned: bool = True
    signature_on_file: bool = True
    patient_paid_cents: Cents = 0
    accident: Accident | None = None
    note: str = ""
    encounter_id: str = ""
    delay_reason: str = ""
    special_program: str = ""
    patient_signature: str = ""
    provider_signature_on_file: bool = True
    predetermination: bool = False
    pay_to_plan: PayToPlan | None = None
    references: tuple[Reference, ...] = ()
    dates: tuple[NamedDate, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conditions: tuple[ConditionIndicator, ...] = ()
    other_notes: tuple[Note, ...] = ()
    fixed_format: tuple[str, ...] = ()
    contract: Contract | None = None
    repricing: Repricing | None = None
    carried: tuple[CarriedSegment, ...] = ()

    def charge_cents(self) -> Cents:
        """The total charge: the sum of the lines, never a number of its own (CLM02)."""
        return sum(line.charge_cents for line in self.lines)

    def first_service_date(self) -> dt.date:
        """The earliest day on any line."""
        return min(line.service_date for line in self.lines)

    def last_service_date(self) -> dt.date:
        """The latest day on any line."""
        return max(line.last_service_date() for line in self.lines)


@frozen(kw_only=True)
class ProfessionalClaim(Claim):
    """A claim of a physician, a practice, a laboratory or a supplier.

    ``diagnoses`` are in order, at most twelve, the first one the first-listed diagnosis.
    ``anesthesia_procedures`` are the one or two surgical procedures that the anaesthesia was for.
    """

    diagnoses: tuple[Diagnosis, ...]
    place_of_service: str
    onset_date: dt.date | None = None
    last_menstrual_date: dt.date | None = None
    admission_date: dt.date | None = None
    discharge_date: dt.date | None = None
    initial_treatment_date: dt.date | None = None
    unable_to_work: DatePeriod | None = None
    primary_care: Provider | None = None
    anesthesia_procedures: tuple[str, ...] = ()
    condition_codes: tuple[str, ...] = ()
    transport: Transport | None = None
    pick_up: Place | None = None
    drop_off: Place | None = None
    spinal_treatment: SpinalTreatment | None = None


@frozen
class ValueCode:
    """A UB-04 value code with its amount (FL 39-41)."""

    code: str
    cents: Cents


@frozen
class OccurrenceCode:
    """A UB-04 occurrence code with its day, or its span (FL 31-36)."""

    code: str
    first: dt.date
    last: dt.date | None = None


@frozen(kw_only=True)
class InstitutionalClaim(Claim):
    """A claim of a hospital or another facility.

    ``type_of_bill`` is the three digits before the frequency ("11" + "1" is written "111": facility,
    classification and, as third digit, the frequency); it is kept as four characters with the leading
    zero, such as "0111". ``procedures`` are ICD-10-PCS, the principal one first, inpatient only.
    ``statement_told`` is off only for a predetermination that tells no period; it is then the day it was sent.
    """

    type_of_bill: str
    statement: DatePeriod
    principal_diagnosis: Diagnosis
    other_diagnoses: tuple[Diagnosis, ...] = ()
    admitting_diagnosis: Diagnosis | None = None
    reason_for_visit: tuple[Diagnosis, ...] = ()
    external_causes: tuple[Diagnosis, ...] = ()
    procedures: tuple[HospitalProcedure, ...] = ()
    admission_date: dt.date | None = None
    admission_hour: str = ""
    discharge_hour: str = ""
    admission_type: str = ""
    admission_source: str = ""
    discharge_status: str = ""
    attending: Provider | None = None
    operating: Provider | None = None
    drg: str = ""
    condition_codes: tuple[str, ...] = ()
    occurrence_codes: tuple[OccurrenceCode, ...] = ()
    value_codes: tuple[ValueCode, ...] = ()
    other_operating: Provider | None = None
    treatment_codes: tuple[str, ...] = ()
    patient_due_cents: Cents | None = None
    statement_told: bool = True

    def is_inpatient(self) -> bool:
        """Whether the type of bill is that of an inpatient stay."""
        return bills_a_stay(self.type_of_bill)

    def all_diagnoses(self) -> tuple[Diagnosis, ...]:
        """Principal first, then the others."""
        return (self.principal_diagnosis, *self.other_diagnoses)


def bills_a_stay(type_of_bill: str) -> bool:
    """Whether a type of bill of four characters is that of an inpatient stay.

    Hospital (011x), swing bed (018x), skilled nursing (021x) and religious institution (041x).
    """
    return type_of_bill[1:3] in {"11", "18", "21", "41"}


AnyClaim = ProfessionalClaim | InstitutionalClaim

__all__ = [
    "Accident",
    "AccidentKind",
    "AnyClaim",
    "Claim",
    "Frequency",
    "InstitutionalClaim",
    "OccurrenceCode",
    "ProfessionalClaim",
    "ValueCode",
    "bills_a_stay",
]
