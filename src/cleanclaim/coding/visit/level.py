"""The evaluation and management code of a visit: which family, which level, by decision making or time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from attrs import evolve

from cleanclaim.claims.encounter import Setting
from cleanclaim.coding.candidates import Candidates
from cleanclaim.coding.demographics import age_in_months
from cleanclaim.coding.lexicon import evaluation
from cleanclaim.coding.picks import Pick
from cleanclaim.coding.records import LevelElement, VisitLevel
from cleanclaim.coding.services import Service
from cleanclaim.coding.visit.data import data_element
from cleanclaim.coding.visit.grid import LEVELS, DecisionMaking
from cleanclaim.coding.visit.minutes import visit_time
from cleanclaim.coding.visit.patient import patient_status
from cleanclaim.coding.visit.problems import problem_element
from cleanclaim.coding.visit.risk import risk_element
from cleanclaim.coding.visit.service import ServiceKind, service_kind
from cleanclaim.coding.visit.words import Reading, read_visit
from cleanclaim.documents.collector import collector_paused
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set
from cleanclaim.kernel.because import Because, Citation

_VISIT_SECTIONS = word_set(
    "hpi exam assessment assessment_plan plan chief_complaint ed_course hospital_course diagnosis impression"
)
_THERAPISTS = frozenset(("therapist", "therapeutic", "goals", "goal", "dpt", "otr"))
_MISTAKEN = frozenset(("therapy", "dme", "radiology", "lab"))
_FEWEST_WORDS = 12
_VISIT_WORDS = ("preventive_title", "established", "new", "discharge_title", "minor", "low_risk", "otc")
_TITLE = 12
_Found = tuple[VisitLevel | None, tuple[Because, ...]]


def visit_level(
    note: Note,
    setting: Setting,
    on: dt.date,
    picks: list[Pick],
    candidates: Candidates,
    services: tuple[Service, ...],
) -> _Found:
    """The visit's level on its date, or None with the reason why the note is no such visit."""
    with collector_paused():
        return _level(note, setting, on, picks, candidates, services)


def _level(
    note: Note,
    setting: Setting,
    on: dt.date,
    picks: list[Pick],
    candidates: Candidates,
    services: tuple[Service, ...],
) -> _Found:
    table = evaluation()
    reading = read_visit(note)
    if note.kind in table["none_for"] and not _calls_itself_a_visit(reading, setting):
        return None, (_why(f"a {note.kind} note is no evaluation and management visit"),)
    if not _is_visit(reading, setting, picks):
        return None, (_why("the note documents no history, examination or assessment"),)
    kind = service_kind(reading, setting, picks)
    begins = table["levelled_from"]["office" if kind.name == "office" else "other"]
    if on < begins and kind.name not in {"preventive", "discharge", "newborn", "newborn_subsequent"}:
        return None, (
            _why(f"visits of this kind before {begins} were levelled by rules that are not read here"),
        )
    if kind.name in {"newborn", "newborn_subsequent"}:
        return _newborn(kind, table), ()
    if kind.name == "discharge":
        return _discharge(reading, kind, table), ()
    if kind.name == "preventive":
        return _preventive(reading, on, services, table)
    if _only_a_procedure(note, picks, candidates, services):
        text = "a minor procedure includes the decision for it, and nothing separate is documented"
        return None, (_why(text),)
    return _by_grid(reading, setting, on, kind, picks, services, table), ()


def _calls_itself_a_visit(reading: Reading, setting: Setting) -> bool:
    """A visit that sends to therapy or quotes radiology is no such note: its title says what it is."""
    if reading.note.kind not in _MISTAKEN or _THERAPISTS.intersection(reading.forms):
        return False
    if setting is Setting.ED and reading.forms[0] in {"ed", "er"}:
        return True
    names = ("emergency_title",) if setting is Setting.ED else ("established", "new")
    return any(mark.first < _TITLE for name in names for mark in reading.of(name))


def _is_visit(reading: Reading, setting: Setting, picks: list[Pick]) -> bool:
    kinds = {section.kind for section in reading.note.sections}
    words = len(reading.forms)
    told = bool(kinds & _VISIT_SECTIONS or picks) or words >= 20 or setting is not Setting.OUTPATIENT
    told = (
        told or any(True for name in _VISIT_WORDS for _ in reading.of(name)) or "established" in reading.forms
    )
    return words >= _FEWEST_WORDS and told


def _only_a_procedure(
    note: Note, picks: list[Pick], candidates: Candidates, services: tuple[Service, ...]
) -> bool:
    minor = [service for service in services if "minor_procedure" in service.traits]
    if not minor or candidates.concept("separate_em") or candidates.concept("new_patient"):
        return False
    problems = [pick for pick in picks if pick.code[0] not in "VWXYZ"]
    if len(problems) > 1 or any("chronic" in pick.flags for pick in problems):
        return False
    return not any(
        mention.section in {"plan", "assessment", "assessment_plan"} and mention.affirmed
        for mention in candidates.concept("rx")
    )


