"""Which of a plan's denial rules meets a line."""

from __future__ import annotations

from cleanclaim.claims.claim import AnyClaim, InstitutionalClaim
from cleanclaim.claims.line import ServiceLine
from cleanclaim.payersim.plan import DenialRule, Plan


def kind_of(claim: AnyClaim) -> str:
    """professional, outpatient or inpatient."""
    if isinstance(claim, InstitutionalClaim):
        return "inpatient" if claim.is_inpatient() else "outpatient"
    return "professional"


def first_denial(line: ServiceLine, claim: AnyClaim, plan: Plan) -> DenialRule | None:
    """The first rule of the plan that refuses the line, or some of its units; None when none does."""
    return next((rule for rule in plan.denials if _meets(rule, line, claim, plan)), None)


def _meets(rule: DenialRule, line: ServiceLine, claim: AnyClaim, plan: Plan) -> bool:
    return (
        rule.period.contains(line.service_date)
        and (not rule.claims or kind_of(claim) in rule.claims)
        and (not rule.codes or rule.codes.holds(line.code))
        and (not rule.revenue_codes or rule.revenue_codes.holds(line.revenue_code))
        and _meets_modifiers(rule, line)
        and _meets_claim(rule, line, claim)
        and (not rule.without_authorization or not _authorized(line, claim, plan))
        and (rule.units_over is None or line.units > rule.units_over)
    )


def _meets_modifiers(rule: DenialRule, line: ServiceLine) -> bool:
    present = set(line.modifiers)
    if rule.modifiers and not present & set(rule.modifiers):
        return False
    return not (rule.without_modifiers and present & set(rule.without_modifiers))


def _meets_claim(rule: DenialRule, line: ServiceLine, claim: AnyClaim) -> bool:
    codes = _diagnoses(claim)
    place = line.place_of_service or getattr(claim, "place_of_service", "")
    others = [each.code for each in claim.lines if each is not line]
    return (
        (not rule.places or place in rule.places)
        and (not rule.diagnoses or any(rule.diagnoses.holds(code) for code in codes))
        and (not rule.without_diagnoses or not any(rule.without_diagnoses.holds(code) for code in codes))
        and (not rule.with_codes or any(rule.with_codes.holds(code) for code in others))
    )


def _diagnoses(claim: AnyClaim) -> list[str]:
    if isinstance(claim, InstitutionalClaim):
        return [item.code for item in claim.all_diagnoses()]
    return [item.code for item in claim.diagnoses]


def _authorized(line: ServiceLine, claim: AnyClaim, plan: Plan) -> bool:
    number = line.authorization_number or claim.authorization_number
    return bool(number) and (not plan.authorizations or number in plan.authorizations)
