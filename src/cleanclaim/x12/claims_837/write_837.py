"""Claims into an 837: levels, transaction sets of at most 5,000 claims, one interchange."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleanclaim.claims.claim import InstitutionalClaim, ProfessionalClaim
from cleanclaim.claims.dental import DentalClaim, EveryClaim
from cleanclaim.x12.claims_837.carry import add_carried, rows_of, tree_rows
from cleanclaim.x12.claims_837.claim_837d import dental_rows
from cleanclaim.x12.claims_837.claim_837i import institutional_rows
from cleanclaim.x12.claims_837.claim_837p import professional_rows
from cleanclaim.x12.claims_837.claim_rows import billing_level_rows, patient_level_rows, subscriber_level_rows
from cleanclaim.x12.claims_837.claim_tree import Node, claim_tree, level_tree
from cleanclaim.x12.claims_837.refuse_837 import refuse_dental, refuse_institutional, refuse_professional
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.guide.guide_fit import refuse_unfit
from cleanclaim.x12.guide.guide_specs import LoopSpec
from cleanclaim.x12.guide.guides import guide
from cleanclaim.x12.syntax.envelope import Envelope
from cleanclaim.x12.syntax.rows import Element, Row, required, row
from cleanclaim.x12.syntax.writer import (
    DENTAL,
    INSTITUTIONAL,
    INSTITUTIONAL_PREDETERMINATION,
    PROFESSIONAL,
    PROFESSIONAL_PREDETERMINATION,
    Guide,
    interchange,
)

CLAIMS_PER_SET = 5_000
CLAIMS_PER_LEVEL = 100
PURPOSES = {"CH": "claims for money", "RP": "encounters reported", "31": "subrogation"}
"""BHT06: what the claims of a file are sent for."""


def write_837(claims: Sequence[EveryClaim], envelope: Envelope, *, purpose: str = "CH") -> bytes:
    """One interchange with these claims, all of one kind, in order: 837P, 837I or 837D, or a predetermination.

    Claims that follow each other and share billing provider, subscriber or patient share that level. What a
    file that was read said and no field holds (``carried``) is written back where it stood. ``purpose`` is
    BHT06: CH claims, RP encounters that are reported, 31 subrogation.

    Not carried, because the guides have no place for them: version, encounter, the coverage's own id,
    period and plan name, a group's name beside its number, contact and taxonomy of providers whose role has
    none in the guide, birth date and sex of another payer's subscriber; on an institutional claim the reason
    for MSP, what a patient paid, weight and day of death of the patient; the contact at the insurer of an
    accident on other than professional claims. Of two addresses of a patient who is the subscriber, the
    patient's own goes out.

    Raises:
        X12Error: two kinds at once, one claim id twice, or a claim that its guide cannot carry.
    """
    if not claims:
        raise X12Error("there is no claim to write")
    if purpose not in PURPOSES:
        raise X12Error("the purpose of the file is none that BHT06 has", fix=f"use {', '.join(PURPOSES)}")
    kinds = {(type(claim), claim.predetermination) for claim in claims}
    if len(kinds) > 1:
        raise X12Error(
            "professional, institutional and dental claims and predeterminations do not share a file",
            fix="write one file of each",
        )
    identifiers = {claim.claim_id for claim in claims}
    if len(identifiers) != len(claims):
        raise X12Error("a claim id stands twice in one file", fix="send each version in a file of its own")
    fine: set[tuple[str, tuple[Element, ...]]] = set()
    for claim in claims:
        _refuse(claim, fine)
    sets = [claims[start : start + CLAIMS_PER_SET] for start in range(0, len(claims), CLAIMS_PER_SET)]
    bodies = [_body(members, envelope, index, purpose) for index, members in enumerate(sets)]
    return interchange(guide_of(claims[0]), bodies, envelope)


def refuse(claim: EveryClaim) -> None:
    """Raise X12Error where the claim's guide cannot carry it; see `write_837`."""
    _refuse(claim, set())


def _refuse(claim: EveryClaim, fine: set[tuple[str, tuple[Element, ...]]]) -> None:
    """As `refuse`; ``fine`` are the levels that were looked at with another claim of the file."""
    if isinstance(claim, InstitutionalClaim):
        refuse_institutional(claim)
    elif isinstance(claim, DentalClaim):
        refuse_dental(claim)
    else:
        refuse_professional(claim)
    of, name = f"claim {claim.claim_id}", guide_name(claim)
    levels = level_rows(claim)
    for step, rows in zip(("2000A", "2000B", "2000C"), levels, strict=True):
        key = (step, tuple(element for item in rows for element in item.elements))
        if rows and key not in fine:
            refuse_unfit(level_tree(step, tree_rows(rows)), _loop(name, step), name, of)
            fine.add(key)
    refuse_unfit(claim_tree(tree_rows(claim_rows(claim))), _loop(name, "2300"), name, of)


