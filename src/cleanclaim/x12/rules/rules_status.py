"""Situations and codes of 276, 277 and 277CA (SNIP types 4 and 5), by 005010X212 and 005010X214."""

from __future__ import annotations

from cleanclaim.x12.inquiries.code_words import code_list
from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case, Rule
from cleanclaim.x12.syntax.amounts import parse_amount
from cleanclaim.x12.syntax.formats import day, first_day
from cleanclaim.x12.syntax.reader import Segment

_ASK = "ask the sender to correct it"
_ACCEPTING = frozenset({"A0", "A1", "A2", "A5"})
_DENIED, _PAID = "F2", "F1"
_PLACES = (1, 10, 11)


def claim_asked(claim: Instance, case: Case) -> None:
    """Source: 005010X212 2200D: a trace of its own, a date, and a charge that is one."""
    trace = claim.opener()
    if trace.get(2) in case.seen:
        case.say(
            4,
            "TRACE-REPEATED",
            "this trace number stands twice: its answers could not be told apart",
            "give every claim asked about a number of its own",
            trace,
            "TRN02",
            claim.spec.id,
        )
    case.seen.add(trace.get(2))
    has_lines = any(kid.spec.id.startswith("2210") for kid in claim.kids)
    if "DTP472" not in claim.at and not has_lines:
        case.say(
            4,
            "SERVICE-DATE",
            "neither the claim nor a line has a date of service",
            "give the date of service",
            trace,
            "DTP03",
            claim.spec.id,
        )
    charge = claim.at.get("AMTT3")
    if charge is not None and (parse_amount(charge.get(2)) or 0) < 0:
        case.say(4, "CHARGE-NEGATIVE", "the charge asked about is negative", "correct it", charge, "AMT02")
    _not_ahead(claim, case)


def patient_asked(level: Instance, case: Case) -> None:
    """Source: 005010X212 2000D DMG: a subscriber who is the patient has a birth date."""
    if level.opener().get(4) == "0" and "DMGD8" not in level.at:
        case.say(
            4,
            "PATIENT-BIRTH",
            "the subscriber is the patient, and the birth date (DMG) is missing",
            "add it",
            level.opener(),
            "DMG02",
            level.spec.id,
        )


def _not_ahead(claim: Instance, case: Case) -> None:
    service = claim.at.get("DTP472")
    first = first_day(service.get(3)) if service is not None else None
    if service is not None and first is not None and case.written_on is not None and first > case.written_on:
        case.say(
            4,
            "DATE-FUTURE",
            "the service lies after the day on which the file was written",
            "correct the date",
            service,
            "DTP03",
            claim.spec.id,
        )


def statuses(here: Instance, case: Case) -> None:
    """Source: the lists of STC01-1 and STC01-2, and 005010X212 STC05: denied and paid exclude each other."""
    for stc in here.all("STC"):
        for place in _PLACES:
            if stc.get(place):
                _status_code(stc, place, here, case)
        _dated(stc, here, case)
        paid = parse_amount(stc.get(5)) if case.guide.name == "277" else None
        if paid is not None and paid > 0 and stc.component(1, 1) == _DENIED:
            case.say(
                4,
                "PAID-AND-DENIED",
                "the claim is denied (F2), yet an amount is paid (STC05)",
                _ASK,
                stc,
                "STC05",
            )
        if paid == 0 and stc.component(1, 1) == _PAID:
            case.say(
                4,
                "PAID-NOTHING",
                "the claim is told as paid (F1), and nothing was (STC05)",
                _ASK,
                stc,
                "STC05",
                severity="warning",
            )


def _status_code(stc: Segment, place: int, here: Instance, case: Case) -> None:
    category, status = stc.component(place, 1), stc.component(place, 2)
    element = f"STC{place:02d}"
    if category and category not in code_list("status-category"):
        case.say(
            5,
            "STATUS-CATEGORY",
            f"{category[:4]!r} is no category of claim status"
            if category.isalnum()
            else "the category is none",
            _ASK,
            stc,
            f"{element}-1",
            here.spec.id,
        )
    if (
        status
        and stc.component(place, 4) != "RX"
        and not (status.isascii() and status.isdigit() and len(status) < 4)
    ):
        case.say(
            5,
            "STATUS-CODE",
            "the claim status is no number of its list",
            _ASK,
            stc,
            f"{element}-2",
            here.spec.id,
        )


def _dated(stc: Segment, here: Instance, case: Case) -> None:
    told = day(stc.get(2)) if stc.get(2) else None
    if told is not None and case.written_on is not None and told > case.written_on:
        case.say(
            4,
            "DATE-FUTURE",
            "the status holds from a day after the file was written",
            _ASK,
            stc,
            "STC02",
            here.spec.id,
            severity="warning",
        )


def acknowledged(here: Instance, case: Case) -> None:
    """Source: 005010X214 STC01-1, STC03: a 277CA accepts or rejects, and its action says the same."""
    statuses(here, case)
    for stc in here.all("STC"):
        category = stc.component(1, 1)
        if category in code_list("status-category") and not category.startswith(("A", "E")):
            case.say(
                4,
                "CATEGORY",
                "a 277CA accepts or rejects: its category (STC01-1) begins with A",
                _ASK,
                stc,
                "STC01-1",
                here.spec.id,
            )
        if stc.get(3) == "U" and category in _ACCEPTING:
            case.say(
                4,
                "ACTION",
                "the claim is rejected (STC03 is U) under a category that accepts",
                _ASK,
                stc,
                "STC03",
                here.spec.id,
            )


INQUIRY_RULES: dict[str, tuple[Rule, ...]] = {
    "2000D": (patient_asked,),
    "2200D": (claim_asked,),
    "2200E": (claim_asked,),
}
REPORT_RULES: dict[str, tuple[Rule, ...]] = dict.fromkeys(
    ("2200B", "2200C", "2200D", "2200E", "2220D", "2220E"), (statuses,)
)
ACKNOWLEDGEMENT_RULES: tuple[Rule, ...] = (acknowledged,)
