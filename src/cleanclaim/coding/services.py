"""Services a note says were done, by number, with units and modifiers where the note states them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from attrs import frozen

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.leaves import SIDES
from cleanclaim.coding.lexicon import services
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import phrase, word_set

_DOING_SECTIONS = word_set(
    "procedure results technique study immunizations findings ed_course header opening impression"
)
_DOING = word_set(
    "im intramuscular intramuscularly deltoid lot "
    "performed perform done obtained obtain given give today positive negative administered drawn "
    "collected showed show shows reveal revealed demonstrate demonstrated result reading read "
    "interpretation interpreted in-office injected applied sent ran run sinus elevated normal "
    "repaired normal measured"
)
_NOT_DOING = word_set(
    "january february march april may june july august september october november "
    "december order ordered schedule scheduled refer referral recommend consider repeat recheck if prior"
    " last previous due return pending defer deferred declined decline future plan next outside"
)
_NEVER_SECTIONS = word_set("family_history pmh psh allergies ros instructions medications social_history")
_HERE = word_set("house here office clinic poc onsite site run ran fingerstick performed")
_ELSEWHERE = word_set("send sent forwarded pending reference outside")
_REGIONS = frozenset(("cervical", "thoracic", "lumbar", "sacral", "pelvic", "sacroiliac"))
_TIMES = word_set("week wk month mo year yr day")
_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_MINUTES = frozenset(("minute", "min", "minutes"))
_FACILITY = frozenset(("22", "21", "23", "19"))


@frozen
class Service:
    """A service found: its row of the table, the mentions, modifiers, units, and what is still to ask.

    ``traits`` and ``reads`` are those of the row (reference/lexicon/services.yaml).
    """

    code: str
    system: str
    label: str
    mentions: tuple[Mention, ...]
    modifiers: tuple[str, ...] = ()
    units: int = 1
    question: str = ""
    traits: frozenset[str] = frozenset()
    reads: str = ""


def find_services(note: Note, candidates: Candidates, setting: Setting) -> tuple[Service, ...]:
    """The services of the table that the note says were done."""
    table = services()
    by_row: dict[int, list[Mention]] = {}
    for mention in candidates.services:
        by_row.setdefault(int(mention.term.name), []).append(mention)
    found = [
        service
        for row, mentions in sorted(by_row.items())
        if (service := _service(note, table[row], mentions, setting)) is not None
    ]
    return tuple(found)


def _service(note: Note, row: dict[str, Any], mentions: list[Mention], setting: Setting) -> Service | None:
    if (
        setting is Setting.INPATIENT
        or note.kind in row.get("not_kinds", ())
        or note.kind not in row.get("only_kinds", (note.kind,))
    ):
        return None
    if row.get("wound_repair") and not {"laceration", "wound"}.intersection(note.words.forms):
        return None
    if not all(_says_one(note, group) for group in row.get("needs", ())):
        return None
    good = [m for m in mentions if m.affirmed and m.section not in _NEVER_SECTIONS]
    good = [m for m in good if _done(note, m, strict=bool(row.get("done"))) and _beside(note, row, m)]
    if row.get("imaging"):
        good = [m for m in good if m.section not in {"comparison", "indication"}]
    if not good or not _fits_regions(note, row):
        return None
    units, question = _units(note, row, good)
    return Service(
        row["code"],
        row["system"],
        row["label"],
        tuple(good[:4]),
        _modifiers(note, row, good, setting),
        units,
        question,
        frozenset(row.get("traits", ())),
        row.get("reads", ""),
    )


def _says_one(note: Note, group: list[str]) -> bool:
    forms = set(note.words.forms)
    return any(set(phrase(text)) <= forms for text in group)


def _done(note: Note, mention: Mention, *, strict: bool) -> bool:
    """Whether the sentence speaks of doing, not of ordering, and in a strict row says so."""
    sentence = note.sentence_at(mention.first)
    low, high = max(sentence.first, mention.first - 12), min(sentence.last, mention.last + 12)
    near = set(note.words.forms[low:high])
    before = set(note.words.forms[max(sentence.first, mention.first - 4) : mention.first])
    if _later(note.words.forms[mention.last : min(sentence.last, mention.last + 4)]):
        return False
    if before & _NOT_DOING or (note.kind == "preventive" and not near & _DOING and strict):
        return False
    if note.kind == "lab":
        return not near & _ELSEWHERE and mention.section not in {"assessment", "plan", "assessment_plan"}
    if note.kind == "radiology":
        return True
    if not strict:
        return True
    return bool(near & _DOING) or mention.section in _DOING_SECTIONS


def _later(after: list[str]) -> bool:
    """Whether the words after a mention put it off: "in 2 weeks"."""
    return bool(after) and after[0] in {"in", "at"} and bool(_TIMES.intersection(after))


def _in_house(note: Note, mention: Mention) -> bool:
    """Whether a laboratory test is said to have been run here, not only reported."""
    sentence = note.sentence_at(mention.first)
    low, high = max(sentence.first, mention.first - 12), min(sentence.last, mention.last + 12)
    return bool(_HERE.intersection(note.words.forms[low:high]))


def _beside(note: Note, row: dict[str, Any], mention: Mention) -> bool:
    """Whether one of the words a row wants near stands within twelve words of the mention."""
    if row.get("in_house") and note.kind != "lab" and not _in_house(note, mention):
        return False
    if "near" not in row:
        return True
    sentence = note.sentence_at(mention.first)
    low, high = max(sentence.first, mention.first - 12), min(sentence.last, mention.last + 12)
    return bool(set(row["near"]).intersection(note.words.forms[low:high]))


def _fits_regions(note: Note, row: dict[str, Any]) -> bool:
    if "regions" not in row:
        return True
    stated = _stated_regions(note)
    if stated is not None:
        return bool(row["regions"][0] <= stated <= row["regions"][1])
    treated: set[str] = set()
    for section in note.sections_of("procedure", "plan", "assessment_plan"):
        treated |= _REGIONS.intersection(note.words.forms[section.first : section.last])
    if not treated:
        treated |= _REGIONS.intersection(note.words.forms)
    if {"sacral", "sacroiliac"} <= treated:
        treated.discard("sacroiliac")
    low, high = row["regions"]
    return bool(low <= len(treated) <= high)


def _stated_regions(note: Note) -> int | None:
    """The number in "3 spinal regions"."""
    forms = note.words.forms
    for place, form in enumerate(forms):
        if form == "region" and forms[place - 1 : place] == ["spinal"] and place > 1:
            number = _NUMBERS.get(forms[place - 2], forms[place - 2])
            if number.isdecimal() and len(number) == 1:
                return int(number)
    return None


def _units(note: Note, row: dict[str, Any], mentions: list[Mention]) -> tuple[int, str]:
    if "units_per_mg" in row:
        dose = _number_before(note, mentions, "mg")
        if dose is None:
            return 1, f"{row['code']}: the dose in milligrams is not stated"
        return -(-dose // int(row["units_per_mg"])), ""
    if row.get("timed"):
        minutes = _number_before(note, mentions, "minute")
        if minutes is None:
            return 1, f"{row['code']}: the minutes are not stated"
        return max(1, (minutes + 7) // 15), ""
    return 1, ""


def _number_before(note: Note, mentions: list[Mention], unit: str) -> int | None:
    """The number that stands before a unit near a mention ("40 mg", "45 minutes", "40mg")."""
    units = frozenset((unit,)) | (_MINUTES if unit == "minute" else frozenset())
    forms = note.words.forms
    for mention in mentions:
        sentence = note.sentence_at(mention.first)
        for place in range(mention.first, min(sentence.last, mention.last + 25)):
            number = _number_at(forms, place, units)
            if number is not None:
                return number
        for place in range(max(sentence.first, mention.first - 8), mention.first):
            number = _number_at(forms, place, units)
            if number is not None:
                return number
    return None


def _number_at(forms: list[str], place: int, units: frozenset[str]) -> int | None:
    form = forms[place]
    if form in units and place and forms[place - 1].isdecimal() and len(forms[place - 1]) < 5:
        return int(forms[place - 1])
    for unit in units:
        head = form.removesuffix(unit)
        if head != form and head.isdecimal() and len(head) < 5:
            return int(head)
    return None


def _modifiers(note: Note, row: dict[str, Any], mentions: list[Mention], setting: Setting) -> tuple[str, ...]:
    found = list(row.get("modifiers", ()))
    if "regions" in row and _active_treatment(note):
        found.append("AT")
    if row.get("lateral"):
        side = _side(note, mentions)
        if side:
            found.append({"left": "LT", "right": "RT", "bilateral": "50"}[side])
    if (
        row.get("imaging")
        and note.kind == "radiology"
        and row["code"].startswith("7104")
        and _professional(note)
    ):
        found.append("26")
    return tuple(found)


def _active_treatment(note: Note) -> bool:
    """Whether a chiropractor says that the treatment is corrective and not maintenance."""
    forms = note.words.forms
    pairs = set(pairwise(forms))
    return bool(
        {("acute", "care"), ("active", "treatment"), ("not", "maintenance"), ("corrective", "care")} & pairs
    )


def _professional(note: Note) -> bool:
    """Whether a radiologist only read what a hospital took."""
    forms = note.words.forms
    said = set(forms)
    return bool({"interpretation", "professional"} & said) or "hospital" in said


def _side(note: Note, mentions: list[Mention]) -> str:
    for mention in mentions:
        sentence = note.sentence_at(mention.first)
        sides = SIDES & frozenset(note.words.forms[sentence.first : sentence.last])
        if len(sides) == 1:
            return next(iter(sides))
    everywhere = SIDES & frozenset(note.words.forms)
    return next(iter(everywhere)) if len(everywhere) == 1 else ""
