"""The evaluation and management code of a visit: which family, which level, by decision making or time."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from cleanclaim.claims.encounter import Setting
from cleanclaim.coding.candidates import Candidates
from cleanclaim.coding.decision_making import LEVELS, decide
from cleanclaim.coding.demographics import age_in_months
from cleanclaim.coding.lexicon import evaluation
from cleanclaim.coding.picks import Pick
from cleanclaim.coding.records import LevelElement, VisitLevel
from cleanclaim.coding.services import Service
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import word_set
from cleanclaim.kernel.because import Because, Citation

_MINUTES = frozenset(("minute", "min"))
_VISIT_SECTIONS = word_set(
    "hpi exam assessment assessment_plan plan chief_complaint ed_course hospital_course diagnosis impression"
)


def visit_level(
    note: Note,
    setting: Setting,
    picks: list[Pick],
    candidates: Candidates,
    services: tuple[Service, ...],
) -> tuple[VisitLevel | None, tuple[Because, ...]]:
    """The visit's level, or None with the reason why the note is no such visit."""
    table = evaluation()
    if note.kind in table["none_for"]:
        return None, (_why(f"a {note.kind} note is no evaluation and management visit"),)
    if not _is_visit(note, picks):
        return None, (_why("the note documents no history, examination or assessment"),)
    if note.kind == "newborn":
        return _newborn(note, table), ()
    if note.kind == "discharge":
        return _discharge(note, table), ()
    if note.kind == "preventive" and any(pick.code.startswith("Z00") for pick in picks):
        return _preventive(note, candidates, services, table)
    if _only_a_procedure(note, picks, candidates, services):
        text = "a minor procedure includes the decision for it, and nothing separate is documented"
        return None, (_why(text),)
    return _by_grid(note, setting, picks, candidates, services, table), ()


def _is_visit(note: Note, picks: list[Pick]) -> bool:
    kinds = {section.kind for section in note.sections}
    told = bool(kinds & _VISIT_SECTIONS or picks) or len(note.words.forms) >= 30
    return len(note.words.forms) >= 12 and told


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
    note: Note,
    setting: Setting,
    picks: list[Pick],
    candidates: Candidates,
    services: tuple[Service, ...],
    table: dict[str, Any],
) -> VisitLevel:
    grid = decide(note, picks, candidates, services)
    parts = (grid.problems, grid.data, grid.risk)
    if setting is Setting.ED or note.kind == "emergency":
        code = table["emergency"][grid.level]
        because = (_why("emergency visits are levelled by decision making only, new or not"),)
        return VisitLevel(code, grid.level, "mdm", parts, because, _modifiers(services))
    if note.kind == "inpatient" or setting is Setting.INPATIENT:
        first = "history and physical" in note.text[:400].lower() or "admission" in note.text[:400].lower()
        code = table["initial_hospital" if first else "subsequent_hospital"][grid.level]
        return VisitLevel(code, grid.level, "mdm", parts, (_why("hospital care by decision making"),))
    new, status = _patient_status(candidates)
    name = "new" if new else "established"
    codes: dict[str, str] = table["office"][name]
    by_mdm = VisitLevel(codes[grid.level], grid.level, "mdm", (*parts, status), (_grid_reason(grid.level),))
    chosen = _by_time(note, table["office"], name, codes, by_mdm)
    modifiers = _modifiers(services)
    if note.kind == "telehealth":
        modifiers = (*modifiers, "95")
        reason = _why("a visit by audio and video takes modifier 95 where the payer asks for it")
        chosen = evolve(chosen, because=(*chosen.because, reason))
    return evolve(chosen, modifiers=modifiers)


