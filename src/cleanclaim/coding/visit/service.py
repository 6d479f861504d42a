"""What kind of service a visit was: preventive, office, emergency, hospital, and which of these."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.demographics import age_in_months
from cleanclaim.coding.picks import Pick
from cleanclaim.coding.visit.places import (
    ServiceKind,
    consultation,
    critical_time,
    medicare_wellness,
    nursing_facility,
)
from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import DECIDED, PAST
from cleanclaim.documents.words import BREAK, COLON, word_set

_TITLE = 60
_OPENING = 160
_OFFICE_TITLE = 12
_NURSE_TITLE = 15
_DISCHARGE_WORDS = 6
_PHYSICAL_TITLE = 6
# A newborn seen in the office was discharged: the visit is a preventive one.
_AFTER_BIRTH = frozenset(("office", "clinic", "discharged"))
_AFTER_BIRTH_WORDS = 30
_CHILD_UNITS = frozenset(("month", "mo", "week", "wk", "year", "yr", "day", "y", "yo", "m", "o"))
_GLUED_AGE = re.compile(r"\d{1,2}(?:yo|y|mo|m)")
_CHECKS = frozenset(("check", "checkup", "wcc", "physical"))
_WELL = word_set("child baby visit check checkup exam girl boy teen adolescent toddler infant care")
_OTHER_CHECK = word_set("bp weight wound cast med suture lab inr glucose post fu of for on after")


def service_kind(reading: Reading, setting: Setting, picks: Iterable[Pick]) -> ServiceKind:
    """The kind: "critical", "emergency", "emergency_nurse", "preventive", "wellness", "nurse", "office", "home",

    "office_consultation", "hospital_consultation", "nursing_initial", "nursing_subsequent", "nursing_discharge",
    "initial_hospital", "subsequent_hospital", "same_day", "discharge", "newborn" or "newborn_subsequent"."""
    kind = reading.note.kind
    critical = critical_time(reading)
    if critical is not None:
        return ServiceKind("critical", (critical.span,))
    outpatient = setting is Setting.OUTPATIENT and _names_the_patient(reading)
    emergency = kind == "emergency" and setting is not Setting.INPATIENT and not outpatient
    if setting is Setting.ED or (emergency and not _is_of_an_office(reading, setting)):
        absent = reading.of("physician_absent") if _STAFF.intersection(reading.forms) else []
        name = "emergency_nurse" if absent else "emergency"
        return ServiceKind(name, reading.spans(absent or _early(reading, "emergency_title"), 1))
    newborn = _early(reading, "newborn_title")
    if newborn and (kind == "newborn" or setting is Setting.INPATIENT):
        return _newborn(reading, newborn)
    nursing = nursing_facility(reading, setting)
    if nursing is not None:
        return nursing
    in_hospital = kind in {"inpatient", "discharge"} and not outpatient and not _only_cites(reading)
    if setting is Setting.INPATIENT or in_hospital:
        return consultation(reading, "hospital_consultation") or _hospital(reading)
    return _office(reading, newborn, picks)


def _office(reading: Reading, newborn: list[Mark], picks: Iterable[Pick]) -> ServiceKind:
    wellness = medicare_wellness(reading)
    if wellness is not None:
        return wellness
    preventive = _preventive(reading, picks)
    if preventive:
        return ServiceKind("preventive", reading.spans(preventive, 2))
    if reading.note.kind == "newborn":
        if _AFTER_BIRTH.intersection(reading.forms[:_AFTER_BIRTH_WORDS]):
            return ServiceKind("preventive", reading.spans(newborn, 1))
        return _newborn(reading, newborn)
    nurse = _early(reading, "nurse_visit", _NURSE_TITLE)
    if nurse:
        return ServiceKind("nurse", reading.spans(nurse, 1))
    home = _early(reading, "home_visit")
    if home:
        return ServiceKind("home", reading.spans(home, 1))
    return consultation(reading, "office_consultation") or ServiceKind("office")


def _names_the_patient(reading: Reading) -> bool:
    """Whether the title calls the patient new or established, as no hospital note does."""
    if {"established", "est"}.intersection(reading.forms[:_OFFICE_TITLE]):
        return True
    return any(_early(reading, name, _OFFICE_TITLE) for name in ("new", "established"))


def _is_of_an_office(reading: Reading, setting: Setting) -> bool:
    """Whether an office note only tells of an emergency room ("seen at Mercy ED, splinted")."""
    if setting is not Setting.OUTPATIENT or _early(reading, "emergency_title", _OFFICE_TITLE):
        return False
    return not {"ed", "er", "emergency"}.intersection(reading.forms[:_OFFICE_TITLE])


def _only_cites(reading: Reading) -> bool:
    """Whether what is called a discharge is a summary that was read ("discharge summary reviewed")."""
    titles = reading.of("discharge_title")
    if titles and titles[0].first >= _OFFICE_TITLE:
        return all(reading.within("read_verb", *reading.sentence(mark.first)) for mark in titles)
    return bool(reading.all("no_discharge_title")) and not titles


def _early(reading: Reading, name: str, words: int = _TITLE) -> list[Mark]:
    return [mark for mark in reading.of(name) if mark.first < words]


def _newborn(reading: Reading, marks: list[Mark]) -> ServiceKind:
    later = _early(reading, "newborn_subsequent")
    place = next((i for i, form in enumerate(reading.forms) if form == "newborn"), 0)
    spans = reading.spans(later or marks, 1) or (reading.note.words_span(place, place + 1),)
    return ServiceKind("newborn_subsequent" if later else "newborn", spans)


def _hospital(reading: Reading) -> ServiceKind:
    same = reading.of("same_day")
    if same:
        return ServiceKind("same_day", reading.spans(same, 1))
    discharge = _early(reading, "discharge_title") or _discharge_first(reading)
    initial, subsequent = _early(reading, "initial_title"), _early(reading, "subsequent_title")
    if reading.note.kind == "discharge" or (discharge and not initial and not _before(subsequent, discharge)):
        return ServiceKind("discharge", reading.spans(discharge, 1))
    if initial and not _before(subsequent, initial):
        return ServiceKind("initial_hospital", reading.spans(initial, 1))
    if subsequent:
        return ServiceKind("subsequent_hospital", reading.spans(subsequent, 1))
    planned = [mark for mark in reading.of("initial_plan") if mark.zone != PAST]
    planned = [
        mark for mark in planned if mark.zone == DECIDED or mark.first < _TITLE or not _decides(reading)
    ]
    if planned:
        return ServiceKind("initial_hospital", reading.spans(planned, 1))
    return ServiceKind("subsequent_hospital")


_STAFF = word_set("nurse nursing rn lpn triage medic technician tech")
_NOT_OF_THE_DAY = word_set(
    "planning plan planned tomorrow from later criteria barrier goal pending home when if"
)


def _discharge_first(reading: Reading) -> list[Mark]:
    """ "STROKE UNIT :: DISCHARGE": the bare word in the first line."""
    forms = reading.forms[:_DISCHARGE_WORDS]
    if "discharge" not in forms:
        return []
    place = forms.index("discharge")
    if _NOT_OF_THE_DAY.intersection(reading.forms[place + 1 : place + 3]):
        return []
    return [Mark("discharge_title", place, place + 1, reading.zone_at(place), False)]


def _before(marks: list[Mark], others: list[Mark]) -> bool:
    """Whether a mark stands before the others and is no part of them."""
    return bool(marks) and marks[0].first < others[0].first and marks[0].last <= others[0].first


def _decides(reading: Reading) -> bool:
    return DECIDED in reading.zones


def _preventive(reading: Reading, picks: Iterable[Pick]) -> list[Mark]:
    """The marks of a preventive visit: its title, or its conclusion ("well child"), or the check of an age."""
    titles = [mark for mark in reading.of("preventive_title") if mark.zone != PAST]
    early = [mark for mark in titles if mark.first < _TITLE]
    if early and _is_weak(reading, early) and _is_of_problems(reading):
        return []
    if early or [mark for mark in titles if mark.zone == DECIDED and _coded(picks)]:
        return early or titles
    check = _age_check(reading) or _physical_alone(reading)
    if check:
        return check
    return titles if _coded(picks) and reading.note.kind == "preventive" else []


_WEAK = frozenset(("annual", "yearly", "visit", "exam", "check", "checkup", "up", "routine", "for"))


def _is_weak(reading: Reading, marks: list[Mark]) -> bool:
    """Whether the title may be that of any yearly visit ("annual exam", "yearly visit")."""
    return all(set(reading.forms[mark.first : mark.last]) <= _WEAK for mark in marks)


def _is_of_problems(reading: Reading) -> bool:
    """Whether the plan treats illnesses and holds nothing of prevention."""
    if any(mark.zone == DECIDED for mark in reading.all("preventive_plan")):
        return False
    treated = [m for m in reading.of("managing_told") if m.zone == DECIDED]
    tested = [m for m in reading.begins("test:") if m.zone == DECIDED]
    ill = [m for m in reading.begins("problem:") if m.zone == DECIDED]
    return bool(ill) and bool(treated or tested)


def _coded(picks: Iterable[Pick]) -> bool:
    return any(pick.code.startswith("Z00") for pick in picks)


def _age_check(reading: Reading) -> list[Mark]:
    """ "9 month check", "2 yr old check-up": a child's visit named by age."""
    forms = reading.forms[:_OPENING]
    age = age_in_months(reading.note)
    if age is None or age[0] >= 18 * 12 or any(_is_adult(form) for form in forms) or _adult_named(reading):
        return []
    for place, form in enumerate(forms):
        if place < _TITLE and (_GLUED_AGE.fullmatch(form) or _is_unit(forms, place)):
            after = forms[place + 1 : place + 5]
            checks = _CHECKS.intersection(after) or _is_well_visit(after)
            if checks and not _OTHER_CHECK.intersection(after):
                return [Mark("preventive_title", max(0, place - 1), place + 1, reading.zone_at(place), False)]
    return []


