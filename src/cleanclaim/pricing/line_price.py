"""The price of one line under the terms in force: the first rule that lists it, modifiers, lesser-of."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from attrs import frozen

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.kernel.because import Because
from cleanclaim.kernel.money import Cents, format_cents, share_cents
from cleanclaim.kernel.parameters import parameter
from cleanclaim.pricing.contract import (
    BundledRule,
    ChargeRule,
    Contract,
    FeeRule,
    LineRule,
    PerDiemRule,
    Terms,
)

_MOST_UNITS = Decimal(1_000_000)
_HUNDRED_PERCENT = 10_000


@frozen
class LinePrice:
    """What a line is allowed, or None with the reason last."""

    allowed_cents: Cents | None
    because: tuple[Because, ...]


@frozen
class _Raw:
    """A price before modifiers and lesser-of; ``used`` is the modifier that the fee's key already holds."""

    cents: Cents
    because: Because
    used: str = ""


def claim_kind(claim: AnyClaim) -> str:
    """Which kind of claim a contract calls it: professional, outpatient or inpatient."""
    if not isinstance(claim, InstitutionalClaim):
        return "professional"
    return "inpatient" if claim.is_inpatient() else "outpatient"


def price_line(line: ServiceLine, claim: AnyClaim, contract: Contract, terms: Terms) -> LinePrice:
    """Price one line; what the terms do not settle comes back unpriced with its reason."""
    fault = _fault(line)
    if fault:
        return LinePrice(None, (Because(fault),))
    place = line.place_of_service or getattr(claim, "place_of_service", "")
    kind = claim_kind(claim)
    candidates = (*terms.rules, terms.default) if terms.default is not None else terms.rules
    for rule in candidates:
        if rule is not None and rule.scope.covers(kind, line.code, line.revenue_code, place):
            raw = _raw_price(rule, line, contract, terms)
            if raw is not None:
                return _finish(raw, rule, line, contract, terms)
    named = line.code or f"revenue code {line.revenue_code}"
    reason = f"the contract lists no price for {named} and no default method"
    return LinePrice(None, (Because(reason, contract.cite(terms, "rules"), _inputs(line)),))


def _fault(line: ServiceLine) -> str:
    if not line.units.is_finite() or not 0 < line.units <= _MOST_UNITS:
        return "not priced: the units are not a number between 0 and a million"
    if line.unit_kind == "MJ":
        return (
            "not priced: anaesthesia minutes need base units and time units, which contracts here do not hold"
        )
    if line.charge_cents < 0:
        return "not priced: the charge is negative"
    return ""


def _raw_price(rule: LineRule, line: ServiceLine, contract: Contract, terms: Terms) -> _Raw | None:
    cite = contract.cite(terms, rule.where)
    if isinstance(rule, BundledRule):
        return _Raw(0, Because("paid with another service, no payment of its own", cite, _inputs(line)))
    if isinstance(rule, ChargeRule):
        cents = share_cents(line.charge_cents, rule.basis_points)
        text = f"{_percent(rule.basis_points)} of the charge of {format_cents(line.charge_cents)}"
        return _Raw(cents, Because(text, cite, _inputs(line)))
    if isinstance(rule, PerDiemRule):
        cents = _times(rule.day_cents, line.units)
        text = f"{format_cents(rule.day_cents)} a day for {line.units} days"
        return _Raw(cents, Because(text, cite, _inputs(line)))
    return _fee(rule, line, contract, terms)


def _fee(rule: FeeRule, line: ServiceLine, contract: Contract, terms: Terms) -> _Raw | None:
    keys = [(f"{line.code}-{modifier}", modifier) for modifier in line.modifiers]
    for key, modifier in [*keys, (line.code, "")]:
        if not key or key not in rule.fees:
            continue
        fee = share_cents(rule.fees[key], rule.basis_points)
        cents = _times(fee, line.units) if rule.per_unit else fee
        parts = [f"{key} is listed at {format_cents(rule.fees[key])}"]
        if rule.basis_points != _HUNDRED_PERCENT:
            parts.append(f"{_percent(rule.basis_points)} of it is {format_cents(fee)}")
        if rule.per_unit and line.units != 1:
            parts.append(f"{line.units} units make {format_cents(cents)}")
        if rule.schedule:
            parts.append(f"schedule {rule.schedule}")
        return _Raw(
            cents, Because(", ".join(parts), contract.cite(terms, rule.where), _inputs(line)), modifier
        )
    return None


def _finish(raw: _Raw, rule: LineRule, line: ServiceLine, contract: Contract, terms: Terms) -> LinePrice:
    because = [raw.because]
    cents = raw.cents
    if isinstance(rule, FeeRule):
        deciding = set(parameter("pricing/payment_modifiers").values.find(line.service_date) or ())
        for modifier in dict.fromkeys(line.modifiers):
            if modifier == raw.used:
                continue
            rate = terms.modifiers.get(modifier)
            if rate is None and modifier in deciding:
                text = f"not priced: modifier {modifier} changes the price and the contract does not say how"
                return LinePrice(
                    None, (*because, Because(text, parameter("pricing/payment_modifiers").citation))
                )
            if rate is not None:
                cents = share_cents(cents, rate.basis_points)
                text = f"modifier {modifier} pays {_percent(rate.basis_points)}: {format_cents(cents)}"
                because.append(Because(text, contract.cite(terms, rate.where)))
    if _lesser(rule, terms) and cents > line.charge_cents:
        cents = line.charge_cents
        text = f"the lesser of price and charge: the charge of {format_cents(cents)}"
        because.append(Because(text, contract.cite(terms, "lesser of charge")))
    return LinePrice(cents, tuple(because))


def _lesser(rule: LineRule, terms: Terms) -> bool:
    own = None if isinstance(rule, BundledRule) else rule.lesser_of_charge
    return terms.lesser_of_charge if own is None else own


def _times(cents: Cents, units: Decimal) -> Cents:
    return int((Decimal(cents) * units).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _percent(basis_points: int) -> str:
    return f"{format_cents(basis_points).removesuffix('.00')} %"


def _inputs(line: ServiceLine) -> tuple[tuple[str, str], ...]:
    return (
        ("line", str(line.number)),
        ("code", line.code or line.revenue_code),
        ("modifiers", " ".join(line.modifiers)),
        ("units", str(line.units)),
        ("service date", line.service_date.isoformat()),
        ("charge", format_cents(line.charge_cents)),
    )