def _by_time(
    note: Note, table: dict[str, Any], name: str, codes: dict[str, str], by_mdm: VisitLevel
) -> VisitLevel:
    found = total_minutes(note)
    if found is None:
        return by_mdm
    minutes, span = found
    reached = [level for level in LEVELS if table[f"minutes_{name}"][codes[level]] <= minutes]
    if not reached or LEVELS.index(reached[-1]) <= LEVELS.index(by_mdm.level):
        return by_mdm
    level = reached[-1]
    element = LevelElement("time", level, f"{minutes} minutes on the day of the visit", (span,))
    reason = _why(f"the time stated reaches {codes[level]}, which is higher than by decision making")
    return VisitLevel(codes[level], level, "time", (element, *by_mdm.elements), (reason,))


def total_minutes(note: Note) -> tuple[int, Span] | None:
    """The total time of the visit that the note states, in minutes, with its words.

    Only a statement of total or spent time counts; minutes of a treatment or of waiting do not.
    """
    forms = note.words.forms
    for place, form in enumerate(forms):
        if form not in _MINUTES or not place or not forms[place - 1].isdecimal():
            continue
        number = int(forms[place - 1][:4])
        low, high = max(0, place - 14), place + 14
        near = forms[low:high]
        section = note.section_at(place).kind
        total = "total" in near and ("time" in near or "spent" in near)
        if (total or "spent" in near or section == "time") and 5 <= number <= 240:
            if {"counseling", "cessation"} <= set(near) and not total:
                continue
            return number, note.words_span(place - 1, place + 1)
    return None


def _patient_status(candidates: Candidates) -> tuple[bool, LevelElement]:
    new = [m for m in candidates.concept("new_patient") if m.affirmed]
    old = [m for m in candidates.concept("established_patient") if m.affirmed]
    if new and (not old or new[0].first < old[0].first):
        return True, LevelElement("patient", "", "new patient, as the note says", (new[0].span,))
    if old:
        return False, LevelElement("patient", "", "established patient, as the note says", (old[0].span,))
    return False, LevelElement("patient", "", "the note does not say new; taken as established", ())


def _preventive(
    note: Note, candidates: Candidates, services: tuple[Service, ...], table: dict[str, Any]
) -> tuple[VisitLevel | None, tuple[Because, ...]]:
    age = age_in_months(note)
    if age is None:
        return None, (_why("a preventive visit is coded by age, and the note states none"),)
    months, span = age
    new, status = _patient_status(candidates)
    code = next(
        code
        for years, code in reversed(table["preventive"]["new" if new else "established"])
        if months >= years * 12
    )
    element = LevelElement(
        "age", "", f"{months // 12} years" if months >= 24 else f"{months} months", (span,)
    )
    because = (_why("a preventive visit is coded by age and by new or established"),)
    return VisitLevel(code, "preventive", "mdm", (element, status), because, _modifiers(services)), ()


def _newborn(note: Note, table: dict[str, Any]) -> VisitLevel:
    place = next((i for i, form in enumerate(note.words.forms) if form == "newborn"), 0)
    element = LevelElement(
        "patient", "", "initial care of a normal newborn in hospital", (note.words_span(place, place + 1),)
    )
    return VisitLevel(
        table["newborn"]["initial"], "newborn", "mdm", (element,), (_why("first day of newborn care"),)
    )


def _discharge(note: Note, table: dict[str, Any]) -> VisitLevel:
    row = table["discharge"]
    found = total_minutes(note)
    long = found is not None and found[0] >= row["long_minutes"]
    elements = (LevelElement("time", "", f"{found[0]} minutes", (found[1],)),) if found else ()
    text = "discharge day management, a professional service; the hospital's claim carries no such code"
    return VisitLevel(
        row["long" if long else "usual"], "discharge", "time" if long else "mdm", elements, (_why(text),)
    )


def _modifiers(services: tuple[Service, ...]) -> tuple[str, ...]:
    return ("25",) if any("beside_visit_25" in service.traits for service in services) else ()


def _grid_reason(level: str) -> Because:
    return _why(f"two of problems, data and risk reach {level}")


def _why(text: str) -> Because:
    source = evaluation()["source"]
    return Because(text, Citation(source["source"], source["release"], "medical decision making and time"))