def guide_name(claim: EveryClaim) -> str:
    """The guide by which a claim goes out, such as "837P"."""
    if isinstance(claim, DentalClaim):
        return "837D"
    name = "837I" if isinstance(claim, InstitutionalClaim) else "837P"
    return f"{name}-predetermination" if claim.predetermination else name


def guide_of(claim: EveryClaim) -> Guide:
    """The guide by which a claim goes out, as its envelope names it."""
    return {
        "837P": PROFESSIONAL,
        "837I": INSTITUTIONAL,
        "837D": DENTAL,
        "837P-predetermination": PROFESSIONAL_PREDETERMINATION,
        "837I-predetermination": INSTITUTIONAL_PREDETERMINATION,
    }[guide_name(claim)]


def claim_rows(claim: EveryClaim) -> Iterator[Row]:
    """Loops 2300 to 2440 of one claim, by its fields alone."""
    if isinstance(claim, InstitutionalClaim):
        return institutional_rows(claim)
    return professional_rows(claim) if isinstance(claim, ProfessionalClaim) else dental_rows(claim)


def level_rows(claim: EveryClaim) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...]]:
    """Billing, subscriber and patient level of a claim without their HL segments, by its fields alone."""
    name = guide_name(claim)[:4]
    return (
        tuple(billing_level_rows(claim)),
        tuple(subscriber_level_rows(claim, guide=name)),
        tuple(patient_level_rows(claim, guide=name)),
    )


def claim_node(claim: EveryClaim, rows: Sequence[Row]) -> Node:
    """Loops 2300 to 2440 as a tree, from the rows of the claim."""
    return claim_tree(tree_rows(rows), [line.number for line in claim.lines])


def level_nodes(claim: EveryClaim) -> tuple[Node, Node, Node]:
    """The three levels as trees; that of the subscriber is named by the payer, whose facts it holds."""
    billing, subscriber, patient = level_rows(claim)
    return (
        level_tree("2000A", tree_rows(billing)),
        level_tree(f"2000B:{claim.coverage.payer.payer_id}", tree_rows(subscriber)),
        level_tree("2000C", tree_rows(patient)),
    )


def _rows_and_carried(
    claim: EveryClaim,
) -> tuple[tuple[Row, ...], tuple[Row, ...], tuple[Row, ...], Sequence[Row]]:
    if not claim.carried:
        return (*level_rows(claim), list(claim_rows(claim)))
    of, name = f"claim {claim.claim_id}", guide_name(claim)
    found = []
    for node in (*level_nodes(claim), claim_node(claim, list(claim_rows(claim)))):
        mine = [item for item in claim.carried if item.loop[0] == node.step]
        if node.rows or node.kids:
            add_carried(node, mine, _loop(name, node.step.partition(":")[0]))
        found.append(tuple(rows_of(node, of)))
    billing, subscriber, patient, body = found
    return billing, subscriber, patient, body


def _loop(name: str, loop: str) -> LoopSpec:
    """A level of a guide, or its claim loop."""
    way = {"2000A": (), "2000B": ("2000A",), "2000C": ("2000A", "2000B"), "2300": ("2000A", "2000B")}[loop]
    spec = guide(name).root
    for step in (*way, loop):
        spec = next(item for item in spec.members if isinstance(item, LoopSpec) and item.id == step)
    return spec


def _body(claims: Sequence[EveryClaim], envelope: Envelope, index: int, purpose: str) -> list[Row]:
    rows = list(_opening_rows(envelope, index, purpose))
    written: dict[str, list[tuple[str | tuple[str, ...], ...]]] = {}
    hl, billing_hl, subscriber_hl, in_level = 0, 0, 0, 0
    for claim in claims:
        billing, subscriber, patient, body = _rows_and_carried(claim)
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
        rows += body
    return rows


def _opening_rows(envelope: Envelope, index: int, purpose: str) -> Iterator[Row]:
    day, clock = f"{envelope.created_at:%Y%m%d}", f"{envelope.created_at:%H%M}"
    yield row("transaction set", "BHT", "0019", "00", envelope.reference(index), day, clock, purpose)
    name = required(envelope.submitter_name, "envelope", "the submitter's name")
    yield row("submitter", "NM1", "41", "2", name, "", "", "", "", "46", envelope.sender_id)
    phone = required(envelope.contact_phone, "envelope", "the contact's phone")
    yield row("submitter", "PER", "IC", envelope.contact_name, "TE", phone)
    name = required(envelope.receiver_name, "envelope", "the receiver's name")
    yield row("receiver", "NM1", "40", "2", name, "", "", "", "", "46", envelope.receiver_id)


def _elements(rows: Sequence[Row]) -> list[tuple[str | tuple[str, ...], ...]]:
    return [item.elements for item in rows]
