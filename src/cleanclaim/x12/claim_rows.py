"""The parts of an 837 that a professional and an institutional claim share: levels, payers, COB, drugs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import Claim
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.claims.coverage import Coverage, Relationship
from cleanclaim.claims.line import Drug, ServiceLine
from cleanclaim.kernel.dates import format_compact_date
from cleanclaim.x12.amounts import format_amount, format_quantity
from cleanclaim.x12.dates import day_row
from cleanclaim.x12.party_rows import (
    address_rows,
    billing_rows,
    demographic_row,
    employer_of,
    patient_name_row,
    pay_to_rows,
    payer_rows,
    provider_rows,
    subscriber_name_row,
)
from cleanclaim.x12.rows import Row, row

TRIPLETS_PER_CAS = 6


def billing_level_rows(claim: Claim) -> Iterator[Row]:
    """Loop 2000A without its HL: taxonomy, billing provider, pay-to address."""
    if claim.billing.taxonomy:
        yield row("billing provider", "PRV", "BI", "PXC", claim.billing.taxonomy)
    yield from billing_rows(claim.billing)
    if claim.pay_to is not None:
        yield from pay_to_rows(claim.pay_to)


def subscriber_level_rows(claim: Claim, *, insurance_type: bool) -> Iterator[Row]:
    """Loop 2000B without its HL: coverage, subscriber, payer.

    ``insurance_type`` says whether the guide uses SBR05; the institutional one tells it by value codes.
    """
    coverage, of = claim.coverage, f"claim {claim.claim_id}, subscriber"
    yield _coverage_row(of, coverage, insurance_type=insurance_type, own=True)
    if coverage.relationship is Relationship.SELF and claim.patient.death_date is not None:
        yield row(of, "PAT", "", "", "", "", "D8", format_compact_date(claim.patient.death_date))
    yield subscriber_name_row(of, coverage)
    yield from _subscriber_detail_rows(claim, of)
    yield from payer_rows(f"claim {claim.claim_id}, payer", coverage.payer)


def patient_level_rows(claim: Claim) -> Iterator[Row]:
    """Loop 2000C without its HL; empty where the patient is the subscriber."""
    if claim.coverage.relationship is Relationship.SELF:
        return
    of, patient = f"claim {claim.claim_id}, patient", claim.patient
    died = ("", "", "", "D8", format_compact_date(patient.death_date)) if patient.death_date else ()
    yield row(of, "PAT", claim.coverage.relationship.value, *died)
    yield patient_name_row(of, patient)
    yield from address_rows(of, patient.address)
    yield demographic_row(of, patient.birth_date, patient.sex)
    if claim.coverage.property_casualty_number:
        yield row(of, "REF", "Y4", claim.coverage.property_casualty_number)


def reference_rows(claim: Claim, *, clia: bool) -> Iterator[Row]:
    """The REF segments of loop 2300."""
    of = f"claim {claim.claim_id}"
    pairs = (
        ("9F", claim.referral_number),
        ("G1", claim.authorization_number),
        ("F8", claim.payer_claim_number),
        ("X4", claim.clia_number if clia else ""),
        ("EA", claim.patient.patient_id),
    )
    for qualifier, value in pairs:
        if value:
            yield row(of, "REF", qualifier, value)
    if claim.note:
        yield row(of, "NTE", "ADD", claim.note)


def other_payer_rows(claim: Claim, other: OtherPayer, *, insurance_type: bool) -> Iterator[Row]:
    """Loop 2320 with 2330A and 2330B: another payer and what it answered at claim level."""
    of = f"claim {claim.claim_id}, other payer {other.coverage.payer.payer_id}"
    yield _coverage_row(of, other.coverage, insurance_type=insurance_type, own=False)
    yield from adjustment_rows(of, other.adjustments)
    if other.paid_cents is not None:
        yield row(of, "AMT", "D", format_amount(other.paid_cents))
    if other.remaining_patient_cents is not None:
        yield row(of, "AMT", "EAF", format_amount(other.remaining_patient_cents))
    yield row(of, "OI", "", "", _yes(claim.benefits_assigned), "", "", _release(claim))
    yield subscriber_name_row(of, other.coverage)
    if other.coverage.subscriber.address is not None:
        yield from address_rows(of, other.coverage.subscriber.address)
    yield from payer_rows(of, other.coverage.payer)
    if other.adjudicated_on is not None:
        yield day_row(of, "573", other.adjudicated_on)
    if other.payer_claim_number:
        yield row(of, "REF", "F8", other.payer_claim_number)


def line_adjudication_rows(claim: Claim, line: ServiceLine) -> Iterator[Row]:
    """Loop 2430: what each other payer answered for one line."""
    for other in claim.other_payers:
        for answer in other.lines:
            if answer.line_number == line.number:
                yield from _answer_rows(claim, other, answer)


def adjustment_rows(of: str, adjustments: Iterable[Adjustment]) -> Iterator[Row]:
    """CAS segments: one per group code, six reasons each, in the order in which groups first appear."""
    groups: dict[str, list[Adjustment]] = {}
    for adjustment in adjustments:
        groups.setdefault(adjustment.group, []).append(adjustment)
    for group, members in groups.items():
        for start in range(0, len(members), TRIPLETS_PER_CAS):
            triplets: list[str] = []
            for item in members[start : start + TRIPLETS_PER_CAS]:
                quantity = "" if item.quantity is None else format_quantity(item.quantity)
                triplets += [item.reason, format_amount(item.cents), quantity]
            yield row(of, "CAS", group, *triplets)


def drug_rows(of: str, drug: Drug) -> Iterator[Row]:
    """Loop 2410: NDC, quantity and unit, prescription number."""
    yield row(of, "LIN", "", "N4", drug.ndc)
    yield row(of, "CTP", "", "", "", format_quantity(drug.quantity), (drug.unit,))
    if drug.prescription_number:
        yield row(of, "REF", "XZ", drug.prescription_number)


def procedure(line: ServiceLine) -> tuple[str, ...]:
    """The composite of SV101 and SV202: qualifier, code, up to four modifiers, description."""
    modifiers = line.modifiers + ("",) * (4 - len(line.modifiers))
    return ("HC", line.code, *modifiers, line.description)


def assigned(claim: Claim) -> tuple[str, str, str]:
    """CLM07, CLM08, CLM09: assignment accepted, benefits assigned, release of information."""
    return ("A" if claim.assignment_accepted else "C", _yes(claim.benefits_assigned), _release(claim))


def line_provider_rows(
    claim: Claim, line: ServiceLine, roles: Sequence[tuple[str, str, bool]]
) -> Iterator[Row]:
    """Loop 2420: the providers of one line; roles are (field, NM101, with address)."""
    for field, role, with_address in roles:
        provider = getattr(line, field)
        if provider is not None:
            of = f"claim {claim.claim_id}, line {line.number}, {field}"
            yield from provider_rows(of, role, provider, address=with_address)


def _coverage_row(of: str, coverage: Coverage, *, insurance_type: bool, own: bool) -> Row:
    told = coverage.relationship is Relationship.SELF or not own
    return row(
        of,
        "SBR",
        coverage.order.value,
        coverage.relationship.value if told else "",
        coverage.group_number,
        # The guides use SBR04 only where there is no group number.
        "" if coverage.group_number else coverage.group_name,
        coverage.insurance_type if insurance_type else "",
        "",
        "",
        "",
        coverage.payer.filing_indicator,
    )


def _subscriber_detail_rows(claim: Claim, of: str) -> Iterator[Row]:
    subscriber = claim.coverage.subscriber
    if claim.coverage.relationship is Relationship.SELF:
        yield from address_rows(of, claim.patient.address)
        yield demographic_row(of, claim.patient.birth_date, claim.patient.sex)
        if claim.coverage.property_casualty_number:
            yield row(of, "REF", "Y4", claim.coverage.property_casualty_number)
        return
    if subscriber.address is not None:
        yield from address_rows(of, subscriber.address)
    if subscriber.birth_date is not None and not employer_of(claim.coverage):
        yield demographic_row(of, subscriber.birth_date, subscriber.sex)


def _answer_rows(claim: Claim, other: OtherPayer, answer: LineAdjudication) -> Iterator[Row]:
    of = f"claim {claim.claim_id}, line {answer.line_number}, other payer {other.coverage.payer.payer_id}"
    code = ("HC", answer.code, *answer.modifiers) if answer.code else ""
    yield row(
        of,
        "SVD",
        other.coverage.payer.payer_id,
        format_amount(answer.paid_cents),
        code,
        answer.revenue_code,
        format_quantity(answer.paid_units),
    )
    yield from adjustment_rows(of, answer.adjustments)
    yield day_row(of, "573", answer.adjudicated_on)
    if answer.remaining_patient_cents is not None:
        yield row(of, "AMT", "EAF", format_amount(answer.remaining_patient_cents))


def _yes(fact: bool) -> str:
    return "Y" if fact else "N"


def _release(claim: Claim) -> str:
    return "Y" if claim.signature_on_file else "I"
