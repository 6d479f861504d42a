"""The evaluation and management code of a visit: which family, which level, by decision making or time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.candidates import Candidates
from cleanclaim.coding.demographics import age_in_months
from cleanclaim.coding.lexicon import evaluation
from cleanclaim.coding.picks import Pick
from cleanclaim.coding.records import LevelElement, VisitLevel
from cleanclaim.coding.services import Service
from cleanclaim.coding.visit.additions import at_a_distance, with_prolonged
from cleanclaim.coding.visit.data import data_element
from cleanclaim.coding.visit.grid import LEVELS, DecisionMaking
from cleanclaim.coding.visit.grounds import Found, modifiers, why
from cleanclaim.coding.visit.minutes import VisitTime, visit_time
from cleanclaim.coding.visit.patient import patient_status
from cleanclaim.coding.visit.places import ServiceKind
from cleanclaim.coding.visit.problems import problem_element
from cleanclaim.coding.visit.risk import risk_element
from cleanclaim.coding.visit.service import service_kind
from cleanclaim.coding.visit.unlevelled import MAKERS, Visit
from cleanclaim.coding.visit.words import Reading, read_visit
from cleanclaim.coding.visit.zones import DECIDED
from cleanclaim.documents.collector import collector_paused
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set
from cleanclaim.kernel.because import Because

_VISIT_SECTIONS = word_set(
    "hpi exam assessment assessment_plan plan chief_complaint ed_course hospital_course diagnosis impression"
)
_THERAPISTS = frozenset(("therapist", "therapeutic", "goals", "goal", "dpt", "otr"))
_MISTAKEN = frozenset(
    ("therapy", "dme", "radiology", "lab", "diagnostic", "test_result", "prescription", "administration")
)
_ADJUSTS = word_set("adjustment adjusted manipulation manipulated subluxation chiropractor cmt thrust")
_RECORDS = frozenset(("diagnostic", "test_result", "prescription", "administration"))
_RECORD_TITLE = 8
_RECORD_WORDS = word_set("report record result results prescription order mar ecg ekg rx administered")
_FEWEST_WORDS = 12
_VISIT_WORDS = ("preventive_title", "established", "new", "discharge_title", "minor", "low_risk", "otc")
_TITLE = 12
_STORY_WORDS = 20
_REPORT_SECTIONS = frozenset(("technique", "comparison", "findings", "study"))
_OPENING = 45


def visit_level(
    note: Note,
    setting: Setting,
    on: dt.date,
    picks: list[Pick],
    candidates: Candidates,
    services: tuple[Service, ...],
) -> Found:
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
) -> Found:
    table = evaluation()
    reading = read_visit(note, [mention.first for pick in picks for mention in pick.mentions])
    if note.kind in table["none_for"] and not _calls_itself_a_visit(reading, setting):
        return None, (why(f"a {note.kind} note is no evaluation and management visit"),)
    if not _is_visit(reading, setting, picks):
        return None, (why("the note documents no history, examination or assessment"),)
    absent = reading.of("no_visit")
    if absent and absent[0].first < _OPENING:
        return None, (why(f'"{reading.span(absent[0]).text}": no visit took place'),)
    kind = service_kind(reading, setting, picks)
    begins = table["levelled_from"]["office" if kind.name == "office" else "other"]
    if on < begins and kind.name not in MAKERS:
        return None, (
            why(f"visits of this kind before {begins} were levelled by rules that are not read here"),
        )
    maker = MAKERS.get(kind.name)
    if maker is not None:
        return maker(Visit(reading, on, kind, services, table))
    if _only_a_procedure(reading, note, picks, candidates, services):
        text = "a minor procedure includes the decision for it, and nothing separate is documented"
        return None, (why(text),)
    return _by_grid(reading, setting, on, kind, picks, services, table), ()


def _calls_itself_a_visit(reading: Reading, setting: Setting) -> bool:
    """A visit that sends to therapy or quotes radiology is no such note: its title says what it is."""
    if reading.note.kind == "chiropractic" and not _ADJUSTS.intersection(reading.forms):
        return any(mark.first < _TITLE for name in ("established", "new") for mark in reading.of(name))
    if reading.note.kind not in _MISTAKEN or _THERAPISTS.intersection(reading.forms):
        return False
    if _is_told(reading):
        return True
    if reading.note.kind in _RECORDS and not _RECORD_WORDS.intersection(reading.forms[:_RECORD_TITLE]):
        return True
    if setting is Setting.ED and reading.forms[0] in {"ed", "er"}:
        return True
    names = ("emergency_title",) if setting is Setting.ED else ("established", "new")
    return any(mark.first < _TITLE for name in names for mark in reading.of(name))


def _is_told(reading: Reading) -> bool:
    """Whether a story with a plan stands where a report would have its technique and findings."""
    kinds = {section.kind for section in reading.note.sections}
    if kinds & _REPORT_SECTIONS or len(reading.forms) < _STORY_WORDS:
        return False
    named = (
        "initial_title",
        "subsequent_title",
        "discharge_title",
        "nursing_title",
        "emergency_title",
        "home_visit",
    )
    if any(mark.first < _TITLE for name in named for mark in reading.of(name)):
        return True
    told = bool(kinds & {"hpi", "chief_complaint", "exam"}) and DECIDED in reading.zones
    return told and reading.note.kind in {"radiology", "dme"}


def _is_visit(reading: Reading, setting: Setting, picks: list[Pick]) -> bool:
    kinds = {section.kind for section in reading.note.sections}
    words = len(reading.forms)
    told = bool(kinds & _VISIT_SECTIONS or picks) or words >= 20 or setting is not Setting.OUTPATIENT
    told = (
        told or any(True for name in _VISIT_WORDS for _ in reading.of(name)) or "established" in reading.forms
    )
    return words >= _FEWEST_WORDS and told


_TO_COME = frozenset(
    ("schedule", "scheduled", "booked", "book", "next", "will", "planned", "upcoming", "later")
)


def _is_planned(reading: Reading) -> bool:
    """Whether the procedure is for another day, so that the decision for it is this visit's work."""
    for mark in reading.of("minor_surgery"):
        first, last = reading.sentence(mark.first)
        if not _TO_COME.intersection(reading.forms[first:last]):
            return False
    return bool(reading.of("minor_surgery"))


