"""SNIP type 4 of the claim sets: what must be there because of something else that is there.

Every rule is a function of one claim with its source behind ``Source:``; TR3 means the situational rule of the
named loop and segment in the claim guides 005010X222A1, X223A2 and X224A2.
"""

from __future__ import annotations

from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case, Rule
from cleanclaim.x12.rules.rules_837_dates import dates, settle_values
from cleanclaim.x12.rules.rules_837_lines import amounts, control_numbers, line_numbers, pointers
from cleanclaim.x12.rules.rules_837_money import balances
from cleanclaim.x12.rules.rules_837_parties import (
    billing_number,
    facility,
    member_number,
    referring,
    same_provider,
    subscriber,
)
from cleanclaim.x12.rules.rules_837_payers import medicare_second, other_payers
from cleanclaim.x12.rules.rules_837_supplies import (
    certification,
    line_transport,
    passed_over,
    prior_placement,
    purchased,
    screening,
)

_ADD = "add it"
_MOST_CLAIMS = 5_000
_NUMBER_KEPT = 20


def frequency(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 CLM05-3 and REF*F8, required where 7 or 8 is sent."""
    code = claim.value("CLM", 5, 3)
    if code in {"7", "8"} and "REFF8" not in claim.at:
        kind = "replacement" if code == "7" else "void"
        case.say(
            4,
            "FREQUENCY-REF",
            f"a {kind} (frequency {code}) does not name the claim it is about: REF*F8 is missing",
            "add the payer's claim control number",
            claim.opener(),
            "REF02",
            "2300",
        )


def accident(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 CLM11-1, CLM11-4 and DTP*439."""
    clm = claim.opener()
    causes = {clm.component(11, 1), clm.component(11, 2)} - {""}
    if causes & {"AA", "OA"} and "DTP439" not in claim.at:
        case.say(
            4,
            "ACCIDENT-DATE",
            "the claim tells an accident but not its day (DTP*439)",
            _ADD,
            clm,
            "DTP03",
            "2300",
        )
    if "AA" in causes and not clm.component(11, 4) and not clm.component(11, 5):
        case.say(
            4,
            "ACCIDENT-STATE",
            "the claim tells a motor accident but not its state (CLM11-4)",
            _ADD,
            clm,
            "CLM11-4",
            "2300",
        )


def admission(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 DTP*435: required on professional claims for inpatient visits."""
    if claim.value("CLM", 5, 1) in {"21", "51"} and "DTP435" not in claim.at:
        case.say(
            4,
            "ADMISSION-DATE",
            "the patient was an inpatient (place of service 21 or 51), but the admission date is missing",
            _ADD,
            claim.opener(),
            "DTP03",
            "2300",
        )


def ambulance(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 CR1, 2310E, 2310F: a transport has a place of pick-up and one of drop-off."""
    transport = claim.at.get("CR1LB")
    if transport is None:
        return
    lines = list(claim.below("2400"))
    for name, line_name, words in (("2310E", "2420G", "pick-up"), ("2310F", "2420H", "drop-off")):
        if claim.one(name) is None and not all(line.one(line_name) is not None for line in lines):
            case.say(
                4,
                "AMBULANCE-PLACE",
                f"an ambulance transport has no {words} address",
                _ADD,
                transport,
                "NM1",
                name,
            )


def attachments(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 and 2400 PWK05, PWK06: an attachment sent by another way has a control number."""
    for loop in (claim, *claim.below("2400")):
        for segment in loop.all("PWK"):
            if segment.get(2) in {"BM", "EL", "EM", "FT", "FX"} and not segment.get(6):
                case.say(
                    4,
                    "ATTACHMENT-NUMBER",
                    "an attachment sent apart has no control number (PWK06)",
                    _ADD,
                    segment,
                    "PWK06",
                    loop.spec.id,
                )


def claim_number(claim: Instance, case: Case) -> None:
    """Source: TR3 2300 CLM01, unique for its patient: one claim stands in a file once."""
    holder = claim.above("2000B")
    named = holder.one("2010BA") if holder is not None else None
    member = named.value("NM1IL", 9) if named is not None else ""
    key = f"{claim.value('CLM', 1)}/{member}/{claim.value('CLM', 2)}"
    if key in case.seen:
        case.say(
            4,
            "CLAIM-TWICE",
            "another claim of this transaction set has the same number, member and charge",
            "send each claim once, under a number of its own",
            claim.opener(),
            "CLM01",
            "2300",
        )
    case.seen.add(key)


def claim_limits(claim: Instance, case: Case) -> None:
    """Source: TR3 1.3.2 and 2300 CLM01: 5,000 claims in a set, 20 characters of a claim number are kept."""
    count = case.sums["claims"] = case.sums.get("claims", 0) + 1
    if count == _MOST_CLAIMS + 1:
        case.say(
            4,
            "MANY-CLAIMS",
            f"there are more than {_MOST_CLAIMS} claims in this transaction set, which receivers need not take",
            "send them in several sets",
            claim.opener(),
            "CLM",
            "2300",
            "warning",
        )
    if len(claim.value("CLM", 1)) > _NUMBER_KEPT:
        case.say(
            4,
            "CLAIM-NUMBER-LONG",
            f"the claim's number has more than {_NUMBER_KEPT} characters, which payers need not give back",
            "give it a shorter number",
            claim.opener(),
            "CLM01",
            "2300",
            "warning",
        )


_COMMON: tuple[Rule, ...] = (
    balances,
    frequency,
    pointers,
    subscriber,
    member_number,
    accident,
    other_payers,
    medicare_second,
    billing_number,
    attachments,
    line_numbers,
    control_numbers,
    claim_number,
    claim_limits,
    amounts,
    dates,
    facility,
    passed_over,
)
PROFESSIONAL_RULES: tuple[Rule, ...] = (
    *_COMMON,
    admission,
    same_provider,
    referring,
    ambulance,
    line_transport,
    certification,
    purchased,
    screening,
    settle_values,
)
DENTAL_RULES: tuple[Rule, ...] = (*_COMMON, same_provider, prior_placement, settle_values)
SHARED_RULES = _COMMON

__all__ = ["DENTAL_RULES", "PROFESSIONAL_RULES", "SHARED_RULES", "settle_values"]
