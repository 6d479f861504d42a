"""The remittance: what a payer says it paid, claim by claim and line by line, exactly as it said it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.coordination import InpatientAdjudication, OutpatientAdjudication
from cleanclaim.claims.unread import Unread
from cleanclaim.kernel.money import Cents


@frozen
class RemittedLine:
    """One service payment (loop 2110).

    ``submitted_code`` differs from ``code`` where the payer recoded or bundled (SVC06);
    ``control_number`` is our line key come back (REF*6R), empty when the payer dropped it. ``carried``,
    here and in the claim and the payment, are the segments received that have no field, as text.
    """

    charge_cents: Cents
    paid_cents: Cents
    code: str = ""
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    units: Decimal = Decimal(1)
    submitted_code: str = ""
    submitted_modifiers: tuple[str, ...] = ()
    service_date: dt.date | None = None
    service_date_to: dt.date | None = None
    control_number: str = ""
    allowed_cents: Cents | None = None
    adjustments: tuple[Adjustment, ...] = ()
    remarks: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()

    def difference_cents(self) -> Cents:
        """Zero when the line balances: charge - adjustments - paid (SVC02 - sum CAS - SVC03)."""
        return self.charge_cents - sum(item.cents for item in self.adjustments) - self.paid_cents


@frozen
class RemittedClaim:
    """One claim payment (loop 2100).

    ``status`` is CLP02 ("1" primary, "2" secondary, "4" denied, "19"-"21" forwarded, "22" reversal);
    ``patient_responsibility_cents`` is CLP05, information only and never posted from.

    ``remarks`` are those of ``outpatient`` (MOA) and ``inpatient`` (MIA), which are kept where they say more, or come
    beside each other.

    ``unread`` says why nothing but its number, status and, where they are amounts, charge and payment could be
    read: all its segments are ``carried``, and its money waits for a person.
    """

    claim_id: str
    status: str
    charge_cents: Cents
    paid_cents: Cents
    patient_responsibility_cents: Cents = 0
    filing_indicator: str = ""
    payer_claim_number: str = ""
    facility_code: str = ""
    frequency: str = ""
    drg: str = ""
    adjustments: tuple[Adjustment, ...] = ()
    lines: tuple[RemittedLine, ...] = ()
    remarks: tuple[str, ...] = ()
    patient_last_name: str = ""
    patient_first_name: str = ""
    member_id: str = ""
    crossover_payer: str = ""
    crossover_payer_id: str = ""
    statement_from: dt.date | None = None
    statement_to: dt.date | None = None
    received_on: dt.date | None = None
    interest_cents: Cents = 0
    segment_ordinal: int = 0
    carried: tuple[str, ...] = ()
    unread: Unread | None = None
    outpatient: OutpatientAdjudication | None = None
    inpatient: InpatientAdjudication | None = None

    def is_reversal(self) -> bool:
        """Whether this takes back an earlier payment (CLP02 = 22)."""
        return self.status == "22"

    def as_outpatient(self) -> OutpatientAdjudication | None:
        """What the payer said of the claim as a whole (MOA), remarks alone included."""
        if self.outpatient is None and self.inpatient is None and self.remarks:
            return OutpatientAdjudication(remarks=self.remarks)
        return self.outpatient

    def all_adjustments(self) -> tuple[Adjustment, ...]:
        """Those at the claim, then those of the lines in order."""
        return self.adjustments + tuple(item for line in self.lines for item in line.adjustments)

    def difference_cents(self) -> Cents:
        """Zero when the claim balances: charge - all adjustments - paid (CLP03 - sum CAS - CLP04)."""
        return self.charge_cents - sum(item.cents for item in self.all_adjustments()) - self.paid_cents


@frozen
class ProviderAdjustment:
    """Money of the payment that belongs to no claim in it (PLB); a positive amount lowers the payment.

    ``reason`` is PLB03-1 ("WO" recovery, "FB" forwarding balance, "L6" interest, "72" refund, ...),
    ``reference`` PLB03-2 as sent.
    """

    npi: str
    fiscal_period_end: dt.date
    reason: str
    reference: str
    cents: Cents


@frozen
class Payment:
    """One payment: one ST of an 835, one cheque or transfer, or none (BPR04 = NON).

    Balances when BPR02 = sum of claim payments - sum of provider adjustments.
    """

    trace: str
    payer_name: str
    payer_id: str
    payment_cents: Cents
    method: str
    effective_on: dt.date
    payee_npi: str = ""
    payee_name: str = ""
    payer_tax_id: str = ""
    credit_debit: str = "C"
    production_on: dt.date | None = None
    claims: tuple[RemittedClaim, ...] = ()
    provider_adjustments: tuple[ProviderAdjustment, ...] = ()
    control_number: str = ""
    carried: tuple[str, ...] = ()

    def difference_cents(self) -> Cents:
        """Zero when the payment balances."""
        claims = sum(claim.paid_cents for claim in self.claims)
        adjustments = sum(item.cents for item in self.provider_adjustments)
        return claims - adjustments - self.payment_cents


@frozen
class Remittance:
    """All payments of one 835 file, in its order; ``unread`` are the sets of it that make no payment."""

    payments: tuple[Payment, ...]
    interchange_control_number: str = ""
    unread: tuple[Unread, ...] = ()
