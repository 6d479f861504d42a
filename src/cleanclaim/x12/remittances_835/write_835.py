"""Payments into an 835: one transaction set per payment, one interchange."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.claims.parties import Payer, Provider
from cleanclaim.claims.remittance import Payment, RemittedClaim
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.remittances_835.remittance_rows import (
    REMARKS_PER_MOA,
    claim_payment_rows,
    line_payment_rows,
    payee_rows,
    payment_rows,
    provider_adjustment_rows,
)
from cleanclaim.x12.syntax.envelope import Envelope
from cleanclaim.x12.syntax.rows import Row, required, row
from cleanclaim.x12.syntax.writer import REMITTANCE, interchange


def write_835(payments: Sequence[Payment], envelope: Envelope, payer: Payer, payee: Provider) -> bytes:
    """One interchange with these payments, as the payer would send it.

    ``payer`` and ``payee`` give the addresses and the tax number that a payment does not hold. Writing
    does not judge: a payment that does not balance is written as it stands.

    Raises:
        X12Error: no payment, a payer or payee without address, a payment whose trace, payer tax number or
            production date is missing, more than five remarks at one claim, or text that X12 cannot carry.
    """
    for payment in payments:
        _refuse(payment, payer, payee)
    bodies = [_body(payment, envelope, payer, payee) for payment in payments]
    return interchange(REMITTANCE, bodies, envelope)


def _refuse(payment: Payment, payer: Payer, payee: Provider) -> None:
    of = f"payment {payment.trace}"
    required(payment.trace, of, "the trace number")
    required(payment.payer_tax_id, of, "the payer's identification (TRN03)")
    if payment.production_on is None:
        raise X12Error("the production date is missing", where=of, fix="add it")
    if payer.address is None or payee.address is None:
        raise X12Error("the address of payer or payee is missing", where=of, fix="add it")
    if any(_remarks_of(claim) > REMARKS_PER_MOA for claim in payment.claims):
        raise X12Error("a claim has more than five remarks", where=of, fix="put them on its lines")


def _remarks_of(claim: RemittedClaim) -> int:
    """The most remarks in one segment of the claim."""
    kept = (claim.as_outpatient(), claim.inpatient)
    return max(len(item.remarks) if item is not None else 0 for item in kept)


def _body(payment: Payment, envelope: Envelope, payer: Payer, payee: Provider) -> list[Row]:
    rows = list(payment_rows(payment, payer.address))
    phone = required(envelope.contact_phone, "envelope", "the contact's phone")
    rows.append(row("payer", "PER", "BL", envelope.contact_name, "TE", phone))
    rows += payee_rows(payment, payee.address, payee.tax_id)
    rows += _claim_rows(payment)
    rows += provider_adjustment_rows(payment.provider_adjustments)
    return rows


def _claim_rows(payment: Payment) -> Iterator[Row]:
    if payment.claims:
        yield row("claims", "LX", "1")
    for claim in payment.claims:
        yield from claim_payment_rows(claim)
        for line in claim.lines:
            yield from line_payment_rows(claim.claim_id, line)
