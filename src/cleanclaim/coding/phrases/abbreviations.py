"""Abbreviations that are other words elsewhere ("AS", "ALL", "SBP"): diagnoses only where a line is headed by them."""

from __future__ import annotations

import re

from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.lexicon import abbreviation_forms
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import COLON, MARKS, word_set

_LEADING = word_set(
    "mild moderate severe critical chronic acute new known likely stable worsening left right bilateral"
)
# That palliative care looks after a patient is told by its team.
_SEEN_BY = word_set("palliative hospice")
_SERVICES = word_set(
    "team unit service ward nurse nurses consult attending fellow coordinator specialist pathway bundle"
)
_OF_DIETS = word_set("low high diabetic celiac renal cardiac")
_PROTECTION = word_set("sery vaccine vaccination series shot immunization booster jab titer")
_WARNING = word_set("warning precaution")
_WARNED_WITHIN = 6
# "Fever, drainage, calf swelling: call."
_CALL = word_set("call return 911 come phone ring")
_CALLED_WITHIN = 24
_FAR = 30
_SENDS_BACK = re.compile(r"[^\n]{0,120}(?:->|=>|→) ?(?:come|call|back|return|ED|ER|911)\b")
_BIRTH = word_set("nsvd svd perineum crowning vertex cephalic")
_MOTION = word_set("mmt dash flexion abduction extension hep capsular flex")
_COMPOUNDS = word_set("bi li pi ti lung o c")
_DEGREE = word_set("low high")
_MOST_BEFORE = 3
# "92% RA" is room air, "DSM-5-TR" a book, a celiac plexus no disease.
_AIR = word_set("cm cpap on sat sats spo2 o2 saturation saturating pct percent")
_ON_AIR = word_set("hfnc nc cannula bipap nippv oxygen weaned wean o2 cpap extubated nrb")
# "RA threshold", "RA/RV leads": the right atrium.
_OF_ATRIA = word_set(
    "threshold lead pacing paced sensing impedance atrium atrial rv lv la enlargement dilation dilated"
)
# "Cath: 90% mid LAD, DES x1": a stent and no dry eye.
_OF_STENTS = word_set(
    "lad rca lcx circumflex cath pci stent stemi nstemi coronary diagonal om1 om2 culprit cad stented"
)
_BOOK = word_set("dsm 5 iv")
_ANATOMY = word_set("plexus artery axis trunk node ganglion")
# "AF, VSS": afebrile, and no fibrillation.
_VITALS = word_set("vss vs avss vitals")


def is_meant(note: Note, first: int, last: int, flags: frozenset[str]) -> bool:
    """Whether a phrase found is the diagnosis: an abbreviation has its capitals, a value called low normal is none."""
    if note.words_span(first, last).text == "CTs":
        return False
    if "uppercase" in flags and not note.words_span(first, last).text.rstrip("s").isupper():
        return False
    if note.words.forms[last : last + 1] == ["normal"] and _DEGREE.intersection(note.words.forms[first:last]):
        return False
    if note.words.forms[first:last] == ["af"] and _VITALS.intersection(note.words.forms[last : last + 1]):
        return False
    if (
        _is_diet(note, first, last)
        or _is_service(note, first, last)
        or _is_vaccine(note, last)
        or _is_warning(note, last)
        or _is_other_word(note, first, last)
    ):
        return False
    return "capitals" not in flags or heads_a_line(note, first, last)


def _is_diet(note: Note, first: int, last: int) -> bool:
    """ "Low-K diet", "diabetic diet": what is eaten."""
    return note.words.forms[last : last + 1] == ["diet"] and note.words.forms[first] in _OF_DIETS


def _is_service(note: Note, first: int, last: int) -> bool:
    """ "Stroke team", "pain service", "BMT unit": who looks after the patient, by what they look after."""
    if _SEEN_BY.intersection(note.words.forms[first:last]):
        return False
    following = note.words.forms[last : last + 1]
    written = (
        note.text[note.words.ends[last - 1] : note.words.starts[last]] if last < len(note.words.forms) else ""
    )
    return bool(_SERVICES.intersection(following)) and written in {" ", "-"}


