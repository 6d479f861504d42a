"""A disease named in full in the story, which the list of problems calls by a shorter name ("2. The stone").

The list shows that it was assessed (Section IV.J); the story says what it is.
"""

from __future__ import annotations

from functools import lru_cache

from attrs import evolve

from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.worked_out import mention_of
from cleanclaim.documents.assertion import Assertion
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import MARKS, phrase, word_set

_UNTOLD = word_set("family_history ros instructions allergies immunizations header goals plan exam vitals")
_BEFORE = word_set("the her his this that regarding re for as to my about on of and their")
_MOST_LINES = 3000
# What may follow where the short name is the whole subject; "kidney transplant" or "liver enzymes" is something else.
_GOES_ON = word_set(
    "is are was were which that has have had in on at with from for due remain stay stable well controlled good fine ok"
    " improved improving better worse unchanged today continue still under look quiet much not no now and as to per"
)


@lru_cache(maxsize=1)
def _table() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """First word of a short name -> (all its words, beginnings of the codes it may stand for), longest first."""
    table: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for row in read_yaml("short_names.yaml")["short_names"]:
        for words in row["words"]:
            folded = phrase(words)
            table.setdefault(folded[0], []).append((folded, tuple(row["codes"])))
    for rows in table.values():
        rows.sort(key=lambda row: -len(row[0]))
    return table


def add_short_names(note: Note, picks: Picks) -> Picks:
    """The picks, with those proposed that the story names and that a title of the list calls back."""
    waiting = [pick for pick in picks.values() if _may_be_called(pick)]
    if not waiting:
        return picks
    out = dict(picks)
    for first, last, codes in note.once(_called_back):
        if any(begins_with(pick.code, codes) and pick.diagnostic for pick in live(out)):
            continue
        for pick in waiting:
            if begins_with(pick.code, codes):
                named = tuple(m for m in pick.mentions if _is_named(m.section, m.asserted.assertion))
                reason = guideline("Section IV.J", "the list of problems calls it by a shorter name")
                mentions = (mention_of(note, pick.code, first, last), *named)
                out[pick.code] = evolve(pick, mentions=mentions, because=(reason,), dropped=None)
    return out


def _is_named(section: str, assertion: Assertion) -> bool:
    return assertion is Assertion.AFFIRMED and section not in _UNTOLD


def _may_be_called(pick: Pick) -> bool:
    if not any(_is_named(m.section, m.asserted.assertion) for m in pick.mentions):
        return False
    if pick.dropped is None:
        # A dependence told in the story, which counts where the list takes it up.
        return "status" in pick.flags and pick.code.startswith("F17") and not pick.diagnostic
    return pick.unassessed


def _called_back(note: Note) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """For each title that opens with a short name its words and the beginnings of codes that it may stand for."""
    forms = note.words.forms
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for place in _titles(note):
        while place < len(forms) and (
            forms[place] in MARKS or forms[place] in _BEFORE or forms[place].isdecimal()
        ):
            place += 1
        for words, codes in _table().get(forms[place], ()) if place < len(forms) else ():
            if tuple(forms[place : place + len(words)]) == words:
                if _is_subject(note, place + len(words)):
                    found.append((place, place + len(words), codes))
                break
    return tuple(found)


def _is_subject(note: Note, after: int) -> bool:
    """Whether a short name stands for itself and does not open the name of something else."""
    forms = note.words.forms
    if after >= len(forms) or forms[after] in MARKS or forms[after] in _GOES_ON:
        return True
    return bool(note.text[note.words.ends[after - 1] : note.words.starts[after]].strip(" \t"))


def _titles(note: Note) -> list[int]:
    """Where the lines and list entries of the diagnosis lists begin."""
    places = {item.first for item in note.items if note.section_at(item.first).kind in DIAGNOSTIC}
    for first, _, _ in note.words.lines[:_MOST_LINES]:
        if note.section_at(first).kind in DIAGNOSTIC:
            places.add(first)
    return sorted(places)
