"""SNIP type 3 of the claim sets: charges, and what other payers answered, in cents.

Sources: the balancing sections of the claim guides; X12 requests for interpretation 1115, 1294.
"""

from __future__ import annotations

from cleanclaim.kernel.money import format_cents
from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case
from cleanclaim.x12.syntax.amounts import parse_amount

_CHARGE_AT = {"SV1": 2, "SV2": 3, "SV3": 2}
_FIX = "correct the amounts so that they add up"
_REASONS = range(3, 19, 3)


def balances(claim: Instance, case: Case) -> None:
    """The claim's total against its lines, and every other payer's answer against the charges."""
    lines = [kid for kid in claim.kids if kid.spec.id == "2400"]
    charges = [line_charge(line) for line in lines]
    total = claim.cents("CLM", 2)
    if total is None or None in charges:
        return
    summed = sum(charge for charge in charges if charge is not None)
    if summed != total:
        case.say(
            3,
            "CLAIM-TOTAL",
            f"the claim's total charge (CLM02) is {format_cents(total)}, its lines sum to {format_cents(summed)}",
            _FIX,
            claim.opener(),
            "CLM02",
            "2300",
        )
    others = [kid for kid in claim.kids if kid.spec.id == "2320"]
    if others:
        _others(others, lines, charges, total, case)


def line_charge(line: Instance) -> int | None:
    """The charge of a service line in cents."""
    for key, element in _CHARGE_AT.items():
        segment = line.at.get(key)
        if segment is not None:
            return parse_amount(segment.get(element))
    return None


def adjusted(loop: Instance) -> int | None:
    """The sum of all adjustments in a loop, None where one is no amount."""
    total = 0
    for segment in loop.all("CAS"):
        for place in _REASONS:
            text = segment.get(place)
            cents = parse_amount(text) if text else 0
            if cents is None:
                return None
            total += cents
    return total


def _others(
    others: list[Instance], lines: list[Instance], charges: list[int | None], total: int, case: Case
) -> None:
    for other in others:
        paid = other.cents("AMTD", 2)
        payer = _payer_number(other)
        if paid is None or not payer:
            continue
        answers = [
            (line, charge, kid)
            for line, charge in zip(lines, charges, strict=True)
            for kid in line.kids
            if kid.spec.id == "2430" and kid.opener().get(1) == payer
        ]
        _one_other(other, answers, paid, total, case)


def _one_other(
    other: Instance,
    answers: list[tuple[Instance, int | None, Instance]],
    paid: int,
    total: int,
    case: Case,
) -> None:
    at_claim = adjusted(other)
    at_lines = [adjusted(answer) for _, _, answer in answers]
    paid_lines = [parse_amount(answer.opener().get(2)) for _, _, answer in answers]
    if at_claim is None or None in at_lines or None in paid_lines:
        return
    lines_adjusted = sum(item for item in at_lines if item is not None)
    opener = other.at["AMTD"]
    difference = total - paid - at_claim - lines_adjusted
    if difference:
        case.say(
            3,
            "COB-CLAIM",
            f"what the other payer paid and adjusted differs from the charge by {format_cents(difference)}",
            _FIX,
            opener,
            "AMT02",
            "2320",
        )
    if not answers:
        return
    difference = paid - (sum(item for item in paid_lines if item is not None) - at_claim)
    if difference:
        case.say(
            3,
            "COB-PAID",
            f"what the other payer paid differs from its lines by {format_cents(difference)}",
            _FIX,
            opener,
            "AMT02",
            "2320",
        )
    _lines(answers, paid_lines, at_lines, case)


def _lines(
    answers: list[tuple[Instance, int | None, Instance]],
    paid: list[int | None],
    adjusted_cents: list[int | None],
    case: Case,
) -> None:
    told: dict[int, int] = {}
    for (line, _, _), one, other in zip(answers, paid, adjusted_cents, strict=True):
        ordinal = line.opener().ordinal
        told[ordinal] = told.get(ordinal, 0) + (one or 0) + (other or 0)
    for line, charge, answer in answers:
        ordinal = line.opener().ordinal
        if ordinal not in told or charge is None:
            continue
        difference = charge - told.pop(ordinal)
        if difference:
            case.say(
                3,
                "COB-LINE",
                f"line {line.opener().get(1)[:6]}: what the other payer paid and adjusted differs from the"
                f" charge by {format_cents(difference)}",
                _FIX,
                answer.opener(),
                "SVD02",
                "2430",
            )


def _payer_number(other: Instance) -> str:
    payer = other.one("2330B")
    return payer.opener().get(9) if payer is not None and payer.segments else ""
