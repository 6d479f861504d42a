"""What may be sent with any claim or line: attachments, contract, repricing, conditions, notes, amounts."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from cleanclaim.claims.parties import Address
from cleanclaim.kernel.money import Cents


@frozen
class Attachment:
    """A report that supports the claim or the line (PWK).

    ``report`` is the report type (PWK01, "OZ" support data, "CT" certification, ...), ``sent_by`` how it goes
    (PWK02, "EL" electronically, "BM" mail, "FX" fax, "AA" on request, "AB" and the like for certificates),
    ``control_number`` the number on it, required unless it waits for a request.
    """

    report: str
    sent_by: str
    control_number: str = ""


@frozen
class Contract:
    """The contract of a claim or a line (CN1); ``kind`` is CN101 ("03" per diem, "05" capitated, ...)."""

    kind: str
    cents: Cents | None = None
    percent: Decimal | None = None
    code: str = ""
    terms_discount_percent: Decimal | None = None
    version: str = ""


@frozen
class Repricing:
    """What a repricer allowed for a claim or a line (HCP); ``method`` is HCP01.

    ``code`` is the approved procedure with its ``code_kind`` ("HC"), ``units`` the approved units with their
    ``unit_kind``, ``group`` and ``group_cents`` the approved DRG or ambulatory group.
    """

    method: str
    allowed_cents: Cents
    saved_cents: Cents | None = None
    organization_id: str = ""
    rate: Decimal | None = None
    group: str = ""
    group_cents: Cents | None = None
    revenue_code: str = ""
    code_kind: str = ""
    code: str = ""
    unit_kind: str = ""
    units: Decimal | None = None
    reject_reason: str = ""
    compliance: str = ""
    exception: str = ""


@frozen
class ConditionIndicator:
    """Conditions of one kind that apply or do not (CRC).

    ``category`` is 07 (ambulance), E1 to E3 (vision), 75 (homebound), ZZ (EPSDT), 70 (hospice) or 09 (equipment).
    """

    category: str
    applies: bool
    codes: tuple[str, ...]


@frozen
class Note:
    """A note of another kind than the plain one (NTE01: "TPO" third party, "DCP" goals, "CER", "DGN", ...)."""

    kind: str
    text: str


@frozen
class Transport:
    """An ambulance transport (CR1): the reason A to E and the miles, the patient's weight in pounds."""

    reason: str
    miles: Decimal
    patient_pounds: Decimal | None = None
    round_trip_purpose: str = ""
    stretcher_purpose: str = ""


@frozen
class Place:
    """Where an ambulance took the patient up or set him down (NM1*PW, NM1*45)."""

    address: Address
    name: str = ""


@frozen
class SpinalTreatment:
    """A chiropractor's case (CR2): the nature of the condition (A acute, C chronic, ...) and up to two descriptions."""

    condition: str
    description: str = ""
    further_description: str = ""


@frozen
class Equipment:
    """What a rented or bought piece of equipment costs (SV5).

    ``days`` is the length of need, ``rental_period`` 1 (weekly), 4 (monthly) or 6 (daily).
    """

    code: str
    days: Decimal
    rental_cents: Cents
    purchase_cents: Cents
    rental_period: str


@frozen
class EquipmentCertification:
    """A physician's certification of equipment (CR3): I initial, R renewal, S revised, and its months."""

    kind: str
    months: Decimal


@frozen
class FormAnswer:
    """One answer of a form (FRM): the question's number and a yes, no or not applicable, a text, a day or a percent."""

    question: str
    yes_no: str = ""
    text: str = ""
    date: str = ""
    percent: str = ""


@frozen
class Form:
    """A form that supports a line (LQ): its list (UT for Medicare's forms, AS) and number, and its answers."""

    code_list: str
    number: str
    answers: tuple[FormAnswer, ...]


@frozen
class TestResult:
    """A measurement with a line (MEA): TR test result or OG starting dose; HT height, R1 hemoglobin, R2 hematocrit."""

    __test__ = False

    kind: str
    measured: str
    value: Decimal


@frozen
class PurchasedService:
    """A service bought from another provider (PS1): that provider's identifier and what it charged."""

    provider_id: str
    cents: Cents


@frozen
class PayToPlan:
    """The health plan that is paid in the billing provider's place (loop 2010AC)."""

    plan_id: str
    name: str
    address: Address
    tax_id: str
    other_kind: str = ""
    other_number: str = ""
