"""The office visit of a newborn: Z00.110 under eight days, Z00.111 from then to 28 days (Section I.C.16.a.2)."""

from __future__ import annotations

import re

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.demographics import age_in_months
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_DAYS_OLD = re.compile(
    r"(?<![<.\d])\b(\d{1,2})[ -]?(days?|d|weeks?|wks?)[ -]?/?(?:old|o|of age|of life)\b", re.IGNORECASE
)
_AGED = re.compile(r"\bage:? {0,2}(\d{1,2}) ?(days?|d|weeks?|wks?)\b", re.IGNORECASE)
_DAY_OF_LIFE = re.compile(
    r"\b(?:day (\d{1,2}) of life|day of life (\d{1,2})|dol ?#?(\d{1,2}))\b", re.IGNORECASE
)
_DAY_OF_CHECK = re.compile(
    r"\b(?:check|checkup|visit|baby|newborn|infant|well|exam),? (?:on |at )?day (?:of life )?#?(\d{1,2})\b",
    re.IGNORECASE,
)
# What opens the first visits after the birth, beside an age of days.
_VISIT = r"(?:visit|appointment|check(?:up)?|exam)"
_FIRST_VISITS = re.compile(
    rf"\b(?:first|initial) (?:office |clinic |well |routine |newborn |pediatric |outpatient )*{_VISIT}\b"
    r"|\bfirst (?:visit|time) (?:to|in|at) (?:our|the|this) (?:office|clinic|practice)\b"
    r"|\b(?:baby|infant|bili|weight|nursery) (?:check|checkup|follow[ -]?up|visit)\b|\bwell[ -]baby\b"
    rf"|\b(?:follow[ -]?up|{_VISIT}|seen) (?:after|from|since) (?:the )?"
    r"(?:birth|(?:discharge from (?:the )?)?nursery)\b",
    re.IGNORECASE,
)
_OPENING = 400
_OLDEST_MONTHS = 2
_OF_THE_MOTHER = ("O", "Z34", "Z37", "Z39", "Z3A", "Z29.13")
_LIMITS = ("under ", "than ", "below ", "until ", "to ")
_CHECKED = frozenset(("check", "checkup", "visit", "exam", "examination", "well", "wcc", "weight"))
_EXAMINED = ("Z00.12", "Z00.11")
_BORN = ("Z38",)
_HEAD = 2000
_IN_NURSERY = 2
_WIDTH = 4


def fit_newborn_check(note: Note, picks: Picks, setting: Setting) -> Picks:
    """The examination by days of age; the code of the birth itself belongs to the place of birth alone."""
    if setting is Setting.INPATIENT:
        return _no_examination(picks)
    place = _newborn_checked(note)
    if setting is not Setting.OUTPATIENT or (
        place is None and not any(begins_with(pick.code, _EXAMINED + _BORN) for pick in live(picks))
    ):
        return picks
    days = _days_of_age(note)
    if is_newborn_record(note) and (days is None or days <= _IN_NURSERY):
        return picks
    out = dict(picks)
    for pick in live(picks):
        if pick.code.startswith(_BORN):
            out[pick.code] = pick.drop(
                guideline("Section I.C.16.a.2", "the birth is coded once, where it took place")
            )
    examined = [pick for pick in live(out) if pick.code.startswith(_EXAMINED)]
    if days is None or days > 28 or not (examined or place is not None):
        return out
    code = "Z00.110" if days < 8 else "Z00.111"
    reason = guideline("Section I.C.21.c.13", "a newborn is examined by days of age", ("days", str(days)))
    for pick in examined:
        if pick.code != code:
            out[pick.code] = pick.drop(reason)
            out[code] = evolve(pick, code=code).explain(reason)
    if not examined and place is not None:
        add_pick(out, code, mention_of(note, code, place, place + 1), reason)
    _without_mothers(out)
    return out


def _without_mothers(picks: Picks) -> None:
    """What belongs on the mother's record goes; her trouble with nursing is here the child's (P92.5)."""
    for pick in tuple(picks.values()):
        if pick.code.startswith("O92.7") and pick.diagnostic and "P92.5" not in picks:
            reason = guideline("Section I.C.16.a.1", "the visit is the newborn's")
            picks["P92.5"] = evolve(pick, code="P92.5", inferred=True, dropped=None).explain(reason)
        if pick.dropped is None and pick.code.startswith(_OF_THE_MOTHER):
            picks[pick.code] = pick.drop(guideline("Section I.C.16.a.1", "it belongs on the mother's record"))


def _no_examination(picks: Picks) -> Picks:
    """A stay is no routine examination of a child, whatever its ward is called ("Well baby summary")."""
    out = dict(picks)
    for pick in live(picks):
        if pick.code.startswith("Z00.1"):
            out[pick.code] = pick.drop(guideline("Section I.C.16.a.2", "a stay is no routine examination"))
    return out


def _days_of_age(note: Note) -> int | None:
    head = note.text[:_HEAD]
    day = _DAY_OF_LIFE.search(head)
    if day is not None:
        return int(next(group for group in day.groups() if group))
    checked = _DAY_OF_CHECK.search(head)
    if checked is not None:
        return int(checked.group(1))
    aged = _AGED.search(head)
    for found in (*((aged,) if aged else ()), *_DAYS_OLD.finditer(head)):
        if not head[: found.start()].lower().endswith(_LIMITS):
            return int(found.group(1)) * (7 if found.group(2).lower().startswith("w") else 1)
    return None


def _newborn_checked(note: Note) -> int | None:
    forms = note.words.forms[:400]
    for place, form in enumerate(forms):
        if form == "newborn" and _CHECKED.intersection(forms[max(0, place - 2) : place + _WIDTH]):
            return place
    opening = _FIRST_VISITS.search(note.text, 0, _OPENING)
    age = age_in_months(note)
    if opening is None or (age is not None and age[0] >= _OLDEST_MONTHS):
        return None
    return next((at for at, start in enumerate(note.words.starts) if start >= opening.start()), None)
