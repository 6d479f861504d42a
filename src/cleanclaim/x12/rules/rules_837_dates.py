"""SNIP type 4 of the claim sets: dates that follow each other, and the day that governs the codes.

Source of a rule: as in `rules_837`.
"""

from __future__ import annotations

import datetime as dt

from cleanclaim.x12.judging.instances import Instance
from cleanclaim.x12.rules.rule import Case
from cleanclaim.x12.syntax.formats import day, first_day, last_day


def settle_values(claim: Instance, case: Case) -> None:
    """Code values that wait for a day: the last day of service or of the statement governs."""
    days = [last_day(text) for text in _service_texts(claim)]
    known = [item for item in days if item is not None]
    case.values.settle(max(known) if known else case.written_on)


def dates(claim: Instance, case: Case) -> None:
    """Source: sense of the dates: birth, illness, admission, service, discharge and sending follow each other."""
    services = [(line, line.at.get("DTP472")) for line in claim.below("2400")]
    born = _birth(claim)
    written = case.written_on
    for line, segment in services:
        began = first_day(segment.get(3)) if segment is not None else None
        if segment is None or began is None:
            continue
        number = line.opener().get(1)[:6]
        if born is not None and began < born:
            case.say(
                4,
                "DATE-BEFORE-BIRTH",
                f"line {number} was rendered before the patient was born",
                "correct one of the dates",
                segment,
                "DTP03",
                "2400",
            )
        if written is not None and began > written:
            case.say(
                4,
                "DATE-FUTURE",
                f"line {number} was rendered after the file was written",
                "correct the date",
                segment,
                "DTP03",
                "2400",
            )
    _order(claim, case)


def _order(claim: Instance, case: Case) -> None:
    starts = [day(claim.value(key, 3)[:8]) for key in ("DTP431", "DTP435")]
    onset, admitted = starts
    discharged = day(claim.value("DTP096", 3)[:8]) if claim.value("DTP096", 2) == "D8" else None
    served = [first_day(text) for text in _service_texts(claim)]
    known = [item for item in served if item is not None]
    if admitted is not None and discharged is not None and discharged < admitted:
        case.say(
            4,
            "DATE-ORDER",
            "the discharge comes before the admission",
            "correct one of the dates",
            claim.at["DTP096"],
            "DTP03",
            "2300",
        )
    if onset is not None and known and onset > max(known):
        case.say(
            4,
            "DATE-ORDER",
            "the illness began after the last service",
            "correct one of the dates",
            claim.at["DTP431"],
            "DTP03",
            "2300",
        )
    accident_day = day(claim.value("DTP439", 3)[:8])
    if accident_day is not None and known and accident_day > max(known):
        case.say(
            4,
            "DATE-ORDER",
            "the accident came after the last service",
            "correct one of the dates",
            claim.at["DTP439"],
            "DTP03",
            "2300",
        )


def _birth(claim: Instance) -> dt.date | None:
    level = claim.parent
    if level is None:
        return None
    named = level.one("2010CA") or level.one("2010BA")
    if level.spec.id == "2000B" and level.value("SBR", 2) != "18":
        return None
    return day(named.value("DMGD8", 2)) if named is not None else None


def _service_texts(claim: Instance) -> list[str]:
    texts = [claim.value(key, 3) for key in ("DTP434", "DTP472") if key in claim.at]
    for line in claim.kids:
        if line.spec.id == "2400":
            segment = line.at.get("DTP472")
            if segment is not None:
                texts.append(segment.get(3))
    return texts
