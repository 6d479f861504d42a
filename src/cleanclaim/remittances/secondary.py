"""The claim to the next payer, with what the payer before paid and took off exactly as it said it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

import attrs

from cleanclaim.claims.adjustment import Adjustment, AdjustmentGroup
from cleanclaim.claims.claim import AnyClaim, Frequency, InstitutionalClaim
from cleanclaim.claims.coordination import LineAdjudication, OtherPayer, OutpatientAdjudication
from cleanclaim.claims.coverage import Coverage
from cleanclaim.claims.line import ServiceLine
from cleanclaim.claims.remittance import RemittedClaim
from cleanclaim.kernel.errors import Refused
from cleanclaim.kernel.money import Cents, format_cents
from cleanclaim.remittances.matching import match_lines

T = TypeVar("T")


class CobNotBalanced(Refused):
    """What the earlier payer said does not add up to the charge, so the next payer would reject it."""


def build_secondary(
    claim: AnyClaim, next_payer: Coverage, answers: Sequence[RemittedClaim], *, adjudicated_on: dt.date
) -> AnyClaim:
    """The next version of a claim, addressed to the next payer.

    ``claim`` is the version the earlier payer answered, ``answers`` its claim payments in order; an answer
    that was taken back counts no more. ``adjudicated_on`` is the payment's date (DTP*573). Adjustments go along as
    sent, reason by reason and segment by segment (CAS), and so does what the payer said of the whole claim (MOA, MIA).
    Every payer of the result satisfies charge = paid + adjustments, in whole and line by line.

    Raises:
        CobNotBalanced: no answer stands, a line is not ours, or the sums do not come out.
    """
    standing = standing_answers(answers)
    if not standing:
        raise CobNotBalanced("no answer of the earlier payer stands", where=f"claim {claim.claim_id}")
    earlier = _other_payer(claim, standing, adjudicated_on)
    rest = tuple(
        other
        for other in claim.other_payers
        if other.coverage.order not in {next_payer.order, claim.coverage.order}
    )
    result = attrs.evolve(
        claim,
        version=claim.version + 1,
        coverage=next_payer,
        other_payers=tuple(sorted((*rest, earlier), key=lambda other: other.coverage.order.rank())),
        frequency=Frequency.ORIGINAL,
        payer_claim_number="",
        authorization_number="",
        referral_number="",
    )
    prove_coordination(result)
    return result


def standing_answers(answers: Sequence[RemittedClaim]) -> tuple[RemittedClaim, ...]:
    """The answers that no reversal took back; a reversal meets the earliest one with its mirrored amounts."""
    standing = [answer for answer in answers if not answer.is_reversal()]
    for reversal in answers:
        if reversal.is_reversal():
            for answer in standing:
                if (answer.charge_cents, answer.paid_cents) == (-reversal.charge_cents, -reversal.paid_cents):
                    standing.remove(answer)
                    break
    return tuple(standing)


def prove_coordination(claim: AnyClaim) -> None:
    """Check every payer that has answered: charge = paid + adjustments, for the claim and for each line.

    Raises:
        CobNotBalanced: a sum does not come out (X12 RFI 1115, 1294).
    """
    charges = {line.number: line.charge_cents for line in claim.lines}
    for other in claim.other_payers:
        if other.paid_cents is None:
            continue
        of_lines = sum(item.cents for line in other.lines for item in line.adjustments)
        explained = other.paid_cents + sum(item.cents for item in other.adjustments) + of_lines
        _equal(explained, claim.charge_cents(), f"claim {claim.claim_id}")
        by_line: dict[int, Cents] = defaultdict(int)
        for line in other.lines:
            by_line[line.line_number] += line.paid_cents + sum(item.cents for item in line.adjustments)
        if other.lines:
            for number, charge_cents in charges.items():
                _equal(by_line[number], charge_cents, f"claim {claim.claim_id}, line {number}")


def _other_payer(claim: AnyClaim, standing: Sequence[RemittedClaim], adjudicated_on: dt.date) -> OtherPayer:
    lines = tuple(line for answer in standing for line in _line_adjudications(claim, answer, adjudicated_on))
    claim_level = tuple(item for answer in standing for item in answer.adjustments)
    hospital = isinstance(claim, InstitutionalClaim)
    return OtherPayer(
        coverage=claim.coverage,
        paid_cents=sum(answer.paid_cents for answer in standing),
        adjudicated_on=None if lines else adjudicated_on,
        adjustments=claim_level,
        lines=lines,
        payer_claim_number=standing[-1].payer_claim_number,
        remaining_patient_cents=None if lines else _patient_cents(claim_level),
        outpatient=_last(_said_of_all(answer, hospital=hospital) for answer in standing),
        inpatient=_last(answer.inpatient for answer in standing) if hospital else None,
    )


def _said_of_all(answer: RemittedClaim, *, hospital: bool) -> OutpatientAdjudication | None:
    """MOA; a professional claim has no other place for remarks, wherever the payer put them."""
    told = answer.as_outpatient()
    if told is None and answer.remarks and not hospital:
        return OutpatientAdjudication(remarks=answer.remarks)
    return told


def _last(items: Iterable[T | None]) -> T | None:
    """What was said last: of answers that split a claim, the next guide holds one."""
    return next((item for item in reversed(list(items)) if item is not None), None)


def _line_adjudications(
    claim: AnyClaim, answer: RemittedClaim, adjudicated_on: dt.date
) -> list[LineAdjudication]:
    made = []
    for match in match_lines(claim.lines, answer.lines):
        if match.line_number is None:
            raise CobNotBalanced(
                f"remitted line {match.remitted_index + 1} is none of ours",
                where=f"claim {claim.claim_id}",
                fix="match the line by hand before the next payer is asked",
            )
        line = answer.lines[match.remitted_index]
        own = _own(claim.lines, match.line_number)
        made.append(
            LineAdjudication(
                line_number=own.number,
                paid_cents=line.paid_cents,
                code=line.code or own.code,
                paid_units=line.units,
                adjudicated_on=adjudicated_on,
                modifiers=line.modifiers,
                revenue_code=line.revenue_code or own.revenue_code,
                adjustments=line.adjustments,
                remaining_patient_cents=_patient_cents(line.adjustments),
            )
        )
    return made


def _own(lines: Sequence[ServiceLine], number: int) -> ServiceLine:
    return next(line for line in lines if line.number == number)


def _patient_cents(adjustments: Sequence[Adjustment]) -> Cents:
    return sum(item.cents for item in adjustments if item.group == AdjustmentGroup.PATIENT)


def _equal(explained: Cents, charge_cents: Cents, where: str) -> None:
    if explained != charge_cents:
        raise CobNotBalanced(
            f"paid and adjusted make {format_cents(explained)}, the charge is {format_cents(charge_cents)}",
            where=where,
            why="the next payer rejects a claim whose earlier payer does not balance",
            fix="compare the claim with the earlier payer's remittance",
        )
