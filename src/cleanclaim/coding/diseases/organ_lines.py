"""A plan by organ or by value: "Thyroid: at goal", "BP - raise benazepril", "Lipids: same statin" (Section IV.J).

Such a line takes up the lasting illness that the story names: it is addressed though its name is not said again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from attrs import evolve

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.worked_out import folded, mention_of
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import BREAK, COLON, MARKS, word_set

_TOLD_IN = frozenset(("opening", "hpi", "pmh", "problem_list", "chief_complaint", "medications"))
_LINES_IN = DIAGNOSTIC | {"plan"}
_LEADING = word_set("her his the my your")
_SAID = word_set(
    "is are at stable well good controlled fine ok goal same continue under steady target better excellent great"
    " unchanged in on today recheck doing looks acceptable"
)
_DASHES = "-–—:=("


def add_organ_lines(note: Note, picks: Picks) -> Picks:
    """The picks, with lasting illnesses of the story that a line of the plan takes up by their organ or value."""
    waiting = [pick for pick in picks.values() if _may_be_meant(pick)]
    if not waiting:
        return picks
    out = dict(picks)
    for first, last, codes in note.once(_lines):
        if any(begins_with(pick.code, codes) and pick.diagnostic for pick in live(out)):
            continue
        for pick in waiting:
            if begins_with(pick.code, codes):
                told = tuple(m for m in pick.mentions if m.affirmed and m.section in _TOLD_IN)
                reason = guideline("Section IV.J", "the plan takes it up by its organ or its value")
                mentions = (mention_of(note, pick.code, first, last), *told)
                out[pick.code] = evolve(pick, mentions=mentions, because=(reason,), dropped=None)
    return out


def _may_be_meant(pick: Pick) -> bool:
    """Whether an illness is told of the patient and was left out only because no list names it."""
    if pick.dropped is None or pick.code[0] in "RSTVWXYZ" or "status" in pick.flags:
        return False
    return any(m.affirmed and m.section in _TOLD_IN for m in pick.mentions)


@lru_cache(maxsize=1)
def _labels() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """First word of a label -> its words with the codes it may mean."""
    found: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for row in families()["organ_lines"]:
        for name in row["names"]:
            words = folded(str(name))
            found.setdefault(words[0], []).append((words, tuple(row["codes"])))
    return found


def _lines(note: Note) -> tuple[tuple[int, int, tuple[str, ...]], ...]:
    """Every line of assessment and plan that opens with an organ or a value: its words and the codes it may mean."""
    labels, forms = _labels(), note.words.forms
    found = []
    for place, end in _openings(note):
        for words, codes in labels.get(forms[place], ()):
            last = place + len(words)
            if tuple(forms[place:last]) == words and last <= end and _is_label(note, last, end):
                found.append((place, last, codes))
                break
    return tuple(found)


def _openings(note: Note) -> Iterator[tuple[int, int]]:
    """The first word of each sentence of assessment and plan, past its number, with the sentence's end."""
    forms = note.words.forms
    for sentence in note.sentences:
        if note.section_at(sentence.first).kind not in _LINES_IN:
            continue
        section = note.section_at(sentence.first)
        place = sentence.first
        if section.title is not None and note.words.starts[place] < section.title.end:
            while place < sentence.last and note.words.starts[place] < section.title.end:
                place += 1
        while place < sentence.last and (
            forms[place] in MARKS or forms[place].isdecimal() or forms[place] in _LEADING
        ):
            place += 1
        if place < sentence.last:
            yield place, sentence.last


def _is_label(note: Note, last: int, end: int) -> bool:
    """Whether a colon, a dash or how it does follows: a heading of its line and no part of a longer name."""
    if last >= end:
        return True
    form = note.words.forms[last]
    between = note.text[note.words.ends[last - 1] : note.words.starts[last]]
    return form in {COLON, BREAK} or form in _SAID or any(dash in between for dash in _DASHES)
