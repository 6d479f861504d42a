"""What no claim guide can carry: refused before a segment is written, never left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleanclaim.claims.claim import Claim
from cleanclaim.claims.coverage import Relationship
from cleanclaim.claims.dental import EveryClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.x12.claims_837.party_rows import employer_of
from cleanclaim.x12.errors import X12Error
from cleanclaim.x12.syntax.rows import required

_PEOPLE = ("referring", "primary_care", "supervising", "attending", "operating", "other_operating")
_PEOPLE_OF_LINE = ("ordering", "referring", "primary_care", "supervising", "operating", "other_operating")


def refuse_misfits(claim: EveryClaim, most_lines: int) -> None:
    """Stop what no guide can carry.

    Raises:
        X12Error: no line or too many, more than four modifiers, two lines with one control number, an
            answer of another payer for a line that is not there, two other payers under one id.
    """
    of = f"claim {claim.claim_id}"
    required(claim.claim_id, of, "the claim id")
    if not 1 <= len(claim.lines) <= most_lines:
        raise X12Error(
            f"it has {len(claim.lines)} lines",
            where=of,
            why=f"this guide holds 1 to {most_lines} lines",
            fix="split it into several claims",
        )
    if any(len(line.modifiers) > 4 for line in claim.lines):
        raise X12Error("a line has more than four modifiers", where=of, fix="use modifier 99 or drop one")
    _refuse_repeats(of, "line number", [str(line.number) for line in claim.lines])
    _refuse_repeats(of, "line control number", [line.control_number for line in claim.lines])
    _refuse_repeats(of, "other payer", [other.coverage.payer.payer_id for other in claim.other_payers])
    _refuse_parties(claim, of)
    _refuse_kinds_of_provider(claim, of)
    numbers = {line.number for line in claim.lines}
    if any(answer.line_number not in numbers for other in claim.other_payers for answer in other.lines):
        raise X12Error("another payer answers for a line that the claim does not have", where=of)


def refuse_fields(record: Claim | ServiceLine, names: Iterable[str], kind: str, of: str) -> None:
    """Raise X12Error where a field is set that the guide has no place for."""
    for name in names:
        if getattr(record, name):
            words = name.removesuffix("_cents").replace("_", " ")
            raise X12Error(
                f"{kind} has no place for this field: {words}",
                where=of,
                why="the guide does not carry it",
                fix="take it off",
            )


def _refuse_parties(claim: EveryClaim, of: str) -> None:
    billing, pay_to = claim.billing, claim.pay_to
    if billing.address is None:
        raise X12Error("the address is missing", where="billing provider", fix="add it")
    if pay_to is not None and (
        pay_to.address is None
        or (pay_to.npi, pay_to.organization, pay_to.name) != (billing.npi, billing.organization, billing.name)
    ):
        raise X12Error(
            "the pay-to provider is not another address of the billing provider",
            where=of,
            why="the guide carries nothing else there",
            fix="bill as the provider who is to be paid",
        )
    if claim.coverage.relationship is Relationship.SELF:
        _refuse_other_person(claim, of)
    holder = claim.coverage.subscriber.name
    if employer_of(claim.coverage) and holder.first and holder != claim.patient.name:
        raise X12Error(
            "an employer and another person both hold the policy",
            where=of,
            why="the guide names one holder",
            fix="give the employer as the subscriber",
        )


def _refuse_kinds_of_provider(claim: EveryClaim, of: str) -> None:
    people = {name.replace("_", " "): getattr(claim, name, None) for name in _PEOPLE}
    for line in claim.lines:
        for name in _PEOPLE_OF_LINE:
            people[f"line {line.number} {name.replace('_', ' ')}"] = getattr(line, name)
    for name, provider in people.items():
        if provider is not None and not provider.is_person():
            raise X12Error(
                f"the {name} provider is an organization", where=of, why="the guide wants a person"
            )
    if claim.facility is not None and claim.facility.is_person():
        raise X12Error("the service facility is a person", where=of, why="the guide wants an organization")


def _refuse_other_person(claim: EveryClaim, of: str) -> None:
    subscriber, patient = claim.coverage.subscriber, claim.patient
    if subscriber.name != patient.name:
        raise X12Error(
            "the subscriber's name is not the patient's",
            where=of,
            why="the coverage says that the patient is the subscriber",
            fix="correct the name or the relationship",
        )
    if subscriber.birth_date not in {None, patient.birth_date}:
        raise X12Error(
            "the subscriber's birth date is not the patient's", where=of, fix="correct one of them"
        )


def _refuse_repeats(of: str, what: str, values: Sequence[str]) -> None:
    filled = [value for value in values if value]
    if len(set(filled)) != len(filled):
        raise X12Error(f"one {what} stands twice", where=of, fix=f"give each its own {what}")
