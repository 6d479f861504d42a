"""Coordination of benefits: what an earlier payer did with this claim, as the next payer must be told."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.coverage import Coverage
from cleanclaim.kernel.money import Cents


@frozen
class LineAdjudication:
    """An earlier payer's answer for one line (loop 2430): paid, adjusted, decided when."""

    line_number: int
    paid_cents: Cents
    code: str
    paid_units: Decimal
    adjudicated_on: dt.date
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    remaining_patient_cents: Cents | None = None
    code_kind: str = ""
    description: str = ""
    bundled_line: int = 0


@frozen
class OutpatientAdjudication:
    """What an earlier payer said of an outpatient claim as a whole (MOA): rate, payable, up to five remarks."""

    reimbursement_rate: Decimal | None = None
    payable_cents: Cents | None = None
    remarks: tuple[str, ...] = ()
    esrd_cents: Cents | None = None
    professional_cents: Cents | None = None


@frozen
class InpatientFigure:
    """One number of an inpatient adjudication, by its place in MIA (2 to 4, 6 to 19, 24), as the payer wrote it."""

    place: int
    value: Decimal


@frozen
class InpatientAdjudication:
    """What an earlier payer said of an inpatient claim as a whole (MIA): days, figures, up to five remarks."""

    covered_days: Decimal
    figures: tuple[InpatientFigure, ...] = ()
    remarks: tuple[str, ...] = ()


@frozen
class OtherProviderNumber:
    """A number of one of the claim's providers at another payer (loops 2330C to 2330I).

    ``role`` is the provider's (DN, P3, 82, 77, DQ, 71, 72, ZZ, DD); the billing provider's own numbers are the
    coverage's ``billing_numbers``.
    """

    role: str
    kind: str
    number: str


@frozen
class OtherPayer:
    """Another payer of the same claim (loop 2320/2330).

    Before it answered, only ``coverage`` is set. After: what it paid (AMT*D), its adjustments at claim
    level, its answer per line and its own claim number. For each payer, charge = paid + adjustments.

    ``non_covered_cents`` stands for a payer that was not asked because it does not cover the service
    (AMT*A8). ``benefits_assigned`` and ``signature_on_file`` are None where they are as for the claim.
    """

    coverage: Coverage
    paid_cents: Cents | None = None
    adjudicated_on: dt.date | None = None
    adjustments: tuple[Adjustment, ...] = ()
    lines: tuple[LineAdjudication, ...] = ()
    payer_claim_number: str = ""
    remaining_patient_cents: Cents | None = None
    non_covered_cents: Cents | None = None
    outpatient: OutpatientAdjudication | None = None
    inpatient: InpatientAdjudication | None = None
    authorization_number: str = ""
    referral_number: str = ""
    predetermination_number: str = ""
    claim_adjusted: bool = False
    benefits_assigned: bool | None = None
    signature_on_file: bool | None = None
    provider_numbers: tuple[OtherProviderNumber, ...] = ()
