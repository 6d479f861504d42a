"""SNIP type 3 of the claim sets: charges, and what other payers answered, in cents.

Sources: the balancing sections of the claim guides; X12 requests for interpretation 1115, 1294.
"""

from __future__ import annotations

from attrs import define, field

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


_Answer = tuple[Instance, int | None, Instance]


@define(eq=False)
class _AtLines:
    """What one payer answered at the lines: each line with its charge and the answer; the sums, None if unread."""

    answers: list[_Answer] = field(factory=list)
    paid_cents: int | None = 0
    adjusted_cents: int | None = 0
    told: dict[int, int] = field(factory=dict)
    has_remaining: bool = False

    def add(self, line: Instance, charge: int | None, answer: Instance) -> None:
        """One answer more."""
        self.answers.append((line, charge, answer))
        self.has_remaining |= "AMTEAF" in answer.at
        paid, less = parse_amount(answer.opener().get(2)), adjusted(answer)
        if paid is None or less is None or self.paid_cents is None or self.adjusted_cents is None:
            self.paid_cents = self.adjusted_cents = None
            return
        self.paid_cents += paid
        self.adjusted_cents += less
        ordinal = line.opener().ordinal
        self.told[ordinal] = self.told.get(ordinal, 0) + paid + less


def _others(
    others: list[Instance], lines: list[Instance], charges: list[int | None], total: int, case: Case
) -> None:
    by_payer: dict[str, _AtLines] = {}
    for line, charge in zip(lines, charges, strict=True):
        for kid in line.kids:
            if kid.spec.id == "2430":
                by_payer.setdefault(kid.opener().get(1), _AtLines()).add(line, charge, kid)
    for other in others:
        paid = other.cents("AMTD", 2)
        payer = _payer_number(other)
        at_lines = by_payer.get(payer)
        if paid is not None and payer:
            _one_other(other, at_lines or _AtLines(), paid, total, case)
        if payer and at_lines is not None and at_lines.has_remaining and "AMTEAF" in other.at:
            case.say(
                4,
                "REMAINING-TWICE",
                "what the patient still owes (AMT*EAF) is told for the claim and for its lines, by one payer",
                "tell it at one of the two",
                other.at["AMTEAF"],
                "AMT01",
                "2320",
            )


def _one_other(other: Instance, at_lines: _AtLines, paid: int, total: int, case: Case) -> None:
    at_claim, lines_paid, lines_adjusted = adjusted(other), at_lines.paid_cents, at_lines.adjusted_cents
    if at_claim is None or lines_paid is None or lines_adjusted is None:
        return
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
    if not at_lines.answers:
        return
    difference = paid - (lines_paid - at_claim)
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
    _lines(at_lines, case)


def _lines(at_lines: _AtLines, case: Case) -> None:
    """Every line once, also where a payer stands twice."""
    told = at_lines.told
    for line, charge, answer in at_lines.answers:
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
    at_lines.answers = at_lines.answers[:1]


def _payer_number(other: Instance) -> str:
    payer = other.one("2330B")
    return payer.opener().get(9) if payer is not None and payer.segments else ""
