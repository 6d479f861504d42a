"""The pretend payer's own arithmetic for the member's part: deductible, copay, coinsurance, limit."""

from __future__ import annotations

from cleanclaim.claims.adjustment import Adjustment
from cleanclaim.claims.line import ServiceLine
from cleanclaim.kernel.money import Cents
from cleanclaim.payersim.plan import Member, ShareRule

DEDUCTIBLE, COINSURANCE, COPAY = "1", "2", "3"


class Meter:
    """What a member still owes this year while the lines of one claim are judged in order."""

    def __init__(self, member: Member, lines: tuple[ServiceLine, ...]) -> None:
        self._product = member.product
        self._deductible = member.deductible_remaining_cents
        self._limit = member.limit_remaining_cents
        self._copays_taken: dict[str, Cents] = {}
        self._for_all = self._whole_claim_rule(lines)

    def charge_line(self, line: ServiceLine, allowed_cents: Cents) -> tuple[Adjustment, ...]:
        """The PR adjustments of one line."""
        return self._split(self._for_all or self._rule(line), allowed_cents)

    def charge_stay(self, allowed_cents: Cents) -> tuple[Adjustment, ...]:
        """The PR adjustments of a stay: its own deductible where the product has one."""
        stay = self._product.stay_deductible_cents
        if stay is None:
            return self._split(self._other(), allowed_cents)
        return _written({DEDUCTIBLE: self._capped(min(stay, allowed_cents))})

    def _split(self, rule: ShareRule, allowed_cents: Cents) -> tuple[Adjustment, ...]:
        parts: dict[str, Cents] = {}
        open_cents = allowed_cents
        if rule.deductible:
            part = self._capped(min(open_cents, self._deductible))
            self._deductible -= part
            parts[DEDUCTIBLE] = part
            open_cents -= part
        wanted = min(open_cents, rule.copay_cents - self._copays_taken.get(rule.kind, 0))
        self._copays_taken[rule.kind] = self._copays_taken.get(rule.kind, 0) + wanted
        parts[COPAY] = self._capped(wanted)
        open_cents -= parts[COPAY]
        parts[COINSURANCE] = self._capped((open_cents * rule.coinsurance_basis_points + 5_000) // 10_000)
        return _written(parts)

    def _capped(self, cents: Cents) -> Cents:
        if self._limit is None:
            return cents
        part = min(cents, self._limit)
        self._limit -= part
        return part

    def _rule(self, line: ServiceLine) -> ShareRule:
        fitting = [rule for rule in self._product.rules if rule.fits(line.code, line.revenue_code)]
        return fitting[0] if fitting else self._other()

    def _other(self) -> ShareRule:
        rate = self._product.coinsurance_basis_points
        return ShareRule("", coinsurance_basis_points=rate, deductible=True)

    def _whole_claim_rule(self, lines: tuple[ServiceLine, ...]) -> ShareRule | None:
        for rule in self._product.rules:
            if rule.whole_claim and any(rule.fits(line.code, line.revenue_code) for line in lines):
                return rule
        return None


def _written(parts: dict[str, Cents]) -> tuple[Adjustment, ...]:
    return tuple(Adjustment("PR", reason, cents) for reason, cents in sorted(parts.items()) if cents)
