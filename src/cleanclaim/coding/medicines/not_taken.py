"""Whether a note says of a medicine that it is not taken: denied, undecided, stopped, or given for a day or some."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.medicines.long_use import said_to_be_long
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_UNDECIDED = word_set("decide decides deciding decision whether undecided")
_THOUGHT = word_set(
    "considered consider considering recommend recommended recommending suggest suggested propose proposed offered"
    " weighed candidate contemplate contemplated advise advised pending awaiting qualifies eligible"
)
_GOING_ON = word_set(
    "continue continued continuing on taking takes remain remains stay staying keep keeping increase"
)
_IN_RESERVE = (
    "in reserve",
    "as an option",
    "is an option",
    "if she fails",
    "if he fails",
    "has not had",
    "is next",
)
_REMEDY = word_set("dextrose d50 gluconate hyperkalemia potassium drip bolus calcium infusion albuterol gtt")
# Insulin by the reading of the hour is not taken for long (Section I.C.4.a.3).
_OF_THE_WARD = word_set("correction correctional corrective sliding supplemental temporary inpatient")
_HERE_ONLY = (
    "here only",
    "while here",
    "in hospital only",
    "only here",
    "during the stay",
    "while in hospital",
    "only",
)
_HANDED = word_set("given received loaded load administered")
_AGAIN = word_set("resumed restarted back again")
_NOT = word_set("not never")
# "Methotrexate can cause hepatitis" tells of the drug and not of the patient.
_MAY = word_set("can may could might would")
_UNUSED = word_set("filled refilled needed used taken required")
_STOPPED = word_set(
    "finished completed stopped discontinued stop quit held off ceased dropped refused declined declines refuses"
)
_ENDING = word_set("was were now since then but which until not")
_STEROIDS = frozenset(("long_steroid", "steroid_named"))
_SHORT_COURSE = re.compile(
    r" (?:x |for )?(?:[0-9]{1,2}|two|three|four|five|six|seven|ten|fourteen) ?(?:d|day|days|dose|doses) "
    r"| (?:burst|taper|pack|dose pack|then stop) "
)


def is_not_taken(note: Note, mention: Mention) -> bool:
    """Whether the words around a medicine say that it is not taken, or no longer, or for some days only."""
    forms, sentence = note.words.forms, note.sentence_at(mention.first)
    return (
        _denied(note, mention, sentence.first)
        or _short_course(forms, mention, sentence.last)
        or _given_once(note, mention)
        or _stopped(forms, mention, sentence.first, _said_of_it(note, mention, sentence.last))
    )


def _short_course(forms: list[str], mention: Mention, last: int) -> bool:
    """Whether a steroid is taken for some days only ("prednisone 40 mg x 5 days")."""
    behind = f" {' '.join(forms[mention.last : min(last, mention.last + 5)])} "
    return mention.term.name in _STEROIDS and _SHORT_COURSE.search(behind) is not None


def _denied(note: Note, mention: Mention, first: int) -> bool:
    """Whether it is said not to be taken ("he is not on aspirin", "no insulin")."""
    before = note.words.forms[max(first, mention.first - 3) : mention.first]
    after = note.words.forms[mention.last : mention.last + 4]
    opening = note.words.forms[first : first + 1]
    if opening == ["new"] or note.words.forms[max(first, mention.first - 1) : mention.first] == ["then"]:
        return True
    if _UNDECIDED.intersection(note.words.forms[max(first, mention.first - 5) : mention.first]):
        return True
    if "until" in after and "only" in after:
        return True
    denied = before[-1:] in (["no"], ["off"], ["without"], ["never"])
    return denied or "not" in before or before[-2:] == ["no", "longer"] or _thought_of(note, mention, first)


def _thought_of(note: Note, mention: Mention, first: int) -> bool:
    """Whether it is only thought of or advised ("I considered tocilizumab", "we recommend ruxolitinib")."""
    forms = note.words.forms
    before = forms[max(first, mention.first - 4) : mention.first]
    if _THOUGHT.intersection(before) and not _GOING_ON.intersection(before):
        return True
    after = " ".join(forms[mention.last : mention.last + 8])
    return any(words in after for words in _IN_RESERVE)


def _stopped(forms: list[str], mention: Mention, first: int, last: int) -> bool:
    """Whether a medicine is said to have been stopped ("metformin was stopped last year", "came off insulin")."""
    goes_on = forms[mention.last : last]
    if any(form in _AGAIN and before not in _NOT for before, form in pairwise(["", *goes_on])):
        return False
    before = forms[max(first, mention.first - 3) : mention.first]
    after = forms[mention.last : min(last, mention.last + 4)]
    behind = forms[mention.last : last]
    if "took" in before and ("until" in behind or any(_is_year(form) for form in behind[:9])):
        return True
    if before[-3:] in (["ran", "out", "of"], ["run", "out", "of"]):
        return True
    behind = forms[mention.last : min(last, mention.last + 7)]
    if _MAY.intersection(behind[:1]):
        return True
    if "not" in behind and _UNUSED.intersection(behind[behind.index("not") :]):
        return True
    return bool(_STOPPED.intersection(before) or _STOPPED.intersection(after[:3]))


def _said_of_it(note: Note, mention: Mention, last: int) -> int:
    """Where what is said of a medicine ends: at a comma that another word than its end follows."""
    commas = note.words.commas
    at = bisect_left(commas, mention.last)
    for comma in commas[at : at + 2]:
        if comma < last and not (_STOPPED | _ENDING).intersection(note.words.forms[comma : comma + 2]):
            return comma
    return last


def _given_once(note: Note, mention: Mention) -> bool:
    """Whether it was given as a remedy of the hour: a first dose on arrival, insulin with dextrose or as a drip."""
    sentence = note.sentence_at(mention.first)
    before = note.words.forms[max(sentence.first, mention.first - 6) : mention.first]
    if _HANDED.intersection(before) and not said_to_be_long(note, mention):
        return True
    if mention.term.name != "insulin":
        return False
    behind = f" {' '.join(note.words.forms[mention.last : min(sentence.last, mention.last + 8)])} "
    if " sliding " in behind or any(f" {words} " in behind for words in _HERE_ONLY):
        return True
    if _OF_THE_WARD.intersection(note.words.forms[max(sentence.first, mention.first - 3) : mention.last]):
        return True
    near = note.words.forms[max(sentence.first, mention.first - 6) : min(sentence.last, mention.last + 6)]
    return bool(_REMEDY.intersection(near))


def _is_year(form: str) -> bool:
    return len(form) == 4 and form.isdecimal() and form.startswith(("19", "20"))