def _only_a_procedure(
    reading: Reading, note: Note, picks: list[Pick], candidates: Candidates, services: tuple[Service, ...]
) -> bool:
    minor = [service for service in services if "minor_procedure" in service.traits]
    if (
        not minor
        or _is_planned(reading)
        or candidates.concept("separate_em")
        or candidates.concept("new_patient")
    ):
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
    reasons = tuple(why(text) for text in grid.reasons())
    if kind.name == "emergency":
        because = (*reasons, why("emergency visits are levelled by decision making only, new or not"))
        return VisitLevel(
            table["emergency"][grid.level], grid.level, "mdm", grid.elements, because, modifiers(services)
        )
    family, status = _family(reading, on, kind)
    codes: dict[str, str] = table["codes"][family]
    by_mdm = VisitLevel(codes[grid.level], grid.level, "mdm", (*grid.elements, *status), reasons)
    stated = visit_time(reading) if table["minutes"].get(family) else None
    chosen = _higher_by_time(stated, minutes_of(table, family, on), codes, by_mdm)
    if stated is not None:
        chosen = with_prolonged(chosen, stated.minutes, on, medicare=bool(reading.of("medicare")))
    if kind.name.endswith("consultation"):
        return evolve(
            chosen,
            because=(*chosen.because, why("Medicare takes no consultation codes: there the place decides")),
        )
    if kind.name not in {"office", "home"}:
        return chosen
    return at_a_distance(reading, on, evolve(chosen, modifiers=modifiers(services)))


_FAMILY_WORDS = {
    "initial_hospital": "initial hospital care",
    "same_day": "admission and discharge on one day",
    "subsequent_hospital": "subsequent hospital care",
    "office_consultation": "a consultation: asked for, answered, reported back",
    "hospital_consultation": "a consultation in hospital, asked for by another clinician",
    "nursing_initial": "initial care in a nursing facility",
    "nursing_subsequent": "subsequent care in a nursing facility",
}


def _family(reading: Reading, on: dt.date, kind: ServiceKind) -> tuple[str, tuple[LevelElement, ...]]:
    """The family of codes, with the element that chose it."""
    if kind.name in {"office", "home"}:
        new, status = patient_status(reading, on)
        return f"{kind.name}_{'new' if new else 'established'}", (status,)
    return kind.name, (LevelElement("setting", "", _FAMILY_WORDS[kind.name], kind.spans),)


def minutes_of(table: dict[str, Any], family: str, on: dt.date) -> dict[str, int]:
    """Code -> the least minutes it takes on a date; empty where the family has no time."""
    found: dict[str, int] = {}
    for row in table["minutes"].get(family, ()):
        if row["from"] <= on:
            found = row["least"]
    return found


def _higher_by_time(
    stated: VisitTime | None, minutes: dict[str, int], codes: dict[str, str], by_mdm: VisitLevel
) -> VisitLevel:
    if stated is None or not minutes:
        return by_mdm
    element = LevelElement("time", "", stated.text, (stated.span,))
    reached = [level for level in LEVELS if minutes[codes[level]] <= stated.minutes]
    least_level = LEVELS.index(by_mdm.level) + (not stated.chosen)
    if not reached or LEVELS.index(reached[-1]) < least_level:
        reason = why(f"{stated.minutes} minutes reach no higher code than decision making does")
        return evolve(by_mdm, elements=(*by_mdm.elements, element), because=(*by_mdm.because, reason))
    level = reached[-1]
    if codes[level] == by_mdm.code and not stated.chosen:
        return by_mdm
    element = evolve(element, level=level)
    least = minutes[codes[level]]
    reason = why(f"{stated.minutes} minutes reach {codes[level]} ({least}), {_beyond(level, by_mdm)}")
    return VisitLevel(
        codes[level], level, "time", (element, *by_mdm.elements), (reason, *_around(minutes, codes, level))
    )


def _beyond(level: str, by_mdm: VisitLevel) -> str:
    return "as decision making does" if level == by_mdm.level else "higher than by decision making"


def _around(minutes: dict[str, int], codes: dict[str, str], level: str) -> tuple[Because, ...]:
    above = LEVELS[LEVELS.index(level) + 1 :][:1]
    return tuple(why(f"{codes[name]} would need {minutes[codes[name]]} minutes") for name in above)
