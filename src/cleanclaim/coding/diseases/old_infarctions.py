"""A heart attack of another year, or told as long ago, is an old one: I25.2; for four weeks it is coded as acute

(Section I.C.9.e.1)."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.worked_out import UNREAD, add_pick
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.note import Note

_ACUTE = ("I21", "I22", "I24.9")
_OLD_UNITS = frozenset(("year", "yr", "month", "decade", "mo"))
_FORMER = frozenset(("prior", "previous", "old", "remote", "past", "former", "healed"))
_BEFORE, _BEHIND = 4, 7
_SAID = frozenset((Assertion.AFFIRMED, Assertion.HISTORICAL))
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october"),
    *("november", "december"),
)
_DAYS = 28
_UNITS_IN_DAYS = {"day": 1, "d": 1, "week": 7, "wk": 7, "w": 7}
_SINCE = frozenset(("ago", "out", "earlier", "after", "post", "since", "status", "s"))


def add_old_infarctions(note: Note, picks: Picks, on: dt.date) -> Picks:
    """The picks with I25.2 for an infarction whose date or age says that it is older than four weeks."""
    out = dict(picks)
    for pick in picks.values():
        if not pick.code.startswith(_ACUTE):
            continue
        recent = [one for one in pick.mentions if one.asserted.assertion in _SAID and _is_recent(note, one)]
        if recent and recent[0].section not in UNREAD:
            if pick.dropped is not None:
                reason = guideline("Section I.C.9.e.1", "an infarction not older than four weeks")
                out[pick.code] = evolve(pick, mentions=tuple(recent), dropped=None).explain(reason)
            continue
        old = [one for one in pick.mentions if one.asserted.assertion in _SAID and _is_old(note, one, on)]
        if not old or note.section_at(old[0].first).kind == "family_history":
            continue
        if len(old) == len(pick.mentions) and pick.dropped is None:
            text = "it is older than four weeks"
            out[pick.code] = pick.drop(guideline("Section I.C.9.e.1", text))
        if not any(one.code == "I25.2" for one in live(out)):
            reason = guideline("Section I.C.9.e.1", "an infarction older than four weeks")
            add_pick(out, "I25.2", old[0], reason)
    return out


def _is_recent(note: Note, mention: Mention) -> bool:
    days = _days_since(note, mention)
    return days is not None and days <= _DAYS


def _days_since(note: Note, mention: Mention) -> int | None:
    """The days since, where days or weeks are told behind it or right before it."""
    forms = note.words.forms
    sentence = note.sentence_at(mention.first)
    for place in range(
        max(sentence.first, mention.first - _BEFORE), min(sentence.last, mention.last + _BEHIND) - 2
    ):
        days = _UNITS_IN_DAYS.get(forms[place + 1])
        if days and forms[place].isdecimal() and len(forms[place]) < 3 and forms[place + 2] in _SINCE:
            return int(forms[place]) * days
    return None


def _is_old(note: Note, mention: Mention, on: dt.date) -> bool:
    if (_days_since(note, mention) or 0) > _DAYS:
        return True
    forms = note.words.forms
    sentence = note.sentence_at(mention.first)
    before = forms[max(sentence.first, mention.first - _BEFORE) : mention.first]
    behind = forms[mention.last : min(sentence.last, mention.last + _BEHIND)]
    if _FORMER.intersection(before[-2:]) or _dated(before, on):
        return True
    if "ago" in behind and _OLD_UNITS.intersection(behind[: behind.index("ago")]):
        return True
    return _dated(behind, on) or behind[:2] == ["at", "age"]


def _dated(forms: list[str], on: dt.date) -> bool:
    """Whether a year, or a month of this year, lies more than four weeks back."""
    for place, form in enumerate(forms):
        if len(form) != 4 or not form.isdecimal() or not 1950 <= int(form) <= on.year:
            continue
        if int(form) < on.year:
            month = forms[place - 1] if place else ""
            late = month in _MONTHS and dt.date(int(form), _MONTHS.index(month) + 1, 28)
            return not late or (on - late).days > _DAYS
        month = forms[place - 1] if place else ""
        return month in _MONTHS and (on - dt.date(on.year, _MONTHS.index(month) + 1, 28)).days > _DAYS
    return False
