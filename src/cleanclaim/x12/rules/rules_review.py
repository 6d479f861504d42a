"""Situations of 278 (SNIP type 4), by 005010X217: a request asks, an answer decides and gives the number to quote."""

from __future__ import annotations

from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case, Rule
from cleanclaim.x12.rules.rules_eligibility import refusals, trace_origin

_ASK = "ask the sender to correct it"
_ANSWER = "11"
_CERTIFIED = frozenset({"A1", "A2", "A6"})
_ABOUT_AN_EARLIER = frozenset({"3", "4", "R", "S"})
_ADMISSION = "AR"


def event(here: Instance, case: Case) -> None:
    """Source: 005010X217 2000E: HCR and AAA belong to the answer; what changes an earlier review names it."""
    if _purpose(here) == _ANSWER:
        _answered(here, case)
    else:
        _asked(here, case)
    trace_origin(here, case)
    refusals(here, case)


def service(here: Instance, case: Case) -> None:
    """Source: 005010X217 2000F."""
    if "HCR" in here.at:
        case.sums["decided"] = case.sums.get("decided", 0) + 1
        if _purpose(here) != _ANSWER:
            _decision_in_request(here, case)
    _numbered(here, case)
    trace_origin(here, case)
    refusals(here, case)


def _purpose(here: Instance) -> str:
    top = here
    while top.parent is not None:
        top = top.parent
    return top.value("BHT0007", 2)


def _answered(here: Instance, case: Case) -> None:
    below = case.sums.pop("decided", 0)
    decided = "HCR" in here.at or "AAAN" in here.at or below
    if not decided and not any("AAAN" in kid.at for kid in here.kids):
        case.say(
            4,
            "NO-DECISION",
            "the answer neither decides (HCR) nor says why it cannot (AAA)",
            _ASK,
            here.opener(),
            "HCR01",
            here.spec.id,
        )
    _numbered(here, case)


def _asked(here: Instance, case: Case) -> None:
    if "HCR" in here.at:
        _decision_in_request(here, case)
    kind = here.value("UMAR", 2)
    if kind in _ABOUT_AN_EARLIER and "REFBB" not in here.at:
        case.say(
            4,
            "PREVIOUS-NUMBER",
            f"a request of kind {kind} (UM02) is about an earlier review, whose number (REF*BB) is missing",
            "add the number of the earlier review",
            here.at["UMAR"],
            "REF02",
            here.spec.id,
        )
    if here.value("UMAR", 1) == _ADMISSION and "DTP435" not in here.at:
        case.say(
            4,
            "ADMISSION-DATE",
            "a review of an admission has no admission date (DTP*435)",
            "add it",
            here.at["UMAR"],
            "DTP03",
            here.spec.id,
        )


def _decision_in_request(here: Instance, case: Case) -> None:
    case.say(
        4,
        "DECISION-IN-REQUEST",
        "a request holds a decision (HCR), which only an answer gives",
        "leave it out",
        here.at["HCR"],
        "HCR01",
        here.spec.id,
    )


def _numbered(here: Instance, case: Case) -> None:
    """A certified event has its number; a service has its own or that of its event."""
    hcr = here.at.get("HCR")
    above = here.above("2000E")
    number = (hcr.get(2) if hcr is not None else "") or (above.value("HCR", 2) if above is not None else "")
    if hcr is not None and hcr.get(1) in _CERTIFIED and not number:
        case.say(
            4,
            "REVIEW-NUMBER",
            "the service is certified, and the number to quote (HCR02) is missing",
            _ASK,
            hcr,
            "HCR02",
            here.spec.id,
        )
    if hcr is not None and hcr.get(1) == "A3" and not hcr.get(3):
        case.say(
            4,
            "REVIEW-REASON",
            "the service is not certified, and no reason is given (HCR03)",
            _ASK,
            hcr,
            "HCR03",
            here.spec.id,
            severity="warning",
        )


REVIEW_RULES: dict[str, tuple[Rule, ...]] = {
    "2000F": (service,),
    "2000E": (event,),
    "2000A": (refusals,),
    "2010A": (refusals,),
    "2010B": (refusals,),
    "2010C": (refusals,),
    "2010D": (refusals,),
}
