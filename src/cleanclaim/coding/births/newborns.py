"""The record of a birth: Z38 by place, way and number, P07 by weight and weeks (Section I.C.16.a.2 and d)."""

from __future__ import annotations

import re

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.sentence_texts import Told, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_BORN = ("born", "delivered", "birth", "delivery", "liveborn", "cesarean", "c section", "vaginally")
_CESAREAN = ("cesarean", "c section", "cesarean section", "csection", "c s", "cs", "ltcs", "lscs")
_VAGINAL = ("vaginally", "vaginal delivery", "vaginal birth", "svd", "nsvd", "vacuum", "forceps", "vaginal")
_OUTSIDE = (
    "born at home",
    "born outside",
    "born en route",
    "home birth",
    "born in the car",
    "born in ambulance",
)
# These also name a move within the hospital of birth ("transferred from the delivery room").
_MOVED = ("transferred from", "transferred in from")
_ELSEWHERE = (
    *("born at another hospital", "outborn", "transferred to us", "transferred here", "transport from"),
    *("retrieved from", "sent to us from", "born at an outside", "born elsewhere", "born at outside"),
    *("came to us from", "flown in from", "in transfer from"),
)
_PRETERM = ("preterm", "premature", "prematurity", "low birth weight")
_WEEKS = re.compile(r"\b(2[0-9]|3[0-9]|4[0-2]) ?(?:\+ ?\d|\d/7)? ?(?:weeks?|wks?|w)\b", re.IGNORECASE)
_GRAMS = re.compile(r"\b(\d{3,4}|\d,\d{3}) ?(?:g|gm|gms|grams?)\b", re.IGNORECASE)
_STEPS = ((500, "P07.01"), (750, "P07.02"), (1000, "P07.03"), (1250, "P07.14"), (1500, "P07.15"))
_MORE_STEPS = ((1750, "P07.16"), (2000, "P07.17"), (2500, "P07.18"))
_LIGHT = (
    *((500, "1"), (750, "2"), (1000, "3"), (1250, "4"), (1500, "5"), (1750, "6"), (2000, "7")),
    (2500, "8"),
)
_WEIGHT_NEAR = ("birth weight", "birthweight", "bw", "born at", "weighed", "weighing")
_LONGEST = 20_000


def add_newborn(note: Note, picks: Picks, setting: Setting) -> Picks:
    """The picks of a birth stay with the birth itself, and prematurity by weight and weeks where it is named."""
    office = any(pick.code.startswith(("Z00.1", "Z00.0")) for pick in live(picks))
    if office or setting is not Setting.INPATIENT or not is_newborn_record(note):
        return picks
    out = dict(picks)
    sentences = list(sentences_told(note))
    _birth(note, out, sentences)
    _small_for_dates(note, out)
    preterm = next((place for one in sentences if (place := one.any_of(_PRETERM))), None)
    if preterm is not None:
        _prematurity(note, out, preterm)
    return out


def _birth(note: Note, picks: Picks, sentences: list[Told]) -> None:
    place = next((at for one in sentences if (at := one.any_of(_BORN))), None)
    story = Told("".join(one.text for one in sentences), 0, len(note.words.forms), "")
    if story.any_of(_ELSEWHERE):
        _drop_birth(picks)
        return
    if place is None or story.any_of(_MOVED):
        return
    cesarean, outside = story.any_of(_CESAREAN), story.any_of(_OUTSIDE)
    vaginal = story.any_of(_VAGINAL)
    if story.any_of(("triplet",)):
        code = "Z38.62" if cesarean else "Z38.61" if vaginal else "Z38.8"
    elif story.any_of(("twin a", "twin b", "twin", "co twin")):
        code = "Z38.4" if outside else "Z38.31" if cesarean else "Z38.30" if vaginal else "Z38.5"
    else:
        code = "Z38.1" if outside else "Z38.01" if cesarean else "Z38.00" if vaginal else "Z38.2"
    for pick in live(picks):
        if pick.code.startswith("Z38") and pick.code != code:
            picks[pick.code] = pick.drop(
                guideline("Section I.C.16.a.2", "the note tells the birth otherwise")
            )
    reason = guideline("Section I.C.16.a.2", "the birth is listed first on the record of the birth stay")
    add_pick(picks, code, mention_of(note, code, *place), reason)


def _drop_birth(picks: Picks) -> None:
    """Take out the code of the birth, which belongs to the hospital where it took place (Section I.C.16.a.2)."""
    for pick in live(picks):
        if pick.code.startswith("Z38"):
            reason = guideline("Section I.C.16.a.2", "the birth is coded once, where it took place")
            picks[pick.code] = pick.drop(reason)


def _small_for_dates(note: Note, picks: Picks) -> None:
    """The weight of a newborn that is light or small for its dates, in grams (titles of P05.0 and P05.1)."""
    weight = _weight(note.text[:_LONGEST])
    digit = next((digit for most, digit in _LIGHT if weight and weight < most), "9" if weight else "")
    for pick in live(picks):
        if pick.code in {"P05.00", "P05.10"} and digit:
            code = pick.code[:-1] + digit
            picks[pick.code] = pick.drop(guideline("Section I.B.2", f"the weight is stated: {code}"))
            reason = guideline("Section I.C.16.d", "by the weight at birth", ("grams", str(weight)))
            picks[code] = evolve(pick, code=code, inferred=True).explain(reason)


def _prematurity(note: Note, picks: Picks, place: tuple[int, int]) -> None:
    text = note.text[:_LONGEST]
    weight = _weight(text)
    weeks = _WEEKS.search(text)
    code = next((code for most, code in (*_STEPS, *_MORE_STEPS) if weight and weight < most), None)
    reason = guideline("Section I.C.16.d", "weight and weeks of a preterm newborn are coded both")
    if code:
        add_pick(picks, code, mention_of(note, code, *place), reason)
    number = int(weeks.group(1)) if weeks else 0
    if 20 <= number < 37:
        code = weeks_code(number)
        add_pick(picks, code, mention_of(note, code, *place), reason)
        if "P07.30" in picks and picks["P07.30"].dropped is None:
            picks["P07.30"] = picks["P07.30"].drop(
                guideline("Section I.B.2", f"the weeks are stated: {code}")
            )


def _weight(text: str) -> int | None:
    """The weight at birth in grams: the number nearest behind a word for it, else the first."""
    lowered = text.lower()
    for words in _WEIGHT_NEAR:
        at = lowered.find(words)
        if at >= 0:
            match = _GRAMS.search(text, at, at + 40)
            if match:
                return int(match.group(1).replace(",", ""))
    told = _WEEKS.search(text)
    match = _GRAMS.search(text, told.start() if told else 0) or _GRAMS.search(text)
    return int(match.group(1).replace(",", "")) if match else None


def weeks_code(weeks: int) -> str:
    """P07.2 and P07.3 by completed weeks of gestation."""
    if weeks < 23:
        return "P07.21"
    return f"P07.2{weeks - 21}" if weeks < 28 else f"P07.3{weeks - 27}"
