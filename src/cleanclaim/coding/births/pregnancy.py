"""How far a pregnancy is: weeks of gestation, as a note writes them."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import pairwise

from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_WEEK = word_set("week weeks wk wks w")
_COMPACT = re.compile(r"([0-9]{1,2})w[0-9]?d?")
_GRAVIDA = re.compile(r"g[0-9]{1,2}p[0-9]{1,4}")
_PREGNANT = word_set(
    "gestation gestational pregnant pregnancy iup prenatal obstetric ega fetal antepartum antenatal"
    " primigravida multigravida primip multip gravida trimester preeclampsia eclampsia gdm gdma1 gdma2"
    " a1gdm a2gdm placenta previa iugr fgr fetus oligohydramnio oligohydramnios polyhydramnio"
    " polyhydramnios hyperemesis rhogam cerclage ama pprom prom obstetrical abruption chorioamnionitis"
    " twin fundal edc lmp gravidarum nst fht edd gbs breech labor abortion fetuse twins mfm ob uterine"
    " cervix cervical membrane membranes braxton"
)
# Of these one alone tells no pregnancy of today.
_NOT_ALONE = word_set(
    "lmp labor abortion ama prom gbs breech ob uterine cervix cervical twin twins membrane membranes"
    " placenta multip primip obstetric obstetrical trimester"
)
# Words that make a number of weeks one of another day or another child.
_OTHER_TIME = word_set(
    "diagnosed since delivered born induction repeat until induced loss miscarriage failed screen planned"
    " scheduled postpartum old ago rhogam previous prior then"
)
_NOT_NOW = word_set("in for every x past q after last next over within by of")
_BARE = re.compile(r"(?<![\d./+-])(?:([1-4]\d)\+[0-6](?![\d/+%.])|([1-4]?\d)[ -][0-6]/7(?!\d))")
_OPENING = 1500
_DAYS = frozenset("0123456")
_NOT_PREGNANT = {("not", "pregnant"), ("denies", "pregnancy"), ("nonpregnant", "female"), ("non", "pregnant")}
# A scan, a test or a form for a later week.
_AHEAD = word_set("scan consent testing growth return repeat deliver glucose vaccine tdap")
# "NST from 37w", "IOL 39w", "the 36-week swab".
_AFTER_BIRTH = word_set("pp postpartum postnatal")
_FROM = word_set("from starting start begin beginning iol till until by")
_OF_WEEK = word_set("swab scan visit ultrasound us labs lab anatomy appointment check culture")
_LEAST_WEEKS = 4
_ELSEWHERE = word_set("plan instructions pmh psh family_history disposition")
_NOW = word_set("ga ega iup now currently today gestational edc edd g")


def weeks_of_gestation(note: Note, *, surely: bool = False) -> tuple[int, int, int] | None:
    """Completed weeks with the places of the words, or None where the note is of no pregnancy.

    ``surely`` says that a diagnosis of pregnancy is known, so that its words need not be looked for.
    """
    found = note.once(_weeks_of_gestation)
    return note.once(_weeks_listed) if surely and found is None else found


def _weeks_of_gestation(note: Note) -> tuple[int, int, int] | None:
    forms = note.words.forms
    said = _PREGNANT.intersection(forms)
    if not said - _NOT_ALONE and not (said and _first_gravida(forms)):
        return None
    if any((before, form) in _NOT_PREGNANT for before, form in pairwise(forms)):
        return None
    return _weeks_told(note, listed=0)


def _weeks_listed(note: Note) -> tuple[int, int, int] | None:
    """Weeks where a diagnosis of pregnancy is known: any number of them among the diagnoses counts."""
    return _weeks_told(note, listed=1)


def _weeks_told(note: Note, listed: int) -> tuple[int, int, int] | None:
    forms = note.words.forms
    best: tuple[int, tuple[int, int, int]] | None = None
    for place, form in enumerate(forms):
        if form not in _WEEK and not form[:1].isdecimal():
            continue
        weeks, first = _weeks_at(forms, place, form)
        if weeks is None or not _LEAST_WEEKS <= weeks <= 42:
            continue
        section = note.section_at(first).kind
        score = _of_the_pregnancy(forms, first, place) or listed * (section in DIAGNOSTIC)
        score -= 3 * (section in _ELSEWHERE)
        if score > 0 and (best is None or score > best[0]):
            best = (score, (weeks, first, place + 1))
    return _weeks_and_days(note) or (best[1] if best else None)


def _weeks_and_days(note: Note) -> tuple[int, int, int] | None:
    """Weeks with days and no word for either, as the first lines of obstetric notes write them: "31+4", "31 4/7"."""
    found = _BARE.search(note.text, 0, _OPENING)
    if found is None or not _LEAST_WEEKS <= int(found.group(1) or found.group(2)) <= 42:
        return None
    place = bisect_right(note.words.starts, found.start()) - 1
    if place < 0 or note.section_at(place).kind in _ELSEWHERE:
        return None
    return int(found.group(1) or found.group(2)), place, place + 1


def _first_gravida(forms: list[str]) -> bool:
    return any(len(form) <= 7 and _GRAVIDA.fullmatch(form) for form in forms[:600])


def _weeks_at(forms: list[str], place: int, form: str) -> tuple[int | None, int]:
    compact = _COMPACT.fullmatch(form) if len(form) <= 5 else None
    if compact:
        return int(compact.group(1)), place
    if form not in _WEEK:
        return None, place
    numbers: list[int] = []
    while len(numbers) < 3 and place - len(numbers) >= 1 and forms[place - len(numbers) - 1].isdecimal():
        numbers.append(int(forms[place - len(numbers) - 1][:4]))
    # Before the weeks may stand the number of a list.
    if len(numbers) > 1 and numbers[-1] < _LEAST_WEEKS <= numbers[-2]:
        numbers.pop()
    if not numbers:
        return None, place
    return numbers[-1] if len(numbers) > 1 else numbers[0], place - len(numbers)


def _of_the_pregnancy(forms: list[str], first: int, place: int) -> int:
    """How surely a number of weeks is how far the pregnancy is today; 0 where it is a time from now or another's."""
    before, behind = forms[max(0, first - 4) : first], forms[place + 1 : place + 3]
    near = forms[max(0, first - 8) : place + 8]
    sevenths = place - first > 1 and forms[place - 1] in _DAYS | {"7"}
    exact = forms[place][:1].isdigit() or "day" in behind or sevenths
    if _AHEAD.intersection(before) and not _NOW.intersection(before):
        return 0
    if _AFTER_BIRTH.intersection(behind[:1]):
        return 0
    if _FROM.intersection(before[-1:]) or (forms[place] == "week" and _OF_WEEK.intersection(behind[:1])):
        return 0
    told = bool(_NOW.intersection(before)) or bool(_NOW.intersection(behind)) or _first_gravida(before)
    if forms[first - 1 : first] and forms[first - 1] in _NOT_NOW and not exact:
        return 0
    if not (_PREGNANT.intersection(near) or exact or told or forms[first - 1 : first] == ["at"]):
        return 0
    score = 2 + 2 * exact + 2 * told + bool(_PREGNANT.intersection((*before, *behind)))
    return score - 3 * bool(_OTHER_TIME.intersection(before if exact else (*before, *behind)))


def trimester_words(weeks: int) -> frozenset[str]:
    """The words by which a code of chapter 15 says the trimester."""
    return frozenset(("trimester", "first" if weeks < 14 else "second" if weeks < 28 else "third"))