def _adult_named(reading: Reading) -> bool:
    """ "Return patient, 69, here for her 6-month check": an age between commas early on."""
    return _BARE_AGE.search(reading.note.text[:_HEAD]) is not None


def _is_adult(form: str) -> bool:
    """ "66m", "34yo": an adult's age with sex or unit, beside which "6 mo check" is a time."""
    return form[:2].isdecimal() and form[2:] in _AGE_ENDS and int(form[:2]) >= _ADULT


_BARE_AGE = re.compile(r", (?:1[89]|[2-9][0-9]),")
_HEAD = 300
_AGE_ENDS, _ADULT = frozenset(("m", "f", "yo", "y", "ym", "yf", "yom", "yof")), 18


def _is_well_visit(after: list[str]) -> bool:
    """ "9 month well", "4 yr old girl, well visit": not "2 days, drinks well"."""
    for place, form in enumerate(after):
        if form == "well" and (place == 0 or _WELL.intersection(after[place + 1 : place + 2])):
            return True
    return False


def _physical_alone(reading: Reading) -> list[Mark]:
    """ "Physical." as the title of a note."""
    forms = reading.forms[:_PHYSICAL_TITLE]
    if "physical" not in forms[:-1]:
        return []
    place = forms.index("physical")
    alone = forms[place + 1] in {BREAK, COLON} and (place == 0 or forms[place - 1] in {BREAK, "new", "est"})
    return [Mark("preventive_title", place, place + 1, reading.zone_at(place), False)] if alone else []


def _is_unit(forms: list[str], place: int) -> bool:
    """Whether a unit of age stands after its number: "9 month", "7 y/o"."""
    if forms[place] == "o":
        return place > 1 and forms[place - 1] == "y" and forms[place - 2].isdigit()
    return forms[place] in _CHILD_UNITS and place > 0 and forms[place - 1].isdigit()
