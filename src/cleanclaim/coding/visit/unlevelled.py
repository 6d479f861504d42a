"""Visits that have a code without decision making: by age, by day, by minutes, by who saw the patient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from attrs import frozen

from cleanclaim.coding.records import LevelElement, VisitLevel
from cleanclaim.coding.services import Service
from cleanclaim.coding.visit.ages import visit_age
from cleanclaim.coding.visit.grounds import Found, modifiers, why
from cleanclaim.coding.visit.minutes import critical_minutes, visit_time
from cleanclaim.coding.visit.patient import patient_status
from cleanclaim.coding.visit.places import ServiceKind
from cleanclaim.coding.visit.words import Reading


@frozen
class Visit:
    """What a code without decision making is chosen from."""

    reading: Reading
    on: dt.date
    kind: ServiceKind
    services: tuple[Service, ...]
    table: dict[str, Any]


def preventive(visit: Visit) -> Found:
    """By age and by new or established; None where the note states no age."""
    age = visit_age(visit.reading.note, visit.on)
    if age is None:
        return None, (why("a preventive visit is coded by age, and the note states none"),)
    months, span = age
    new, status = patient_status(visit.reading, visit.on)
    rows = visit.table["preventive"]["new" if new else "established"]
    code = next(code for years, code in reversed(rows) if months >= years * 12)
    text = f"{months // 12} years" if months >= 24 else f"{months} months"
    element = LevelElement("age", "", text, (span,))
    because = (why("a preventive visit is coded by age and by new or established"),)
    return VisitLevel(code, "preventive", "age", (element, status), because, modifiers(visit.services)), ()


def wellness(visit: Visit) -> Found:
    """Medicare's yearly plan: its welcome visit, the first plan, or a later one."""
    which = visit.kind.name.removeprefix("wellness_")
    element = LevelElement("service", "", f"a yearly plan of Medicare, {which}", visit.kind.spans)
    because = (
        why(
            "Medicare's plan is no physical examination: it is coded by its name and by whether one was before"
        ),
        why("the welcome visit is for the first twelve months of Part B, the first plan for the year after"),
    )
    code = visit.table["wellness"][which]
    return VisitLevel(code, "wellness", "kind", (element,), because, modifiers(visit.services)), ()


def newborn(visit: Visit) -> Found:
    """By day of the stay."""
    later = visit.kind.name == "newborn_subsequent"
    text = "later care" if later else "initial care"
    element = LevelElement("patient", "", f"{text} of a normal newborn in hospital", visit.kind.spans)
    code = visit.table["newborn"]["subsequent" if later else "initial"]
    return VisitLevel(code, "newborn", "kind", (element,), (why("newborn care is coded by day"),)), ()


def discharge(visit: Visit) -> Found:
    """By whether more than thirty minutes are stated; from a hospital or a nursing facility."""
    row = visit.table["discharge"][visit.kind.name]
    stated = visit_time(visit.reading, discharge=True)
    long = stated is not None and stated.minutes >= row["long_minutes"]
    elements = (LevelElement("time", "", stated.text, (stated.span,)),) if stated else ()
    text = "discharge day management, a professional service; the hospital's claim carries no such code"
    told = f"more than {row['long_minutes'] - 1} minutes must be stated for {row['long']}"
    level = VisitLevel(
        row["long" if long else "usual"],
        "discharge",
        "time" if stated else "kind",
        (*elements, LevelElement("setting", "", "discharge day", visit.kind.spans)),
        (why(text), why(told)),
    )
    return level, ()


def critical_care(visit: Visit) -> Found:
    """By minutes: a first code, and a second in units beyond it, which CPT and Medicare count differently."""
    stated = critical_minutes(visit.reading)
    if stated is None:
        return None, (why("critical care needs its minutes stated"),)
    row = visit.table["critical_care"]
    medicare = bool(visit.reading.of("medicare"))
    begins = row["medicare_more_from" if medicare else "more_from"]
    units = (stated.minutes - begins) // row["each"] + 1 if stated.minutes >= begins else 0
    because = [why(f"{row['least']} minutes of critical care make {row['first']}, fewer an ordinary visit")]
    because.append(
        why(
            f"{row['more']} begins at {row['more_from']} minutes, for Medicare at {row['medicare_more_from']}"
        )
    )
    element = LevelElement("time", "critical", stated.text, (stated.span,))
    more = ((row["more"], units),) if units else ()
    return VisitLevel(row["first"], "critical", "time", (element,), tuple(because), add_ons=more), ()


def nurse(visit: Visit) -> Found:
    """A visit with staff under a clinician's plan; an injection or a blood draw alone is coded as such."""
    served = visit.reading.of("nurse_service")
    if served or any("vaccine" in service.traits for service in visit.services):
        return None, (
            why("an injection, a vaccine or a blood draw by staff is coded by itself, without a visit"),
        )
    element = LevelElement("service", "", "seen by staff under the plan of a clinician", visit.kind.spans)
    because = (why("a visit that needs no physician has one code, for established patients only"),)
    return VisitLevel(visit.table["nurse_visit"], "minimal", "kind", (element,), because), ()


def emergency_nurse(visit: Visit) -> Found:
    """An emergency visit that no physician was needed for."""
    element = LevelElement("service", "", "no physician was needed", visit.kind.spans)
    code = visit.table["emergency_without_physician"]
    because = (why("an emergency visit that may not need a physician has a code below the levels"),)
    return VisitLevel(code, "minimal", "kind", (element,), because), ()


MAKERS: dict[str, Callable[[Visit], Found]] = {
    "preventive": preventive,
    "wellness_welcome": wellness,
    "wellness_initial": wellness,
    "wellness_subsequent": wellness,
    "newborn": newborn,
    "newborn_subsequent": newborn,
    "discharge": discharge,
    "nursing_discharge": discharge,
    "critical": critical_care,
    "nurse": nurse,
    "emergency_nurse": emergency_nurse,
}
