"""Which rules judge which loop of which set, run when the loop ends; "" is the transaction set itself."""

from __future__ import annotations

from cleanclaim.x12.guide.guide_specs import GuideSpec
from cleanclaim.x12.judging.packs import payer_demands
from cleanclaim.x12.rules import rules_835, rules_answers, rules_eligibility, rules_status
from cleanclaim.x12.rules.rule import Rule
from cleanclaim.x12.rules.rules_837 import DENTAL_RULES, PROFESSIONAL_RULES, settle_values
from cleanclaim.x12.rules.rules_837_money import balances
from cleanclaim.x12.rules.rules_837i import INSTITUTIONAL_RULES
from cleanclaim.x12.rules.rules_review import REVIEW_RULES

_RULES: dict[str, dict[str, tuple[Rule, ...]]] = {
    "837P": {"2300": (*PROFESSIONAL_RULES, payer_demands)},
    "837I": {"2300": (*INSTITUTIONAL_RULES, payer_demands)},
    "837D": {"2300": DENTAL_RULES},
    "835": {
        "1000B": rules_835.HEADING_RULES,
        "2100": rules_835.CLAIM_RULES,
        "": rules_835.PAYMENT_RULES,
    },
    "999": {"2000": rules_answers.SET_RULES, "": rules_answers.GROUP_RULES},
    "TA1": {"": rules_answers.INTERCHANGE_RULES},
    "270": rules_eligibility.INQUIRY_RULES,
    "271": rules_eligibility.ANSWER_RULES,
    "276": rules_status.INQUIRY_RULES,
    "277": rules_status.REPORT_RULES,
    "278": REVIEW_RULES,
    "277CA": {
        "2200B": rules_status.ACKNOWLEDGEMENT_RULES,
        "2200C": rules_status.ACKNOWLEDGEMENT_RULES,
        "2220D": rules_status.ACKNOWLEDGEMENT_RULES,
        "2200D": (*rules_answers.CLAIM_RULES, *rules_status.ACKNOWLEDGEMENT_RULES),
        "2000C": (rules_answers.provider_counts,),
        "2000B": (rules_answers.receiver_counts,),
    },
}
_LIGHT: dict[str, dict[str, tuple[Rule, ...]]] = {"837P": {"2300": (balances, settle_values)}}


def rules_of(guide: GuideSpec) -> dict[str, tuple[Rule, ...]]:
    """The rules of a guide by loop. A light guide has sums and values only; what it has not, waits for the end."""
    return (_LIGHT if guide.light else _RULES).get(guide.name, {})