def _is_vaccine(note: Note, last: int) -> bool:
    """ "Shingles series done": what protects from an illness is named like it."""
    return bool(_PROTECTION.intersection(note.words.forms[last : last + 1]))


def _is_warning(note: Note, last: int) -> bool:
    """ "Sore throat and fever warning repeated": what to watch for was said, not found."""
    sentence = note.sentence_at(last - 1)
    rest = note.words.forms[last : min(sentence.last, last + _CALLED_WITHIN)]
    end = note.words.ends[sentence.last - 1] if sentence.last else 0
    if _SENDS_BACK.match(note.text, note.words.ends[last - 1], min(end + _FAR, len(note.text))):
        return True
    if COLON in rest and _CALL.intersection(rest[rest.index(COLON) + 1 : rest.index(COLON) + 3]):
        return True
    behind = note.words.forms[last : last + _WARNED_WITHIN]
    until = next((place for place, form in enumerate(behind) if form in MARKS), len(behind))
    return bool(_WARNING.intersection(behind[:until]))


def _is_other_word(note: Note, first: int, last: int) -> bool:
    """A plural in small letters ("pads"), a part of a compound ("BI-RADS"), a position of the head at birth ("OA")."""
    if last - first != 1:
        return False
    forms = note.words.forms
    text = note.words_span(first, last).text
    if text == "CFS" and (forms[last : last + 1] and forms[last].isdecimal()):
        return True  # the clinical frailty scale
    if text == "OA":
        return not _BIRTH.isdisjoint(forms)
    # Passive range of motion, beside the active one.
    if text in {"PROM", "AROM"} and not _MOTION.isdisjoint(forms):
        return True
    before = forms[first - 1] if first else ""
    # A saturation has two figures; "1 RA" is the first of a list.
    if text == "RA" and (
        (before.isdecimal() and len(before) > 1)
        or before in _AIR
        or _ON_AIR.intersection(forms[max(0, first - 5) : first])
        or _OF_ATRIA.intersection(forms[max(0, first - 2) : last + 4])
    ):
        return True
    if text in {"RA", "HUS"} and is_newborn_record(note):
        return True  # room air, an ultrasound of the head
    if text == "DES" and _OF_STENTS.intersection(forms[max(0, first - 8) : last + 8]):
        return True
    if (text == "TR" and before in _BOOK) or (
        forms[first] == "celiac" and _ANATOMY.intersection(forms[last : last + 1])
    ):
        return True
    if forms[first] not in abbreviation_forms():
        return False
    if text.lower() == f"{forms[first]}s" and not text[:-1].isupper():
        return True
    return first > 0 and forms[first - 1] in _COMPOUNDS and "-" in note.words_span(first - 1, last).text


def heads_a_line(note: Note, first: int, last: int) -> bool:
    """Whether words stand in capitals in a diagnosis list, with at most words of degree before them in their line."""
    if note.section_at(first).kind not in DIAGNOSTIC or not note.words_span(first, last).text.isupper():
        return False
    forms = note.words.forms
    for place in range(first - 1, max(-1, first - 1 - _MOST_BEFORE), -1):
        if forms[place] in MARKS or (forms[place].isdecimal() and not _counts_in_a_row(note, place)):
            return True
        if forms[place] not in _LEADING:
            item = note.item_at(first)
            return (item is not None and item.first == place + 1) or place + 1 in _line_starts(note, place)
    return first == 0


def _counts_in_a_row(note: Note, place: int) -> bool:
    """Whether a number ends a row in running words ("RIBS 5, 6 AND 7, ALL CLOSED") and opens no entry."""
    return place > 0 and note.words.forms[place - 1].isalpha() and note.words.forms[place - 1] not in MARKS


def _line_starts(note: Note, place: int) -> frozenset[int]:
    return frozenset(line[0] for line in note.words.lines if line[0] == place + 1)
