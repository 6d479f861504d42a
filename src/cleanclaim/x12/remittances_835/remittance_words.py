"""A remittance told in words: what was paid, what was taken off and why, claim by claim and line by line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from cleanclaim.claims.remittance import Payment, RemittedClaim, RemittedLine
from cleanclaim.claims.unread import Unread
from cleanclaim.kernel.money import format_usd
from cleanclaim.x12.claims_837.claim_sentences import adjusted, said
from cleanclaim.x12.inquiries.code_words import words
from cleanclaim.x12.syntax.amounts import format_quantity


def carried_by(payment: Payment) -> Iterator[str]:
    """Everything that a payment and its claims carry without a field for it."""
    yield from payment.carried
    for claim in payment.claims:
        yield from claim.carried
        for line in claim.lines:
            yield from line.carried


def payment_told(payment: Payment, carried: Mapping[str, str]) -> Iterator[str | Unread]:
    """A payment and its claims, a line per fact; ``carried`` has words for some of what has no field."""
    drawn = " drawn from the payee" if payment.credit_debit == "D" else ""
    yield (
        f"  Payment {payment.trace} of {format_usd(payment.payment_cents)}{drawn} by {payment.payer_name} "
        f"to {payment.payee_name}, {words('payment-method', payment.method, '{}')} on {payment.effective_on}"
    )
    numbers = (
        ("payer", payment.payer_id),
        ("payer's tax number", payment.payer_tax_id),
        ("NPI", payment.payee_npi),
    )
    told = [f"{name} {number}" for name, number in numbers if number]
    made = [f"made on {payment.production_on}"] if payment.production_on is not None else []
    if told or made:
        yield f"    {', '.join([*told, *made])}"
    yield from _also("    ", payment.carried, carried)
    for claim in payment.claims:
        yield from (claim.unread,) if claim.unread is not None else _claim(claim, carried)
    for item in payment.provider_adjustments:
        name = words("payer-adjustment", item.reason, "")
        meaning = f", {name}" if name else ""
        reference = f" ({item.reference})" if item.reference else ""
        yield f"    provider adjustment {item.reason}{reference}: {format_usd(-item.cents)}{meaning}"
    difference = payment.difference_cents()
    if difference:
        yield f"    the payment is out of balance by {format_usd(difference)}"


def _claim(claim: RemittedClaim, carried: Mapping[str, str]) -> Iterator[str]:
    word = "reversed" if claim.is_reversal() else f"status {claim.status}"
    name = ", ".join(part for part in (claim.patient_last_name, claim.patient_first_name) if part)
    of = f" of {name}" if name else ""
    yield (
        f"    Claim {claim.claim_id} ({word}){of}: charged {format_usd(claim.charge_cents)}, "
        f"paid {format_usd(claim.paid_cents)}{adjusted(claim.adjustments)}"
    )
    facts = list(_facts(claim))
    if facts:
        yield f"      {', '.join(facts)}"
    yield from _remarks(claim)
    for line in claim.lines:
        yield from _line(line, carried)
    yield from _also("      ", claim.carried, carried)
    if claim.difference_cents():
        yield f"      the claim is out of balance by {format_usd(claim.difference_cents())}"


def _facts(claim: RemittedClaim) -> Iterator[str]:
    told = words("payment-status", claim.status, "")
    if told:
        yield told
    if claim.patient_responsibility_cents:
        yield f"patient owes {format_usd(claim.patient_responsibility_cents)}"
    pairs = (
        ("member", claim.member_id),
        ("payer's number", claim.payer_claim_number),
        ("plan", words("filing", claim.filing_indicator, "{}")),
        ("facility", claim.facility_code + claim.frequency),
        ("DRG", claim.drg),
    )
    yield from (f"{name} {value}" for name, value in pairs if value)
    if claim.statement_from is not None or claim.statement_to is not None:
        yield f"served {_span(claim.statement_from, claim.statement_to)}"
    if claim.received_on is not None:
        yield f"received {claim.received_on}"
    if claim.interest_cents:
        yield f"interest {format_usd(claim.interest_cents)}"
    crossed = " ".join(part for part in (claim.crossover_payer, claim.crossover_payer_id) if part)
    if crossed:
        yield f"sent on to {crossed}"


def _remarks(claim: RemittedClaim) -> Iterator[str]:
    if claim.inpatient is not None:
        yield f"      inpatient: {said('', claim.inpatient)}"
    outpatient = claim.as_outpatient()
    if outpatient is not None:
        yield (
            f"      outpatient: {said('', outpatient)}"
            if claim.outpatient
            else f"      {said('', outpatient)}"
        )


def _line(line: RemittedLine, carried: Mapping[str, str]) -> Iterator[str]:
    code = " ".join(part for part in (line.revenue_code, "-".join([line.code, *line.modifiers])) if part)
    day = f"{_span(line.service_date, line.service_date_to)} " if line.service_date is not None else ""
    units = f" x{format_quantity(line.units)}" if line.units != 1 else ""
    sent = "-".join([line.submitted_code, *line.submitted_modifiers]) if line.submitted_code else ""
    facts = [f", sent as {sent}"] if sent else []
    facts += [f", allowed {format_usd(line.allowed_cents)}"] if line.allowed_cents is not None else []
    facts += [f", remark {code}" for code in line.remarks]
    facts += [f", our line {line.control_number}"] if line.control_number else []
    yield (
        f"      {day}{code}{units}: charged {format_usd(line.charge_cents)}, "
        f"paid {format_usd(line.paid_cents)}{adjusted(line.adjustments)}{''.join(facts)}"
    )
    yield from _also("        ", line.carried, carried)
    if line.difference_cents():
        yield f"        the line is out of balance by {format_usd(line.difference_cents())}"


def _also(indent: str, texts: Iterable[str], carried: Mapping[str, str]) -> Iterator[str]:
    for text in texts:
        yield f"{indent}{carried[text]}" if text in carried else f"{indent}also there: {text}"


def _span(first: dt.date | None, last: dt.date | None) -> str:
    days = [str(day) for day in (first, last) if day is not None]
    return " to ".join(dict.fromkeys(days))
