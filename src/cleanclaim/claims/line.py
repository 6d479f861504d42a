"""One line of a claim: what was done, when, how often, for how much, because of which diagnosis."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from cleanclaim.claims.parties import Provider
from cleanclaim.claims.references import NamedDate, Reference
from cleanclaim.claims.supplements import (
    Attachment,
    ConditionIndicator,
    Contract,
    Equipment,
    EquipmentCertification,
    Form,
    Note,
    Place,
    PurchasedService,
    Repricing,
    TestResult,
    Transport,
)
from cleanclaim.claims.teeth import DentalService
from cleanclaim.kernel.money import Cents


@frozen
class Drug:
    """A drug given with the line: 11-digit NDC, quantity and its unit (ML, UN, GR, F2, ME).

    ``link_number`` ties the parts of a compound together where there is no prescription.
    """

    ndc: str
    quantity: Decimal
    unit: str
    prescription_number: str = ""
    link_number: str = ""


@frozen
class ServiceLine:
    """A service line of a professional or an institutional claim.

    ``code`` is a CPT or HCPCS II code (empty on a revenue-code-only institutional line); ``pointers`` are
    places in the claim's diagnosis list from 1, the first one the main reason (professional only);
    ``control_number`` is our own key for this line, unique in the claim and echoed by the payer (REF*6R).
    ``unit_kind`` is UN (units), MJ (minutes of anaesthesia) or DA (days).

    ``code_kind`` tells another code system than the usual one of the kind of claim: HP (a HIPPS rate), ER, IV
    or WK. ``date_told`` is off where a line goes without a date of its own and ``service_date`` is that of the
    claim. Amounts of tax and postage are part of the charge.
    """

    number: int
    service_date: dt.date
    charge_cents: Cents
    units: Decimal
    code: str = ""
    modifiers: tuple[str, ...] = ()
    unit_kind: str = "UN"
    service_date_to: dt.date | None = None
    pointers: tuple[int, ...] = ()
    place_of_service: str = ""
    revenue_code: str = ""
    non_covered_cents: Cents = 0
    drug: Drug | None = None
    description: str = ""
    control_number: str = ""
    rendering: Provider | None = None
    ordering: Provider | None = None
    referring: Provider | None = None
    emergency: bool = False
    authorization_number: str = ""
    code_kind: str = ""
    date_told: bool = True
    epsdt: bool = False
    family_planning: bool = False
    copay_exempt: bool = False
    references: tuple[Reference, ...] = ()
    dates: tuple[NamedDate, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    conditions: tuple[ConditionIndicator, ...] = ()
    notes: tuple[Note, ...] = ()
    fixed_format: tuple[str, ...] = ()
    contract: Contract | None = None
    repricing: Repricing | None = None
    sales_tax_cents: Cents | None = None
    postage_cents: Cents | None = None
    service_tax_cents: Cents | None = None
    facility_tax_cents: Cents | None = None
    transport: Transport | None = None
    pick_up: Place | None = None
    drop_off: Place | None = None
    patients_transported: Decimal | None = None
    obstetric_units: Decimal | None = None
    equipment: Equipment | None = None
    certification: EquipmentCertification | None = None
    forms: tuple[Form, ...] = ()
    test_results: tuple[TestResult, ...] = ()
    purchased_service: PurchasedService | None = None
    purchased_from: Provider | None = None
    facility: Provider | None = None
    supervising: Provider | None = None
    primary_care: Provider | None = None
    operating: Provider | None = None
    other_operating: Provider | None = None
    assistant_surgeon: Provider | None = None
    dental: DentalService | None = None

    def last_service_date(self) -> dt.date:
        """The day on which the service ended."""
        return self.service_date_to or self.service_date
