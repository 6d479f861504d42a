"""A payment as segments of an 835 (005010X221A1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from cleanclaim.claims.parties import Address
from cleanclaim.claims.remittance import Payment, ProviderAdjustment, RemittedClaim, RemittedLine
from cleanclaim.kernel.dates import format_compact_date
from cleanclaim.x12.claims_837.claim_rows import adjustment_rows
from cleanclaim.x12.claims_837.other_payer_rows import inpatient_rows, outpatient_rows
from cleanclaim.x12.claims_837.party_rows import address_rows
from cleanclaim.x12.syntax.amounts import format_amount, format_quantity
from cleanclaim.x12.syntax.rows import Row, row

REMARKS_PER_MOA = 5
PAIRS_PER_PLB = 6


def payment_rows(payment: Payment, payer_address: Address | None) -> Iterator[Row]:
    """What stands before the first claim: BPR, TRN, payer and payee."""
    of = f"payment {payment.trace}"
    paid_on = format_compact_date(payment.effective_on)
    yield row(
        of,
        "BPR",
        "H" if payment.method == "NON" else "I",
        format_amount(payment.payment_cents),
        payment.credit_debit,
        payment.method,
        *[""] * 11,
        paid_on,
    )
    yield row(of, "TRN", "1", payment.trace, payment.payer_tax_id)
    if payment.production_on is not None:
        yield row(of, "DTM", "405", format_compact_date(payment.production_on))
    yield row(of, "N1", "PR", payment.payer_name)
    if payer_address is not None:
        yield from address_rows(f"{of}, payer", payer_address)
    if payment.payer_id:
        yield row(of, "REF", "2U", payment.payer_id)


def payee_rows(payment: Payment, payee_address: Address | None, tax_id: str) -> Iterator[Row]:
    """Loop 1000B."""
    of = f"payment {payment.trace}, payee"
    key = ("XX", payment.payee_npi) if payment.payee_npi else ()
    yield row(of, "N1", "PE", payment.payee_name, *key)
    if payee_address is not None:
        yield from address_rows(of, payee_address)
    if tax_id:
        yield row(of, "REF", "TJ", tax_id)


def claim_payment_row(claim: RemittedClaim, *, with_zero: bool = False) -> Row:
    """CLP. The guide leaves CLP05 out where it is zero; ``with_zero`` writes it as many payers do."""
    responsibility = format_amount(claim.patient_responsibility_cents)
    return row(
        f"claim {claim.claim_id}",
        "CLP",
        claim.claim_id,
        claim.status,
        format_amount(claim.charge_cents),
        format_amount(claim.paid_cents),
        responsibility if claim.patient_responsibility_cents or with_zero else "",
        claim.filing_indicator,
        claim.payer_claim_number,
        claim.facility_code,
        claim.frequency,
        "",
        claim.drg,
    )


def claim_payment_rows(claim: RemittedClaim) -> Iterator[Row]:
    """Loop 2100 without its lines."""
    of = f"claim {claim.claim_id}"
    yield claim_payment_row(claim)
    yield from adjustment_rows(of, claim.adjustments)
    key = ("MI", claim.member_id) if claim.member_id else ()
    name = (claim.patient_last_name, claim.patient_first_name)
    yield row(of, "NM1", "QC", "1", *name, "", "", "", *key)
    if claim.crossover_payer or claim.crossover_payer_id:
        key = ("PI", claim.crossover_payer_id) if claim.crossover_payer_id else ()
        yield row(of, "NM1", "TT", "2", claim.crossover_payer, "", "", "", "", *key)
    yield from inpatient_rows(of, claim.inpatient)
    yield from outpatient_rows(of, claim.as_outpatient())
    for qualifier, day in (
        ("232", claim.statement_from),
        ("233", claim.statement_to),
        ("050", claim.received_on),
    ):
        yield from _date_rows(of, qualifier, day)
    if claim.interest_cents:
        yield row(of, "AMT", "I", format_amount(claim.interest_cents))


def line_payment_row(claim_id: str, line: RemittedLine, *, with_one: bool = False) -> Row:
    """SVC. The guide leaves SVC05 out where it is one; ``with_one`` writes it as many payers do."""
    paid_as = ("HC", line.code, *line.modifiers) if line.code else ("NU", line.revenue_code)
    sent_as = ("HC", line.submitted_code, *line.submitted_modifiers) if line.submitted_code else ""
    return row(
        f"claim {claim_id}, line {line.code or line.revenue_code}",
        "SVC",
        paid_as,
        format_amount(line.charge_cents),
        format_amount(line.paid_cents),
        line.revenue_code if line.code else "",
        format_quantity(line.units) if line.units != 1 or with_one else "",
        sent_as,
    )


def line_payment_rows(claim_id: str, line: RemittedLine) -> Iterator[Row]:
    """Loop 2110 of a line of the claim with this id, which only a message needs."""
    of = f"claim {claim_id}, line {line.code or line.revenue_code}"
    yield line_payment_row(claim_id, line)
    if line.service_date_to is None:
        yield from _date_rows(of, "472", line.service_date)
    else:
        yield from _date_rows(of, "150", line.service_date)
        yield from _date_rows(of, "151", line.service_date_to)
    yield from adjustment_rows(of, line.adjustments)
    if line.control_number:
        yield row(of, "REF", "6R", line.control_number)
    if line.allowed_cents is not None:
        yield row(of, "AMT", "B6", format_amount(line.allowed_cents))
    for code in line.remarks:
        yield row(of, "LQ", "HE", code)


def provider_adjustment_rows(adjustments: Sequence[ProviderAdjustment]) -> Iterator[Row]:
    """PLB segments: neighbours of one provider and fiscal year share one, six pairs each."""
    start = 0
    while start < len(adjustments):
        head = adjustments[start]
        stop = start
        while (
            stop < len(adjustments)
            and stop - start < PAIRS_PER_PLB
            and _same_provider(head, adjustments[stop])
        ):
            stop += 1
        pairs: list[str | tuple[str, ...]] = []
        for item in adjustments[start:stop]:
            pairs += [(item.reason, item.reference), format_amount(item.cents)]
        yield row("provider adjustment", "PLB", head.npi, format_compact_date(head.fiscal_period_end), *pairs)
        start = stop


def _same_provider(one: ProviderAdjustment, other: ProviderAdjustment) -> bool:
    return (one.npi, one.fiscal_period_end) == (other.npi, other.fiscal_period_end)


def _date_rows(of: str, qualifier: str, day: dt.date | None) -> Iterator[Row]:
    if day is not None:
        yield row(of, "DTM", qualifier, format_compact_date(day))
