"""The patient's age as a note states it."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left

from cleanclaim.coding.number_words import ONES, TENS
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import word_set

_YEAR = word_set("year yr yo y yrs")
_MONTH = word_set("month mo mos")
_WEEK_OR_DAY = word_set("day hour week wk d hr")
_COMPACT = re.compile(r"([0-9]{1,3})(yo|y|yr|mo|m|f)")
_BIRTH_DATE = re.compile(
    r"\D{0,12}([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4})|\D{0,12}([0-9]{4})-([0-9]{2})-([0-9]{2})"
)
# "RTC 1y", "in 6 mo", "for 5 years": a time, not an age.
_TIMED_BY = word_set(
    "rtc in x for every q return after past over recheck since within f next last back until about times "
    "temp t temperature tmax fever at around"
)
_PEOPLE = word_set(
    "male female man woman boy girl m f patient infant toddler child teen teenager adolescent baby gentleman lady "
    "pt son daughter mother father widow retired teacher"
)
_VISIT_OF_AGE = word_set("well wcc check checkup physical visit exam wellness infant baby birthday health")
_OTHER_VISIT = word_set("follow fu post med bp weight wound of for on after")
_AGED = word_set("age aged turned turning turns")
_TITLE_WORDS = 80
_OLDEST = 115
_FEVERS = range(95, 108)


def age_in_months(note: Note, on: dt.date | None = None) -> tuple[int, Span] | None:
    """The first age in the note, in completed months, with its words; a newborn is 0.

    With ``on``, the day of the visit, a date of birth says the age where nothing else does.
    """
    stated = note.once(_stated_age)
    return _by_birth_date(note, on) if stated is None and on is not None else stated


def _stated_age(note: Note) -> tuple[int, Span] | None:
    forms = note.words.forms[:4000]
    for place, form in enumerate(forms):
        if not (form[0].isdigit() or form in TENS or form in ONES):
            continue
        months = _age_at(note, forms, place, form)
        if months is not None and _is_written_so(note, place, form):
            return months, note.words_span(place, min(place + 3, len(forms)))
    if "newborn" in forms[:200]:
        return 0, note.words_span(forms.index("newborn"), forms.index("newborn") + 1)
    return None


def _is_written_so(note: Note, place: int, form: str) -> bool:
    """ "59M" is a man of 59; "59m" may be metres or minutes."""
    return form[-1] not in "mf" or note.text[note.words.ends[place] - 1].isupper()


def _age_at(note: Note, forms: list[str], place: int, form: str) -> int | None:
    compact = _COMPACT.fullmatch(form) if len(form) <= 5 else None
    if compact and not _TIMED_BY.intersection(forms[max(0, place - 1) : place]):
        number = int(compact.group(1))
        if compact.group(2) == "mo":
            return number
        return number * 12 if number <= _OLDEST else None
    number_here = _number(forms, place, form)
    if number_here is None:
        return None
    number, after = number_here
    if _is_said_to_be_age(forms, place) and number <= _OLDEST:
        if _WEEK_OR_DAY.intersection(forms[after : after + 1]):
            return number * (7 if forms[after].startswith("w") else 1) // 30
        return number if forms[after : after + 1] and forms[after] in _MONTH else number * 12
    by_unit = _with_unit(forms, place, number, after)
    if by_unit is not None:
        return by_unit
    if form.isdecimal() and (_with_sex(note, forms, place, number) or _between_commas(note, place, number)):
        return number * 12
    return None


def _number(forms: list[str], place: int, form: str) -> tuple[int, int] | None:
    """A number in digits or words, and the place after it."""
    if form.isascii() and form.isdecimal() and len(form) <= 3:
        return int(form), place + 1
    following = forms[place + 1] if place + 1 < len(forms) else ""
    if form in TENS:
        ones = ONES.get(following, 0)
        return (TENS[form] + ones, place + 2) if 0 < ones < 10 else (TENS[form], place + 1)
    return (ONES[form], place + 1) if form in ONES else None


def _is_said_to_be_age(forms: list[str], place: int) -> bool:
    before = forms[max(0, place - 4) : place]
    if before and before[-1] in _AGED:
        return True
    return before[-1:] == [":"] and "age" in before


def _with_unit(forms: list[str], place: int, number: int, after: int) -> int | None:
    unit = forms[after : after + 1]
    if not unit:
        return None
    following = forms[after + 1 : after + 4]
    old = "old" in following[:2] or "o" in following[:1]
    checked = bool(_VISIT_OF_AGE.intersection(following[:2])) and not _OTHER_VISIT.intersection(following)
    checked = checked and not _TIMED_BY.intersection(forms[max(0, place - 1) : place])
    if (
        unit[0] in _YEAR
        and number <= _OLDEST
        and (old or unit[0] == "yo" or checked or _person(forms, after + 1))
    ):
        return number * 12
    if unit[0] in _MONTH and (old or checked or _person(forms, after + 1)):
        return number
    if unit[0] in _WEEK_OR_DAY and (old or checked):
        weeks = unit[0] in {"week", "wk"}
        return number * 7 // 30 if weeks else number // 30 if unit[0] in {"day", "d"} else 0
    return None


def _person(forms: list[str], place: int) -> bool:
    return bool(_PEOPLE.intersection(forms[place : place + 2]))


def _with_sex(note: Note, forms: list[str], place: int, number: int) -> bool:
    """ "69 F", "34/M": the sex in one capital letter after a number that is no temperature or time."""
    if place > _TITLE_WORDS or forms[place + 1 : place + 2] not in (["m"], ["f"]) or number > _OLDEST:
        return False
    if _TIMED_BY.intersection(forms[max(0, place - 1) : place]):
        return False
    start, end = note.words.starts[place], note.words.ends[place + 1]
    if note.text[start - 1 : start] in {".", "/"} or not note.text[end - 1].isupper() or end - start > 6:
        return False
    return not (number in _FEVERS and forms[place + 1] == "f")


def _between_commas(note: Note, place: int, number: int) -> bool:
    """ "Mrs. Halvorsen, 55, who": a number in commas after a name."""
    if not 1 <= place <= _TITLE_WORDS or not 15 <= number <= _OLDEST:
        return False
    commas = note.words.commas
    at = bisect_left(commas, place)
    closes = note.words.forms[place + 1 : place + 2] in ([], ["."])
    if closes and list(commas[at : at + 1]) == [place]:
        return bool(_PEOPLE.intersection(note.words.forms[max(0, place - 3) : place]))
    if list(commas[at : at + 2]) != [place, place + 1]:
        return False
    return note.text[note.words.starts[place - 1]].isupper()


def _by_birth_date(note: Note, on: dt.date) -> tuple[int, Span] | None:
    forms = note.words.forms[:400]
    for place, form in enumerate(forms):
        if form not in {"dob", "born", "birth"}:
            continue
        found = _BIRTH_DATE.match(note.text, note.words.ends[place], note.words.ends[place] + 30)
        if found is None:
            continue
        month, day, year = found.group(1, 2, 3) if found.group(1) else found.group(5, 6, 4)
        try:
            born = dt.date(int(year), int(month), int(day))
        except ValueError:
            continue
        months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
        if 0 <= months <= _OLDEST * 12:
            return months, note.span(note.words.starts[place], found.end())
    return None
