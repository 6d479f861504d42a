"""SNIP type 4 of the institutional claim: what the type of bill asks for."""

from __future__ import annotations

from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case, Rule
from cleanclaim.x12.rules.rules_837 import SHARED_RULES, settle_values
from cleanclaim.x12.rules.rules_837_supplies import screening
from cleanclaim.x12.syntax.formats import day, first_day, last_day
from cleanclaim.x12.syntax.reader import Segment

_INPATIENT = frozenset({"11", "12", "18", "21", "41"})
_STAYS = frozenset({"11", "18", "21", "41"})
_VISITS = frozenset({"13", "78", "85"})
_EMERGENCY_ROOM = "045"
_UNSCHEDULED = frozenset({"0516", "0526", "0762"})
_RATED = frozenset({"0022", "0023", "0024"})
_ADD = "add it"


def admission(claim: Instance, case: Case) -> None:
    """Source: TR3 X223A2 2300 DTP*435, CL101 and HI*ABJ: required on inpatient claims."""
    if claim.value("CLM", 5, 1) not in _STAYS:
        return
    clm = claim.opener()
    if "DTP435" not in claim.at:
        case.say(4, "ADMISSION-DATE", "an inpatient bill has no admission date", _ADD, clm, "DTP03", "2300")
    if not claim.value("CL1", 1):
        case.say(4, "ADMISSION-TYPE", "an inpatient bill has no admission type", _ADD, clm, "CL101", "2300")
    if "HIABJ" not in claim.at:
        case.say(
            4, "ADMITTING-DIAGNOSIS", "an inpatient bill has no admitting diagnosis", _ADD, clm, "HI", "2300"
        )


def discharge(claim: Instance, case: Case) -> None:
    """Source: TR3 X223A2 2300 DTP*096 and CL103: a final inpatient bill has an hour of discharge."""
    facility, frequency = claim.value("CLM", 5, 1), claim.value("CLM", 5, 3)
    status = claim.value("CL1", 3)
    if facility in _STAYS and frequency in {"1", "4"} and status != "30" and "DTP096" not in claim.at:
        case.say(
            4,
            "DISCHARGE-HOUR",
            "a final inpatient bill has no discharge hour",
            _ADD,
            claim.opener(),
            "DTP03",
            "2300",
        )
    if facility in _STAYS and frequency in {"2", "3"} and status not in {"", "30"}:
        case.say(
            4,
            "DISCHARGE-STATUS",
            "the bill says that the stay goes on (frequency 2 or 3), the discharge status says that it ended",
            "say 30, still a patient, or correct the frequency",
            claim.at["CL1"],
            "CL103",
            "2300",
        )


def attending(claim: Instance, case: Case) -> None:
    """Source: TR3 X223A2 2310A: required unless all is non-scheduled transport."""
    if claim.one("2310A") is not None:
        return
    revenue = {line.value("SV2", 1)[:3] for line in claim.below("2400")}
    if revenue != {"054"}:
        case.say(
            4, "ATTENDING-MISSING", "the attending provider is missing", _ADD, claim.opener(), "NM1", "2310A"
        )


def operating(claim: Instance, case: Case) -> None:
    """Source: TR3 X223A2 2310B: required where a surgical procedure code is listed; 2310C needs 2310B."""
    if claim.one("2310C") is not None and claim.one("2310B") is None:
        case.say(
            4,
            "OPERATING-MISSING",
            "another operating physician is named, but not the operating physician",
            _ADD,
            claim.opener(),
            "NM1",
            "2310B",
        )


