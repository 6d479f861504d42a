"""The price of an inpatient stay by its DRG."""

from __future__ import annotations

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.kernel.because import Because
from cleanclaim.kernel.money import Cents, format_cents
from cleanclaim.pricing.contract import CaseRule, Contract, Terms
from cleanclaim.pricing.line_price import LinePrice

_WEIGHT_UNIT = 10_000


def case_price(claim: AnyClaim, contract: Contract, terms: Terms) -> LinePrice:
    """What the terms allow for the stay, or None with the reason last."""
    drg = claim.drg if isinstance(claim, InstitutionalClaim) else ""
    if not drg:
        return LinePrice(None, (Because("not priced: the stay has no DRG, and a case rate goes by it"),))
    for rule in terms.case_rules:
        rate = _rate(rule, drg)
        if rate is None:
            continue
        cents, text = rate
        inputs = (("DRG", drg), ("charge", format_cents(claim.charge_cents())))
        because = (Because(text, contract.cite(terms, rule.where), inputs),)
        if rule.lesser_of_charge and cents > claim.charge_cents():
            text = f"the lesser of case rate and charge: {format_cents(claim.charge_cents())}"
            return LinePrice(
                claim.charge_cents(), (*because, Because(text, contract.cite(terms, rule.where)))
            )
        return LinePrice(cents, because)
    return LinePrice(None, (Because(f"not priced: the contract has no case rate for DRG {drg}"),))


def _rate(rule: CaseRule, drg: str) -> tuple[Cents, str] | None:
    if drg in rule.rates:
        cents = rule.rates[drg]
        return cents, f"case rate for DRG {drg}: {format_cents(cents)}"
    if drg in rule.weights:
        weight = rule.weights[drg]
        cents = (rule.base_cents * weight + _WEIGHT_UNIT // 2) // _WEIGHT_UNIT
        shown = f"{weight // _WEIGHT_UNIT}.{weight % _WEIGHT_UNIT:04d}"
        return cents, f"base rate {format_cents(rule.base_cents)} times the weight {shown} of DRG {drg}"
    return None
