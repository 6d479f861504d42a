"""Epilepsy, migraine and other headaches that withstand treatment or do not stop: the twin code that says so.

The tabular notes at G40 and G43 count as intractable: pharmacoresistant, treatment resistant, refractory (medically)
and poorly controlled. The twin is found by its title: "not intractable" becomes "intractable", "without status
migrainosus" becomes "with".
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.phrases.terms import terms
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.worked_out import folded, is_said
from cleanclaim.documents.note import Note

_SYSTEM = "ICD-10-CM"
_CATEGORIES = ("G40", "G43", "G44")
_INTRACTABLE = (
    *("intractable", "refractory", "pharmacoresistant", "drug resistant", "treatment resistant"),
    *("medication resistant", "poorly controlled", "medically intractable", "not responding to treatment"),
    *("resistant to treatment", "resistant to medication", "resistant to drug", "resistant to medicine"),
)
_BEFORE, _AFTER = 3, 8
_STATUS = ("status migrainosus", "status epilepticus")


def add_intractability(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with each epilepsy and headache as intractable, and with status, where its sentence says so."""
    out = dict(picks)
    for pick in live(out):
        if not pick.code.startswith(_CATEGORIES):
            continue
        code = _twin(note, pick, book, on)
        if code is None or code == pick.code:
            continue
        out[pick.code] = pick.drop(guideline("Section I.B.2", f"the words beside it call for {code}"))
        if code not in out or out[code].dropped is not None:
            reason = guideline("Section I.B.2", "intractable, or with status, is said beside it")
            out[code] = evolve(pick, code=code, inferred=True).explain(reason)
    return out


def _twin(note: Note, pick: Pick, book: CodeBook, on: dt.date) -> str | None:
    entry = book.find(_SYSTEM, pick.code, on)
    if entry is None:
        return None
    title = entry.title
    if _says(note, pick, _INTRACTABLE):
        title = title.replace("not intractable", "intractable")
    if _says(note, pick, _STATUS):
        title = title.replace("without status", "with status")
    return _by_title(book, pick.code[:3], on).get(title) if title != entry.title else None


@lru_cache(maxsize=16)
def _by_title(book: CodeBook, category: str, on: dt.date) -> dict[str, str]:
    return {title: code for code, title in terms(book, on).leaves.get(category)}


def _says(note: Note, pick: Pick, texts: tuple[str, ...]) -> bool:
    """Whether one of the phrases is said in a sentence of the pick, and not denied there."""
    forms = note.words.forms
    for mention in pick.mentions[:6]:
        sentence = note.sentence_at(mention.first)
        first = max(sentence.first, mention.first - _BEFORE)
        last = min(sentence.last, mention.last + _AFTER)
        for text in texts:
            words = folded(text)
            for place in range(first, last - len(words) + 1):
                if tuple(forms[place : place + len(words)]) == words and _not_denied(note, place, len(words)):
                    return True
    return False


def _not_denied(note: Note, place: int, size: int) -> bool:
    before = note.words.forms[max(0, place - 3) : place]
    # "Without aura, refractory" denies the aura.
    if "aura" in before:
        return not {"not", "no", "non", "without"}.intersection(before[before.index("aura") + 1 :])
    return not {"not", "without", "no", "non"}.intersection(before) and is_said(note, place, place + size)
