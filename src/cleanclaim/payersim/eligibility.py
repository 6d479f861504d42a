"""What a pretend payer tells about a member when asked: the benefits, as a practice prices with them."""

from __future__ import annotations

import datetime as dt

from cleanclaim.payersim.plan import Plans
from cleanclaim.pricing.benefits import Benefits, Visit


def told_benefits(plans: Plans, payer_id: str, member_id: str, on: dt.date) -> Benefits | None:
    """The member's benefits on a day, or None when the payer does not know or cover the member then."""
    plan = plans.get(payer_id)
    if plan is None or not plan.covers(member_id, on):
        return None
    member = plan.members[member_id]
    visits = tuple(
        Visit(
            kind=rule.kind,
            codes=rule.codes,
            revenue_codes=rule.revenue_codes,
            copay_cents=rule.copay_cents,
            coinsurance_basis_points=rule.coinsurance_basis_points,
            deductible_applies=rule.deductible,
            whole_claim=rule.whole_claim,
        )
        for rule in member.product.rules
    )
    return Benefits(
        deductible_remaining_cents=member.deductible_remaining_cents,
        coinsurance_basis_points=member.product.coinsurance_basis_points,
        visits=visits,
        out_of_pocket_remaining_cents=member.limit_remaining_cents,
        stay_deductible_cents=member.product.stay_deductible_cents,
        source=f"told by {plan.name} for {on}",
    )
