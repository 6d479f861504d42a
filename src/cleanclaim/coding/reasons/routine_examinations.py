"""Routine examinations: the code that fits the age, and whether something abnormal was found (Section I.C.21.c.13)."""

from __future__ import annotations

from typing import NamedTuple

from attrs import evolve

from cleanclaim.coding.demographics import age_in_months
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC, diagnosed_in
from cleanclaim.coding.sentence_texts import sentences_telling
from cleanclaim.coding.visit.problems import kind_of
from cleanclaim.coding.visit.status import goal_missed
from cleanclaim.coding.visit.words import Reading, read_visit
from cleanclaim.documents.note import Item, Note, Sentence
from cleanclaim.documents.words import phrase, word_set

_SECTION = "Section I.C.21.c.13"
_ADULT_MONTHS = 18 * 12
_FINDINGS = frozenset(("acute", "minor", "systemic", "complicated", "uncertain", "threat", "symptom"))
# What an examination finds by weighing and by routine blood tests, unless it is said to be known.
_FOUND_AT_IT = ("R73.0", "E66", "R03.0", "R63.5", "E78.0")
_FELT = ("N63", "E04", "R22", "R59", "R19.0", "N83", "D48", "D49")
_KNOWN = word_set("stable known longstanding unchanged chronic controlled history continue goal")
_GOAL = word_set("goal controlled target")
_SHORT_FOR_ANY = word_set("annual yearly routine exam examination visit check checkup")
_SAID_ABNORMAL = (
    "with abnormal finding",
    "with an abnormal finding",
    "abnormal finding present",
    "abnl finding",
)
_NEWS = word_set(
    "new newly found discovered uncontrolled worsening worse worsened above elevated increase start begin raise poorly"
    " detected noted incidental suboptimal high first"
)


class _Examination(NamedTuple):
    """A kind of routine examination: its code without and with abnormal findings."""

    normal: str
    abnormal: str


_ADULT, _CHILD = _Examination("Z00.00", "Z00.01"), _Examination("Z00.129", "Z00.121")
_WOMAN = _Examination("Z01.419", "Z01.411")


def fit_examination(note: Note, picks: Picks) -> Picks:
    """Each routine examination by the age of the examined and by what was found at it.

    A chronic disease that is known and stable is no abnormal finding; an illness, an injury or a symptom that the
    diagnosis list names beside the examination is, and so is a chronic one that is new or not at goal.
    """
    out = dict(picks)
    for pick in live(picks):
        kind = next((one for one in (_ADULT, _CHILD, _WOMAN) if pick.code in one), None)
        if kind is not None:
            _move(out, *_by_findings(note, picks, *_by_age(note, pick, kind)))
    return _gynecological_only(out)


def _gynecological_only(picks: Picks) -> Picks:
    """At a gynecological examination "annual exam" is short for it, and no general examination besides."""
    if not any(pick.code in _WOMAN for pick in live(picks)):
        return picks
    for pick in live(picks):
        if pick.code in _ADULT and all(_SHORT_FOR_ANY.issuperset(phrase(m.span.text)) for m in pick.mentions):
            text = "the gynecological examination is meant"
            picks[pick.code] = pick.drop(guideline("Section I.C.21.c.13", text))
    return picks


def _by_age(note: Note, pick: Pick, kind: _Examination) -> tuple[Pick, Pick, _Examination]:
    """A pick, what it becomes at the patient's age, and of which kind that is; under 18 the child's."""
    age = age_in_months(note)
    if kind is _WOMAN or age is None:
        return pick, pick, kind
    fitting = _CHILD if age[0] < _ADULT_MONTHS else _ADULT
    if fitting is kind:
        return pick, pick, kind
    reason = guideline(_SECTION, "a routine examination is coded by age", ("age", age[1].text))
    return pick, evolve(pick, code=fitting[kind.index(pick.code)]).explain(reason), fitting


def _by_findings(note: Note, picks: Picks, old: Pick, new: Pick, kind: _Examination) -> tuple[Pick, Pick]:
    if new.code != kind.normal:
        return old, new
    found = next((one.code for one in live(picks) if _is_finding(note, one)), "") or _said_abnormal(note)
    if not found:
        return old, new
    text = "something abnormal was found at the examination"
    return old, evolve(new, code=kind.abnormal).explain(guideline(_SECTION, text, ("finding", found)))


def _said_abnormal(note: Note) -> str:
    """The words with which the note itself says that something abnormal was found, or ""."""
    for told in sentences_telling(note, _SAID_ABNORMAL):
        place = told.any_of(_SAID_ABNORMAL)
        if place is not None:
            return note.words_span(*place).text
    return ""


def _is_finding(note: Note, pick: Pick) -> bool:
    """Whether it is news: in the diagnosis list, no status, no reason for a visit, no quiet disease of years."""
    # A letter lists nothing; the lump that it tells of was felt at the examination.
    felt = begins_with(pick.code, _FELT) and diagnosed_in(note) is not DIAGNOSTIC
    if not (pick.diagnostic or felt) or pick.flags & {"status", "encounter"} or pick.code[0] in "ZVWXY":
        return False
    said = _said_of(note, pick)
    if begins_with(pick.code, _FOUND_AT_IT):
        return not said & _KNOWN
    if "chronic" in pick.flags or kind_of(pick.code) not in _FINDINGS:
        return bool(said & _NEWS) or _not_at_goal(note, pick) or _is_worse(note, pick)
    return True


def _is_worse(note: Note, pick: Pick) -> bool:
    """Whether a diagnosis list says in its entry that a lasting disease is worse or beyond its goal."""
    reading = note.once(_reading)
    return any(
        reading.within("worse", entry.first, entry.last) or goal_missed(reading, entry.first, entry.last)
        for entry in _entries(note, pick)
    )


def _reading(note: Note) -> Reading:
    return read_visit(note)


def _entries(note: Note, pick: Pick) -> list[Item | Sentence]:
    """The list entries, or the sentences, in which a diagnosis list names a disease."""
    return [
        note.item_at(mention.first) or note.sentence_at(mention.first)
        for mention in pick.mentions
        if mention.section in diagnosed_in(note)
    ]


def _said_of(note: Note, pick: Pick) -> set[str]:
    return {form for entry in _entries(note, pick) for form in note.words.forms[entry.first : entry.last]}


def _not_at_goal(note: Note, pick: Pick) -> bool:
    forms = note.words.forms
    return any(
        forms[place] == "not" and _GOAL.intersection(forms[place + 1 : place + 3])
        for mention in pick.mentions
        if mention.section in diagnosed_in(note)
        for place in range(mention.first, min(mention.last + 12, len(forms)))
    )


def _move(out: Picks, old: Pick, new: Pick) -> None:
    """Put the code that fits in the place of the one that was written."""
    if new.code == old.code:
        return
    out[old.code] = old.drop(guideline(_SECTION, f"age and findings call for {new.code}"))
    if new.code not in out or out[new.code].dropped is not None:
        out[new.code] = new