def statement(claim: Instance, case: Case) -> None:
    """Source: sense of the dates: admission and lines lie where the statement allows."""
    span = claim.at.get("DTP434")
    if span is None:
        return
    began, ended = first_day(span.get(3)), last_day(span.get(3))
    if began is None or ended is None:
        return
    admitted = day(claim.value("DTP435", 3)[:8])
    if admitted is not None and admitted > ended:
        _order(case, claim.at["DTP435"], "the admission comes after the statement period", "2300")
    if case.written_on is not None and ended > case.written_on:
        case.say(
            4,
            "DATE-FUTURE",
            "the statement period ends after the file was written",
            "correct the date",
            span,
            "DTP03",
            "2300",
        )
    for line in claim.below("2400"):
        segment = line.at.get("DTP472")
        served = first_day(segment.get(3)) if segment is not None else None
        if segment is not None and served is not None and served > ended:
            number = line.opener().get(1)[:6]
            _order(case, segment, f"line {number} was rendered after the statement period", "2400")


def drg(claim: Instance, case: Case) -> None:
    """Source: TR3 X223A2 2300 HI*DR: a DRG is told on inpatient bills only."""
    if "HIDR" in claim.at and claim.value("CLM", 5, 1) not in _INPATIENT:
        case.say(
            4,
            "DRG-OUTPATIENT",
            "a DRG stands on a bill that is no inpatient bill",
            "leave it out, or correct the type of bill",
            claim.at["HIDR"],
            "HI01",
            "2300",
        )


def procedures(claim: Instance, case: Case) -> None:
    """Source: TR3 X223A2 2300 HI*BBR and HI*BBQ: a procedure has its day; others need a principal one."""
    if "HIBBQ" in claim.at and "HIBBR" not in claim.at:
        case.say(
            4,
            "PRINCIPAL-PROCEDURE",
            "other procedures are listed without a principal procedure",
            "list the first one as principal",
            claim.at["HIBBQ"],
            "HI01",
            "2300",
        )


def reason_for_visit(claim: Instance, case: Case) -> None:
    """Source: TR3 X223A2 2300 HI*APR; NUBC FL 70: unscheduled outpatient visits tell why the patient came.

    An unscheduled visit is type of bill 013x, 078x or 085x, admission type 1, 2 or 5, with a line of emergency
    room, urgent care or observation (revenue 045x, 0516, 0526, 0762).
    """
    if claim.value("CLM", 5, 1) not in _VISITS or claim.value("CL1", 1) not in {"1", "2", "5"}:
        return
    unscheduled = any(
        line.value("SV2", 1)[:3] == _EMERGENCY_ROOM or line.value("SV2", 1) in _UNSCHEDULED
        for line in claim.below("2400")
    )
    if unscheduled and claim.first("HIAPR", "HIPR") is None:
        case.say(
            4,
            "REASON-FOR-VISIT",
            "an unscheduled outpatient visit does not tell the patient's reason for it (HI*APR)",
            _ADD,
            claim.opener(),
            "HI",
            "2300",
        )


def rate_codes(claim: Instance, case: Case) -> None:
    """Source: TR3 X223A2 2400 SV202-1; NUBC FL 44: revenue codes 0022 to 0024 carry a HIPPS rate code (HP)."""
    for line in claim.below("2400"):
        service = line.at.get("SV2")
        if service is None or not service.get(2):
            continue
        rated, kind = service.get(1) in _RATED, service.component(2, 1)
        if rated is not (kind == "HP"):
            number = line.opener().get(1)[:6]
            case.say(
                4,
                "RATE-CODE",
                f"line {number} has a HIPPS rate code (HP) under a revenue code that has none"
                if kind == "HP"
                else f"line {number} is billed by a HIPPS rate, but its code is sent as something else (SV202-1)",
                "send HP with revenue codes 0022, 0023 and 0024 and with no other",
                service,
                "SV202",
                "2400",
            )


def _order(case: Case, segment: Segment, words: str, loop: str) -> None:
    case.say(4, "DATE-ORDER", words, "correct one of the dates", segment, "DTP03", loop)


INSTITUTIONAL_RULES: tuple[Rule, ...] = (
    *SHARED_RULES,
    admission,
    discharge,
    attending,
    operating,
    statement,
    drg,
    procedures,
    reason_for_visit,
    rate_codes,
    screening,
    settle_values,
)
