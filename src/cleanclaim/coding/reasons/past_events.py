"""Illnesses that the story dates to the past: their history codes (Section I.C.21.c.4), and old infarctions.

"He had a heart attack in March 2021", "DVT R leg 2019, resolved", "h/o kidney stone 2017". Whether a history is
coded beside what is treated now is judged later, where no disease asks for it; clots count where a thinner is taken.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from cleanclaim.coding.candidates import Candidates, Mention
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.worked_out import UNREAD, add_pick, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_SECTION = "Section I.C.21.c.4"
_TOLD = frozenset((Assertion.AFFIRMED, Assertion.HISTORICAL))
_PAST = word_set("ago resolved passed previous prior remote old history h hx past had past status")
_NOW = word_set("today now new acute current currently presents admitted recurrent chronic")
_YEAR = re.compile(r"(?:19[4-9]\d|20[0-4]\d)")
_HEART = ("I20", "I21", "I22", "I24", "I25", "I50", "I11.0", "I13")
_ONCE = word_set("ago prior previous status history h hx old past had got received")
# In the course of an infarction "she had stented it" is what was done now.
_TODAY = word_set("had got received status")
_CORONARY = word_set(
    "coronary lad rca circumflex lcx cad mi nstemi stemi heart infarction pci cath cardiac des bms om diagonal"
)
_ELSEWHERE = word_set(
    "ureteral ureter biliary bile iliac carotid femoral sfa renal esophageal venous today planned will consider"
    " tracheal pancreatic duct urethral"
)
_REACH = 6
_CLOTS = ("Z86.718", "Z86.711")
_PAST_SECTIONS = frozenset(("pmh", "psh", "problem_list"))


@lru_cache(maxsize=1)
def _table() -> list[dict[str, Any]]:
    table: list[dict[str, Any]] = read_yaml("past_events.yaml")["past_events"]
    return table


def add_past_events(note: Note, picks: Picks, candidates: Candidates, year: int) -> Picks:
    """The picks with the history of what a note dates to the past, where nothing of it is treated now."""
    table = _table()
    thinned = any(mention.asserted.assertion in _TOLD for mention in candidates.concept("anticoagulant"))
    out = dict(picks)
    for mention in candidates.diagnoses:
        row = next((one for one in table if mention.term.name.startswith(tuple(one["dx"]))), None)
        if row is None or not _is_past(note, mention, year) or not _worded(note, mention, row):
            continue
        if any(begins_with(pick.code, row["not_beside"]) for pick in live(out)):
            continue
        code = row["give"]
        alone = not row["beside"] or (thinned and code in _CLOTS)
        if not alone and not any(begins_with(pick.code, row["beside"]) for pick in live(out)):
            continue
        reason = guideline(_SECTION, "the note tells it as an illness of the past")
        add_pick(out, code, mention, reason)
    if thinned:
        _keep_clots(out)
    return _add_stent(note, out, year)


def _keep_clots(picks: Picks) -> None:
    """Propose a clot's history that is told as such where a thinner is taken: nothing else need ask for it."""
    for code in _CLOTS:
        pick = picks.get(code)
        told = (
            [m for m in pick.mentions if m.asserted.assertion in _TOLD and m.section not in UNREAD]
            if pick
            else []
        )
        if told:
            reason = guideline(_SECTION, "the history of a clot for which a thinner is taken")
            add_pick(picks, code, told[0], reason)


def _worded(note: Note, mention: Mention, row: dict[str, Any]) -> bool:
    """Whether the sentence holds one of the words that a row asks for ("fragility fracture")."""
    words = row.get("words")
    if not words:
        return True
    sentence = note.sentence_at(mention.first)
    return not set(words).isdisjoint(note.words.forms[sentence.first : sentence.last])


def _add_stent(note: Note, picks: Picks, year: int) -> Picks:
    """The picks with Z95.5 where a stent of the past stands in a sentence of the heart's own words."""
    forms = note.words.forms
    stents = [place for place, form in enumerate(forms[:20_000]) if form in {"stent", "stented", "stenting"}]
    if not stents or not any(begins_with(pick.code, _HEART) for pick in live(picks)):
        return picks
    acute = any(pick.code.startswith(("I21", "I22")) for pick in live(picks))
    for place in stents:
        sentence = note.sentence_at(place)
        words = set(forms[sentence.first : sentence.last])
        past = bool(words & (_ONCE - _TODAY if acute else _ONCE)) or any(
            _gone_by(form, year) for form in words
        )
        if (
            past
            and words & _CORONARY
            and not words & _ELSEWHERE
            and note.section_at(place).kind not in UNREAD
            and assertion_at(note, place, place + 1).assertion in _TOLD
        ):
            reason = guideline("Section I.C.21.c.3", "a coronary stent of the past")
            add_pick(picks, "Z95.5", mention_of(note, "Z95.5", place, place + 1), reason)
            return picks
    return picks


def _is_past(note: Note, mention: Mention, year: int) -> bool:
    """Whether words around an illness date it to the past: a year gone by, "ago", a past history."""
    if mention.section in UNREAD or mention.asserted.assertion not in _TOLD:
        return False
    forms = note.words.forms
    sentence = note.sentence_at(mention.first)
    before = forms[max(sentence.first, mention.first - _REACH) : mention.first]
    after = forms[mention.last : min(sentence.last, mention.last + _REACH)]
    if mention.section in DIAGNOSTIC and mention.asserted.assertion is not Assertion.HISTORICAL:
        return any(_gone_by(form, year) for form in after[:3])
    if mention.asserted.assertion is Assertion.HISTORICAL:
        return not _NOW.intersection(before[-2:])
    if any(_gone_by(form, year) for form in (*before, *after)):
        return not _NOW.intersection(before[-2:])
    told = bool(_PAST.intersection(before[-3:]) or _PAST.intersection(after[:4]))
    return (
        mention.section in _PAST_SECTIONS
        or ("ago" in after and "year" in after)
        or (
            told
            and bool({"h", "hx", "history", "prior", "previous", "remote", "old"}.intersection(before[-3:]))
        )
    )


def _gone_by(form: str, year: int) -> bool:
    return _YEAR.fullmatch(form) is not None and int(form) < year
