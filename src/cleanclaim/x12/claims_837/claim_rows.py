"""The parts of an 837 that all kinds of claim share: levels, payers, coordination of benefits, drugs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.claim import Claim
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer
from cleanclaim.claims.coverage import Coverage, Relationship
from cleanclaim.claims.line import Drug, ServiceLine
from cleanclaim.claims.parties import Patient
from cleanclaim.kernel.dates import format_compact_date
from cleanclaim.x12.claims_837.other_payer_rows import inpatient_rows, other_provider_rows, outpatient_rows
from cleanclaim.x12.claims_837.party_rows import (
    address_rows,
    billing_rows,
    contact_rows,
    demographic_row,
    employer_of,
    patient_name_row,
    pay_to_plan_rows,
    pay_to_rows,
    payer_name_rows,
    payer_rows,
    provider_rows,
    subscriber_name_row,
)
from cleanclaim.x12.claims_837.supplement_rows import amount_row, named_reference_rows, other_number_rows
from cleanclaim.x12.syntax.amounts import format_amount, format_quantity
from cleanclaim.x12.syntax.dates import day_row
from cleanclaim.x12.syntax.rows import Element, Row, row

TRIPLETS_PER_CAS = 6


def billing_level_rows(claim: Claim) -> Iterator[Row]:
    """Loop 2000A without its HL: taxonomy, billing provider, pay-to address, pay-to plan."""
    if claim.billing.taxonomy:
        yield row("billing provider", "PRV", "BI", "PXC", claim.billing.taxonomy)
    yield from billing_rows(claim.billing)
    if claim.pay_to is not None:
        yield from pay_to_rows(claim.pay_to)
    if claim.pay_to_plan is not None:
        yield from pay_to_plan_rows(claim.pay_to_plan)


def subscriber_level_rows(claim: Claim, *, guide: str) -> Iterator[Row]:
    """Loop 2000B without its HL: coverage, subscriber, payer.

    The institutional guide has no SBR05 (it tells MSP by value codes); only the professional one has PAT here
    and a contact for property and casualty.
    """
    coverage, of = claim.coverage, f"claim {claim.claim_id}, subscriber"
    own = coverage.relationship is Relationship.SELF
    yield _coverage_row(of, coverage, guide=guide, own=True)
    if own and guide == "837P":
        facts = _patient_facts(claim.patient)
        if any(facts):
            yield row(of, "PAT", "", "", "", "", *facts)
    yield subscriber_name_row(of, coverage)
    yield from _subscriber_detail_rows(claim, of)
    yield from other_number_rows(of, coverage.subscriber.other_numbers)
    if own:
        yield from _accident_claim_rows(of, coverage, guide)
    of = f"claim {claim.claim_id}, payer"
    yield from payer_rows(of, coverage.payer)
    yield from other_number_rows(of, coverage.billing_numbers)


def patient_level_rows(claim: Claim, *, guide: str) -> Iterator[Row]:
    """Loop 2000C without its HL; empty where the patient is the subscriber."""
    if claim.coverage.relationship is Relationship.SELF:
        return
    of, patient = f"claim {claim.claim_id}, patient", claim.patient
    facts = _patient_facts(patient) if guide == "837P" else ()
    yield row(of, "PAT", claim.coverage.relationship.value, "", "", "", *facts)
    yield patient_name_row(of, patient)
    yield from address_rows(of, patient.address)
    yield demographic_row(of, patient.birth_date, patient.sex)
    yield from other_number_rows(of, patient.other_numbers)
    yield from _accident_claim_rows(of, claim.coverage, guide)


def reference_rows(claim: Claim) -> Iterator[Row]:
    """The REF segments of loop 2300 that every guide has."""
    of = f"claim {claim.claim_id}"
    pairs = (
        ("9F", claim.referral_number),
        ("G1", claim.authorization_number),
        ("F8", claim.payer_claim_number),
    )
    for qualifier, value in pairs:
        if value:
            yield row(of, "REF", qualifier, value)
    yield from named_reference_rows(of, claim.references)


def other_payer_rows(claim: Claim, other: OtherPayer, *, guide: str) -> Iterator[Row]:
    """Loop 2320 with 2330A to 2330I: another payer and what it answered at claim level."""
    of = f"claim {claim.claim_id}, other payer {other.coverage.payer.payer_id}"
    yield _coverage_row(of, other.coverage, guide=guide, own=False)
    yield from adjustment_rows(of, other.adjustments)
    yield from amount_row(of, "D", other.paid_cents)
    yield from amount_row(of, "A8", other.non_covered_cents)
    yield from amount_row(of, "EAF", other.remaining_patient_cents)
    assigned_here = claim.benefits_assigned if other.benefits_assigned is None else other.benefits_assigned
    signed_here = claim.signature_on_file if other.signature_on_file is None else other.signature_on_file
    yield row(of, "OI", "", "", _yes(assigned_here), "", "", "Y" if signed_here else "I")
    yield from inpatient_rows(of, other.inpatient)
    yield from outpatient_rows(of, other.outpatient)
    yield subscriber_name_row(of, other.coverage)
    if other.coverage.subscriber.address is not None:
        yield from address_rows(of, other.coverage.subscriber.address)
    yield from other_number_rows(of, other.coverage.subscriber.other_numbers)
    yield from payer_name_rows(of, other.coverage.payer)
    if other.adjudicated_on is not None:
        yield day_row(of, "573", other.adjudicated_on)
    yield from _other_payer_numbers(of, other)
    yield from other_provider_rows(claim, other, of, guide)


def _other_payer_numbers(of: str, other: OtherPayer) -> Iterator[Row]:
    yield from other_number_rows(of, other.coverage.payer.other_numbers)
    pairs = (
        ("G1", other.authorization_number),
        ("9F", other.referral_number),
        ("T4", "Y" if other.claim_adjusted else ""),
        ("G3", other.predetermination_number),
        ("F8", other.payer_claim_number),
    )
    for qualifier, value in pairs:
        if value:
            yield row(of, "REF", qualifier, value)


def line_adjudication_rows(claim: Claim, line: ServiceLine, usual_kind: str = "HC") -> Iterator[Row]:
    """Loop 2430: what each other payer answered for one line."""
    for other in claim.other_payers:
        for answer in other.lines:
            if answer.line_number == line.number:
                yield from _answer_rows(claim, other, answer, usual_kind)


def adjustment_rows(of: str, adjustments: Iterable[Adjustment]) -> Iterator[Row]:
    """CAS segments: one per group code, six reasons each, in the order in which groups first appear.

    A reason that came ``apart`` from the others of its group begins a segment of its own again.
    """
    segments: list[list[Adjustment]] = []
    open_at: dict[str, list[Adjustment]] = {}
    for item in adjustments:
        current = open_at.get(item.group)
        if current is None or item.apart or len(current) == TRIPLETS_PER_CAS:
            current = open_at[item.group] = []
            segments.append(current)
        current.append(item)
    for members in segments:
        triplets: list[str] = []
        for item in members:
            quantity = "" if item.quantity is None else format_quantity(item.quantity)
            triplets += [item.reason, format_amount(item.cents), quantity]
        yield row(of, "CAS", members[0].group, *triplets)


def drug_rows(of: str, drug: Drug) -> Iterator[Row]:
    """Loop 2410: NDC, quantity and unit, prescription number."""
    yield row(of, "LIN", "", "N4", drug.ndc)
    yield row(of, "CTP", "", "", "", format_quantity(drug.quantity), (drug.unit,))
    for qualifier, value in (("XZ", drug.prescription_number), ("VY", drug.link_number)):
        if value:
            yield row(of, "REF", qualifier, value)


def procedure(line: ServiceLine, usual_kind: str = "HC") -> tuple[str, ...]:
    """The composite of SV101, SV202 and SV301: qualifier, code, up to four modifiers, description."""
    modifiers = line.modifiers + ("",) * (4 - len(line.modifiers))
    return (line.code_kind or usual_kind, line.code, *modifiers, line.description)


def assigned(claim: Claim) -> tuple[str, str, str]:
    """CLM07, CLM08, CLM09: assignment accepted, benefits assigned, release of information."""
    return (
        "A" if claim.assignment_accepted else "C",
        _yes(claim.benefits_assigned),
        "Y" if claim.signature_on_file else "I",
    )


def claim_row(
    claim: Claim,
    place: Element,
    *,
    provider_signature: str = "",
    patient_signature: str = "",
    causes: Element = "",
    predetermination: str = "08",
) -> Row:
    """CLM; ``place`` is CLM05, ``causes`` CLM11, ``predetermination`` the code that asks for one (CLM19)."""
    return row(
        f"claim {claim.claim_id}",
        "CLM",
        claim.claim_id,
        format_amount(claim.charge_cents()),
        "",
        "",
        place,
        provider_signature,
        *assigned(claim),
        patient_signature,
        causes,
        claim.special_program,
        *[""] * 6,
        predetermination if claim.predetermination else "",
        claim.delay_reason,
    )


def rows_below_claim(
    claim: Claim, guide: str, line_rows: Callable[[ServiceLine, int], Iterable[Row]]
) -> Iterator[Row]:
    """Loops 2320 and 2400: the other payers, then the lines, counted from 1."""
    for other in claim.other_payers:
        yield from other_payer_rows(claim, other, guide=guide)
    for place, line in enumerate(claim.lines, 1):
        yield from line_rows(line, place)


def accident_causes(claim: Claim) -> Element:
    """CLM11."""
    accident = claim.accident
    if accident is None:
        return ""
    further = accident.further_kind.value if accident.further_kind else ""
    return (accident.kind.value, further, "", accident.state, accident.country)


def claim_provider_rows(
    claim: Claim, roles: Sequence[tuple[str, str]], *, guide: str, contact: bool = False
) -> Iterator[Row]:
    """Loop 2310: the providers of a claim; roles are (field, NM101). The facility has an address."""
    for field, role in roles:
        provider = getattr(claim, field)
        if provider is not None:
            of = f"claim {claim.claim_id}, {field.replace('_', ' ')} provider"
            place = role == "77"
            yield from provider_rows(
                of, role, provider, guide=guide, address=place, contact=contact and place
            )


def line_provider_rows(
    claim: Claim, line: ServiceLine, roles: Sequence[tuple[str, str]], *, guide: str
) -> Iterator[Row]:
    """Loop 2420: the providers of one line; roles are (field, NM101).

    Facility and ordering provider have an address; whom to call is told with a form (2420E PER).
    """
    for field, role in roles:
        provider = getattr(line, field)
        if provider is not None:
            of = f"claim {claim.claim_id}, line {line.number}, {field.replace('_', ' ')} provider"
            contact = role == "DK" and bool(line.forms or line.certification)
            address = role in {"77", "DK"}
            yield from provider_rows(of, role, provider, guide=guide, address=address, contact=contact)


def _patient_facts(patient: Patient) -> tuple[str, ...]:
    """PAT05 to PAT09: day of death, weight, pregnancy."""
    died = ("D8", format_compact_date(patient.death_date)) if patient.death_date else ("", "")
    weight = ("", "") if patient.pounds is None else ("01", format_quantity(patient.pounds))
    return (*died, *weight, "Y" if patient.pregnant else "")


def _accident_claim_rows(of: str, coverage: Coverage, guide: str) -> Iterator[Row]:
    if coverage.property_casualty_number:
        yield row(of, "REF", "Y4", coverage.property_casualty_number)
    contact = coverage.property_casualty_contact
    if contact is not None and guide == "837P":
        yield from contact_rows(of, contact.name, contact.phone, contact.extension)


def _coverage_row(of: str, coverage: Coverage, *, guide: str, own: bool) -> Row:
    told = coverage.relationship is Relationship.SELF or not own
    return row(
        of,
        "SBR",
        coverage.order.value,
        coverage.relationship.value if told else "",
        coverage.group_number,
        # The guides use SBR04 only where there is no group number.
        "" if coverage.group_number else coverage.group_name,
        coverage.insurance_type if guide == "837P" or (guide == "837D" and not own) else "",
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
        return
    if subscriber.address is not None:
        yield from address_rows(of, subscriber.address)
    if subscriber.birth_date is not None and not employer_of(claim.coverage):
        yield demographic_row(of, subscriber.birth_date, subscriber.sex)


def _answer_rows(claim: Claim, other: OtherPayer, answer: LineAdjudication, usual_kind: str) -> Iterator[Row]:
    of = f"claim {claim.claim_id}, line {answer.line_number}, other payer {other.coverage.payer.payer_id}"
    modifiers = (*answer.modifiers, *[""] * (4 - len(answer.modifiers)))
    kind = answer.code_kind or usual_kind
    code = (kind, answer.code, *modifiers, answer.description) if answer.code else ""
    yield row(
        of,
        "SVD",
        other.coverage.payer.payer_id,
        format_amount(answer.paid_cents),
        code,
        answer.revenue_code,
        format_quantity(answer.paid_units),
        str(answer.bundled_line) if answer.bundled_line else "",
    )
    yield from adjustment_rows(of, answer.adjustments)
    yield day_row(of, "573", answer.adjudicated_on)
    if answer.remaining_patient_cents is not None:
        yield row(of, "AMT", "EAF", format_amount(answer.remaining_patient_cents))


def _yes(fact: bool) -> str:
    return "Y" if fact else "N"
