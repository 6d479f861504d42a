"""Z23 for a vaccine that the note says was given at this visit, whatever it calls it (Section I.C.21.c.2)."""

from __future__ import annotations

from functools import lru_cache

from cleanclaim.coding.picks import Picks, guideline
from cleanclaim.coding.worked_out import add_pick, body_sentences, folded, is_said, mention_of
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_CODE = "Z23"
_KINDS_OF_STAY = frozenset(("discharge", "inpatient", "newborn", "operative", "delivery"))
_SECTIONS = word_set("immunizations plan assessment_plan assessment procedure ed_course impression diagnosis")
_REACH = 8

Phrases = frozenset[tuple[str, ...]]


@lru_cache(maxsize=1)
def _table() -> dict[str, Phrases]:
    return {
        name: frozenset(folded(str(text)) for text in texts)
        for name, texts in read_yaml("vaccines.yaml").items()
    }


def add_vaccines_given(note: Note, picks: Picks) -> Picks:
    """The picks with Z23 where a sentence names a vaccine and says that it was given, and nothing puts it elsewhere."""
    if note.kind in _KINDS_OF_STAY or (_CODE in picks and picks[_CODE].dropped is None):
        return picks
    place = _given(note)
    if place is None:
        return picks
    out = dict(picks)
    reason = guideline("Section I.C.21.c.2", "a vaccine was given at the visit")
    add_pick(out, _CODE, mention_of(note, _CODE, *place), reason)
    return out


def _given(note: Note) -> tuple[int, int] | None:
    table = _table()
    heads = {words[0] for words in table["names"]}
    if not heads.intersection(note.words.forms):
        return None
    sentences = [*body_sentences(note), *_immunizations(note)]
    for first, last in sentences:
        if note.section_at(first).kind not in _SECTIONS:
            continue
        stretch = note.words.forms[first:last]
        if not heads.intersection(stretch) or _holds(stretch, table["not_now"]):
            continue
        for at in range(first, last):
            size = _at(note.words.forms, at, last, table["names"])
            low, high = max(first, at - _REACH), min(last, at + size + _REACH)
            if size and _holds(note.words.forms[low:high], table["given"]) and is_said(note, at, at + size):
                return at, at + size
    return None


def _immunizations(note: Note) -> list[tuple[int, int]]:
    return [
        (sentence.first, sentence.last)
        for sentence in note.sentences
        if note.section_at(sentence.first).kind == "immunizations"
    ]


def _at(forms: list[str], place: int, last: int, phrases: Phrases) -> int:
    """How many words of a phrase of a table stand at a place; 0 where none does."""
    sizes = [
        len(words)
        for words in phrases
        if words[0] == forms[place]
        and place + len(words) <= last
        and tuple(forms[place : place + len(words)]) == words
    ]
    return max(sizes, default=0)


def _holds(forms: list[str], phrases: Phrases) -> bool:
    return any(_at(forms, place, len(forms), phrases) for place in range(len(forms)))
