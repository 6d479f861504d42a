"""The patient's part of what is allowed: deductible, then copay, then coinsurance, up to the yearly limit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from attrs import evolve, frozen

from cleanclaim.kernel.because import Because
from cleanclaim.kernel.money import Cents, format_cents, share_cents
from cleanclaim.kernel.parameters import parameter
from cleanclaim.pricing.benefits import Benefits, Visit


@frozen
class Service:
    """What the share depends on: what was done and what is allowed for it."""

    code: str
    revenue_code: str
    allowed_cents: Cents


@frozen
class Share:
    """The patient's part of one service."""

    deductible_cents: Cents = 0
    copay_cents: Cents = 0
    coinsurance_cents: Cents = 0
    because: tuple[Because, ...] = ()

    def cents(self) -> Cents:
        """All of it."""
        return self.deductible_cents + self.copay_cents + self.coinsurance_cents


class _Left:
    """What is left of deductible, copays and the yearly limit while the lines of a claim go by."""

    def __init__(self, benefits: Benefits) -> None:
        self.deductible = benefits.deductible_remaining_cents
        self.limit = benefits.out_of_pocket_remaining_cents
        self.copays: dict[str, Cents] = {visit.kind: visit.copay_cents for visit in benefits.visits}

    def within_limit(self, cents: Cents) -> Cents:
        """As much of an amount as the yearly limit still lets through, and takes it off."""
        if self.limit is None:
            return cents
        taken = min(cents, self.limit)
        self.limit -= taken
        return taken


def patient_shares(services: Sequence[Service], benefits: Benefits) -> tuple[Share, ...]:
    """The share of each service, in the order of the lines, which is the order the deductible is used up."""
    left = _Left(benefits)
    whole = next(
        (
            visit
            for visit in benefits.visits
            if visit.whole_claim and any(visit.takes(each.code, each.revenue_code) for each in services)
        ),
        None,
    )
    other = Visit(
        "other services", coinsurance_basis_points=benefits.coinsurance_basis_points, deductible_applies=True
    )
    shares = []
    for service in services:
        visit = whole or next(
            (each for each in benefits.visits if each.takes(service.code, service.revenue_code)), other
        )
        shares.append(_share(service, visit, left))
    return tuple(shares)


def for_stay(benefits: Benefits, day: dt.date) -> Benefits:
    """The benefits as they hold for an inpatient stay: only its own deductible, where the plan has one.

    Raises:
        NotLoaded: the deductible is a dated figure and none is known for the day.
    """
    deductible = benefits.stay_deductible_cents
    if deductible is None and benefits.stay_deductible_parameter:
        deductible = int(parameter(benefits.stay_deductible_parameter).on(day))
    if deductible is None:
        return benefits
    return evolve(benefits, deductible_remaining_cents=deductible, coinsurance_basis_points=0, visits=())


def _share(service: Service, visit: Visit, left: _Left) -> Share:
    rest = service.allowed_cents
    deductible = 0
    if visit.deductible_applies:
        deductible = left.within_limit(min(rest, left.deductible))
        left.deductible -= deductible
        rest -= deductible
    copay_due = min(rest, left.copays.get(visit.kind, 0))
    copay = left.within_limit(copay_due)
    if visit.kind in left.copays:
        left.copays[visit.kind] -= copay_due
    rest -= copay
    coinsurance = left.within_limit(share_cents(rest, visit.coinsurance_basis_points))
    parts = [
        f"{name} {format_cents(cents)}"
        for name, cents in (("deductible", deductible), ("copay", copay), ("coinsurance", coinsurance))
        if cents
    ]
    text = f"patient's share as {visit.kind}: {', '.join(parts) or 'nothing'}"
    return Share(deductible, copay, coinsurance, (Because(text),))
