"""Claims into an 837: levels, transaction sets of at most 5,000 claims, one interchange."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim, ProfessionalClaim
from cleanclaim.x12.claim_837i import institutional_rows, refuse_institutional
from cleanclaim.x12.claim_837p import professional_rows, refuse_professional
from cleanclaim.x12.claim_rows import billing_level_rows, patient_level_rows, subscriber_level_rows
from cleanclaim.x12.envelope import Envelope
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.rows import Row, required, row
from cleanclaim.x12.writer import INSTITUTIONAL, PROFESSIONAL, interchange

CLAIMS_PER_SET = 5_000
CLAIMS_PER_LEVEL = 100


def write_837(claims: Sequence[AnyClaim], envelope: Envelope) -> bytes:
    """One interchange with these claims, all professional (837P) or all institutional (837I), in order.

    Claims that follow each other and share billing provider, subscriber or patient share that level.
    Not carried, because the guides have no place for them: version, encounter, the coverage's own id,
    period and plan name, a group's name beside its number, contact and taxonomy of other than billing,
    rendering and attending providers, birth date and sex of another payer's subscriber, the reason for
    MSP and what a patient paid on an institutional claim. Of two addresses of a patient who is the
    subscriber, the patient's own goes out.

    Raises:
        X12Error: both kinds at once, one claim id twice, or a claim that its guide cannot carry.
    """
    if not claims:
        raise X12Error("there is no claim to write")
    professional = isinstance(claims[0], ProfessionalClaim)
    if any(isinstance(claim, ProfessionalClaim) is not professional for claim in claims):
        raise X12Error("professional and institutional claims do not share a file", fix="write two files")
    identifiers = {claim.claim_id for claim in claims}
    if len(identifiers) != len(claims):
        raise X12Error("a claim id stands twice in one file", fix="send each version in a file of its own")
    for claim in claims:
        refuse(claim)
    sets = [claims[start : start + CLAIMS_PER_SET] for start in range(0, len(claims), CLAIMS_PER_SET)]
    bodies = [_body(members, envelope, index) for index, members in enumerate(sets)]
    return interchange(PROFESSIONAL if professional else INSTITUTIONAL, bodies, envelope)


def refuse(claim: AnyClaim) -> None:
    """Raise X12Error where the claim's guide cannot carry it; see `write_837`."""
    if isinstance(claim, InstitutionalClaim):
        refuse_institutional(claim)
    else:
        refuse_professional(claim)


def claim_rows(claim: AnyClaim) -> Iterator[Row]:
    """Loops 2300 to 2430 of one claim."""
    return institutional_rows(claim) if isinstance(claim, InstitutionalClaim) else professional_rows(claim)


def level_rows(claim: AnyClaim) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]:
    """Billing, subscriber and patient level of a claim without their HL segments."""
    insurance_type = isinstance(claim, ProfessionalClaim)
    return (
        tuple(billing_level_rows(claim)),
        tuple(subscriber_level_rows(claim, insurance_type=insurance_type)),
        tuple(patient_level_rows(claim)),
    )


def _body(claims: Sequence[AnyClaim], envelope: Envelope, index: int) -> list[Row]:
    rows = list(_opening_rows(envelope, index))
    written: dict[str, list[tuple[str | tuple[str, ...], ...]]] = {}
    hl, billing_hl, subscriber_hl, in_level = 0, 0, 0, 0
    for claim in claims:
        billing, subscriber, patient = level_rows(claim)
        in_level += 1
        new_billing = written.get("20") != _elements(billing)
        new_subscriber = (
            new_billing or written.get("22") != _elements(subscriber) or in_level > CLAIMS_PER_LEVEL
        )
        new_patient = new_subscriber or written.get("23") != _elements(patient)
        if new_billing:
            hl += 1
            billing_hl = hl
            rows += [row("level", "HL", str(hl), "", "20", "1"), *billing]
        if new_subscriber:
            hl += 1
            subscriber_hl, in_level = hl, 1
            rows += [row("level", "HL", str(hl), str(billing_hl), "22", "1" if patient else "0"), *subscriber]
        if new_patient and patient:
            hl += 1
            rows += [row("level", "HL", str(hl), str(subscriber_hl), "23", "0"), *patient]
        written = {"20": _elements(billing), "22": _elements(subscriber), "23": _elements(patient)}
        rows += claim_rows(claim)
    return rows


def _opening_rows(envelope: Envelope, index: int) -> Iterator[Row]:
    day, clock = f"{envelope.created_at:%Y%m%d}", f"{envelope.created_at:%H%M}"
    yield row("transaction set", "BHT", "0019", "00", envelope.reference(index), day, clock, "CH")
    name = required(envelope.submitter_name, "envelope", "the submitter's name")
    yield row("submitter", "NM1", "41", "2", name, "", "", "", "", "46", envelope.sender_id)
    phone = required(envelope.contact_phone, "envelope", "the contact's phone")
    yield row("submitter", "PER", "IC", envelope.contact_name, "TE", phone)
    name = required(envelope.receiver_name, "envelope", "the receiver's name")
    yield row("receiver", "NM1", "40", "2", name, "", "", "", "", "46", envelope.receiver_id)


def _elements(rows: Sequence[Row]) -> list[tuple[str | tuple[str, ...], ...]]:
    return [item.elements for item in rows]
