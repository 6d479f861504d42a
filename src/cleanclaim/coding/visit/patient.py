"""Whether the patient is new to the practice: no one of the same group and specialty saw them in three years."""

from __future__ import annotations

import datetime as dt

from cleanclaim.coding.number_words import ONES
from cleanclaim.coding.records import LevelElement
from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import DECIDED, PAST
from cleanclaim.documents.words import BREAK, word_set

_YEARS_NEW = 3
_UNITS = {"year": 12.0, "yr": 12.0, "month": 1.0, "mo": 1.0, "week": 0.25, "wk": 0.25, "day": 0.03}
_NUMBERS = ONES | {"a": 1, "an": 1, "last": 1, "couple": 2, "several": 4}
_ELSEWHERE = frozenset(
    ("elsewhere", "hospital", "urgent", "er", "ed", "emergency", "by her pcp", "by his pcp")
)
_VISIT_WORDS = word_set(
    "patient pt self visit consult consultation evaluation eval intake appointment encounter referral office"
)
_NOT_OF_A_PATIENT = word_set("care diagnosis dx disease with by a as in the relationship baseline")
_TO_COME = frozenset(("will", "become", "becoming"))
_TITLE = 25
_NEXT = word_set("in as prn if with w at needed when after should sooner only per call")


def patient_status(reading: Reading, on: dt.date) -> tuple[bool, LevelElement]:
    """Whether the patient is new, with the words that say so; taken as established where none do."""
    dated = _by_last_visit(reading, on)
    if dated is not None:
        return dated
    partner = [mark for mark in reading.of("partner_saw") if mark.zone != DECIDED]
    if partner:
        text = "seen by a partner of the same group and specialty: an established patient"
        return False, _element(reading, text, partner[0])
    new = [mark for mark in reading.of("new") if _is_of_the_patient(reading, mark)]
    new += _bare_new(reading)
    old = [mark for mark in reading.of("established") if mark.zone != PAST or mark.first < _TITLE]
    old += _bare_established(reading)
    if new and (not old or min(m.first for m in new) < min(m.first for m in old)):
        return True, _element(reading, "new patient, as the note says", min(new, key=lambda mark: mark.first))
    if old:
        text = "established patient, as the note says"
        return False, _element(reading, text, min(old, key=lambda mark: mark.first))
    weak_new = [mark for mark in reading.of("new_weak") if mark.zone != DECIDED]
    weak_old = [mark for mark in reading.of("established_weak") if not _is_to_come(reading, mark)]
    if weak_new and not weak_old:
        return True, _element(reading, "the words read like a first visit; taken as new", weak_new[0])
    if weak_old:
        return False, _element(reading, "the words read like a return; taken as established", weak_old[0])
    return False, LevelElement("patient", "", "the note does not say new; taken as established", ())


def _is_to_come(reading: Reading, mark: Mark) -> bool:
    """Whether "follow up" is a visit that will be ("follow up in 2 weeks", "f/u prn"), or one that was missed."""
    after = reading.forms[mark.last : mark.last + 1]
    if mark.zone == DECIDED or _NEXT.intersection(after) or (after and after[0].isdigit()):
        return True
    return reading.forms[max(0, mark.first - 2) : mark.first][:1] == ["lost"]


def _is_of_the_patient(reading: Reading, mark: Mark) -> bool:
    """Whether "new" is said of this patient now, and not of what will be or in a history."""
    if mark.first < _TITLE:
        return True
    first, _ = reading.sentence(mark.first)
    return mark.zone != PAST and not _TO_COME.intersection(reading.forms[first : mark.first])


def _element(reading: Reading, text: str, mark: Mark) -> LevelElement:
    return LevelElement("patient", "", text, (reading.span(mark),))


def _bare_new(reading: Reading) -> list[Mark]:
    """ "NEW, self-referred", "Visit: new": the lone word in a title."""
    forms = reading.forms[:_TITLE]
    if forms[:1] == ["np"] or (forms[:1] == ["new"] and forms[1:2] == [BREAK]):
        return [Mark("new", 0, 1, reading.zone_at(0), False)]
    for place, form in enumerate(forms):
        if form != "new" or (place > 0 and forms[place - 1] in {"with", "for", "no", "his", "her"}):
            continue
        following = forms[place + 1 : place + 3]
        text = reading.note.text[reading.note.words.ends[place] :][:3]
        text = text.lstrip(" ") if "\n" in text else text.strip()
        alone = not following or text[:1] in {"\n", ",", ".", ":", ";", "-", "–", "—", "/", "(", ")", "|"}
        if (alone and place < 12) or (_VISIT_WORDS.intersection(following[:2]) and place < 12):
            return [Mark("new", place, place + 1, reading.zone_at(place), False)]
    return []


def _bare_established(reading: Reading) -> list[Mark]:
    forms = reading.forms[:_TITLE]
    for place, form in enumerate(forms):
        if form in {"established", "est", "estab"}:
            following = forms[place + 1 : place + 2]
            if not following or following[0] not in _NOT_OF_A_PATIENT:
                return [Mark("established", place, place + 1, reading.zone_at(place), False)]
    return []


def _by_last_visit(reading: Reading, on: dt.date) -> tuple[bool, LevelElement] | None:
    """The three-year rule where the note dates the last visit here ("last seen here four years ago")."""
    for mark in reading.all("last_seen"):
        first, last = reading.sentence(mark.first)
        if _ELSEWHERE.intersection(reading.forms[first:last]) or not _is_of_here(reading, first, last):
            continue
        months = _months_back(reading.forms[mark.first : min(last, mark.last + 14)], on)
        if months is None:
            continue
        if months > _YEARS_NEW * 12:
            text = "last seen here more than three years ago: a new patient by the three-year rule"
            return True, _element(reading, text, mark)
        if months < _YEARS_NEW * 12 and not _said_new(reading):
            text = "seen here within three years: an established patient"
            return False, _element(reading, text, mark)
    return None


def _said_new(reading: Reading) -> bool:
    """Whether the note calls the patient new; a "first visit with me" may follow one with a partner."""
    return any("new" in reading.forms[mark.first : mark.last] for mark in reading.of("new"))


def _is_of_here(reading: Reading, first: int, last: int) -> bool:
    here = {"here", "our", "us", "me", "practice", "clinic", "office", "partner", "group", "i", "we"}
    return bool(here.intersection(reading.forms[first:last]))


def _months_back(forms: list[str], on: dt.date) -> float | None:
    """How many months ago the words say, by a year or by a count of years, months or weeks."""
    for place, form in enumerate(forms):
        if place and len(form) == 4 and form.isdecimal() and 1990 <= int(form) <= on.year:
            return (on.year - int(form)) * 12.0
        count = int(form) if form.isdecimal() and len(form) <= 2 else _NUMBERS.get(form)
        unit = forms[place + 1] if place + 1 < len(forms) else ""
        if count is None or unit not in _UNITS:
            continue
        if form == "last":
            return _UNITS[unit]
        if "ago" in forms[place : place + 5] or "in" in forms[:place]:
            return count * _UNITS[unit] + 0.5
    return None