def _by_grid(
    reading: Reading,
    setting: Setting,
    on: dt.date,
    kind: ServiceKind,
    picks: list[Pick],
    services: tuple[Service, ...],
    table: dict[str, Any],
) -> VisitLevel:
    age = age_in_months(reading.note, on)
    risk = risk_element(reading, setting, kind)
    treated = risk.level in {"moderate", "high"}
    problems = problem_element(reading, picks, treated=treated)
    grid = DecisionMaking(problems, data_element(reading, services, age[0] if age else None), risk)
    reasons = tuple(_why(text) for text in grid.reasons())
    if kind.name == "emergency":
        because = (*reasons, _why("emergency visits are levelled by decision making only, new or not"))
        return VisitLevel(
            table["emergency"][grid.level], grid.level, "mdm", grid.elements, because, _modifiers(services)
        )
    family, status = _family(reading, on, kind)
    codes: dict[str, str] = table["codes"][family]
    by_mdm = VisitLevel(codes[grid.level], grid.level, "mdm", (*grid.elements, *status), reasons)
    chosen = _higher_by_time(reading, minutes_of(table, family, on), codes, by_mdm)
    if kind.name not in {"office", "home"}:
        return chosen
    modifiers = _modifiers(services)
    if reading.note.kind == "telehealth":
        modifiers = (*modifiers, "95")
        reason = _why("a visit by audio and video takes modifier 95 where the payer asks for it")
        chosen = evolve(chosen, because=(*chosen.because, reason))
    return evolve(chosen, modifiers=modifiers)


def _family(reading: Reading, on: dt.date, kind: ServiceKind) -> tuple[str, tuple[LevelElement, ...]]:
    """The family of codes, with the element that chose it."""
    if kind.name in {"office", "home"}:
        new, status = patient_status(reading, on)
        return f"{kind.name}_{'new' if new else 'established'}", (status,)
    words = {"initial_hospital": "initial hospital care", "same_day": "admission and discharge on one day"}
    text = words.get(kind.name, "subsequent hospital care")
    return kind.name, (LevelElement("setting", "", text, kind.spans),)


def minutes_of(table: dict[str, Any], family: str, on: dt.date) -> dict[str, int]:
    """Code -> the least minutes it takes on a date; empty where the family has no time."""
    found: dict[str, int] = {}
    for row in table["minutes"].get(family, ()):
        if row["from"] <= on:
            found = row["least"]
    return found


def _higher_by_time(
    reading: Reading, minutes: dict[str, int], codes: dict[str, str], by_mdm: VisitLevel
) -> VisitLevel:
    stated = visit_time(reading) if minutes else None
    if stated is None:
        return by_mdm
    element = LevelElement("time", "", stated.text, (stated.span,))
    reached = [level for level in LEVELS if minutes[codes[level]] <= stated.minutes]
    if not reached or LEVELS.index(reached[-1]) <= LEVELS.index(by_mdm.level):
        reason = _why(f"{stated.minutes} minutes reach no higher code than decision making does")
        return evolve(by_mdm, elements=(*by_mdm.elements, element), because=(*by_mdm.because, reason))
    level = reached[-1]
    if codes[level] == by_mdm.code:
        return by_mdm
    element = evolve(element, level=level)
    least = minutes[codes[level]]
    reason = _why(f"{stated.minutes} minutes reach {codes[level]} ({least}), higher than by decision making")
    return VisitLevel(
        codes[level], level, "time", (element, *by_mdm.elements), (reason, *_around(minutes, codes, level))
    )


def _around(minutes: dict[str, int], codes: dict[str, str], level: str) -> tuple[Because, ...]:
    above = LEVELS[LEVELS.index(level) + 1 :][:1]
    return tuple(_why(f"{codes[name]} would need {minutes[codes[name]]} minutes") for name in above)


def _preventive(
    reading: Reading, on: dt.date, services: tuple[Service, ...], table: dict[str, Any]
) -> _Found:
    age = age_in_months(reading.note, on)
    if age is None:
        return None, (_why("a preventive visit is coded by age, and the note states none"),)
    months, span = age
    new, status = patient_status(reading, on)
    rows = table["preventive"]["new" if new else "established"]
    code = next(code for years, code in reversed(rows) if months >= years * 12)
    text = f"{months // 12} years" if months >= 24 else f"{months} months"
    element = LevelElement("age", "", text, (span,))
    because = (_why("a preventive visit is coded by age and by new or established"),)
    return VisitLevel(code, "preventive", "mdm", (element, status), because, _modifiers(services)), ()


def _newborn(kind: ServiceKind, table: dict[str, Any]) -> VisitLevel:
    later = kind.name == "newborn_subsequent"
    text = "later care" if later else "initial care"
    element = LevelElement("patient", "", f"{text} of a normal newborn in hospital", kind.spans)
    code = table["newborn"]["subsequent" if later else "initial"]
    return VisitLevel(code, "newborn", "mdm", (element,), (_why("newborn care is coded by day"),))


def _discharge(reading: Reading, kind: ServiceKind, table: dict[str, Any]) -> VisitLevel:
    row = table["discharge"]
    stated = visit_time(reading, discharge=True)
    long = stated is not None and stated.minutes >= row["long_minutes"]
    elements = (LevelElement("time", "", stated.text, (stated.span,)),) if stated else ()
    text = "discharge day management, a professional service; the hospital's claim carries no such code"
    told = f"more than {row['long_minutes'] - 1} minutes must be stated for {row['long']}"
    return VisitLevel(
        row["long" if long else "usual"],
        "discharge",
        "time" if stated else "mdm",
        (*elements, LevelElement("setting", "", "discharge day", kind.spans)),
        (_why(text), _why(told)),
    )


def _modifiers(services: tuple[Service, ...]) -> tuple[str, ...]:
    return ("25",) if any("beside_visit_25" in service.traits for service in services) else ()


def _why(text: str) -> Because:
    source = evaluation()["source"]
    return Because(text, Citation(source["source"], source["release"], "medical decision making and time"))
