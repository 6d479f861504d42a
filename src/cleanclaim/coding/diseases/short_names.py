"""A disease named in full in the story, which the plan takes up by an organ, a value or a shorter name (Section IV.J).

"Thyroid: at goal" and "BP - raise benazepril" are lines of a plan, "2. The stone" is the title of a problem. Either
shows that the disease was assessed; the story says what it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache

from attrs import evolve, frozen

from cleanclaim.coding.candidates import Mention
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC, listed_openings, past_heading
from cleanclaim.coding.worked_out import folded, mention_of
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import BREAK, COLON, MARKS, word_set

_TOLD_IN = word_set("opening hpi pmh problem_list chief_complaint medications")
_UNTOLD = word_set("family_history ros instructions allergies immunizations header goals exam vitals")
_LINES_IN = DIAGNOSTIC | {"plan"}
_MOST_LINES = 3000
_FEW_WORDS = 8


@frozen
class _Name:
    """The folded words of a name, the beginnings of the codes it may stand for, and whether it means only one."""

    words: tuple[str, ...]
    codes: tuple[str, ...]
    sole: bool


@frozen
class _Way:
    """One way to take a disease up: where the name stands, what may stand around it, and which diseases it may mean.

    ``rows`` is the beginning of the keys of the table that hold for it alone, ``openings`` gives the first word of
    each text that may open with a name and where that text ends. A name stands alone where its text ends, before one
    of the words ``goes_on``, or where ``parted`` is found between it and the next word. ``named_by`` gives those
    mentions of a disease that name it in full, none where it cannot be meant.
    """

    rows: str
    openings: Callable[[Note], Iterator[tuple[int, int]]]
    passed_over: frozenset[str]
    goes_on: frozenset[str]
    parted: re.Pattern[str]
    named_by: Callable[[Pick], tuple[Mention, ...]]
    because: str


def add_named_in_lines(note: Note, picks: Picks) -> Picks:
    """The picks, with lasting illnesses of the story that a line of the plan takes up by their organ or value."""
    return _taken_up(note, picks, _LINE)


def add_named_in_titles(note: Note, picks: Picks) -> Picks:
    """The picks, with those proposed that the story names and that a title of the list calls back."""
    return _taken_up(note, picks, _TITLE)


def codes_of_titles(note: Note) -> tuple[str, ...]:
    """The beginnings of the codes for which the titles of the list may stand that are parts or values only."""
    return tuple(code for _, _, name in _names_said(note, _TITLE) for code in name.codes)


def _taken_up(note: Note, picks: Picks, way: _Way) -> Picks:
    waiting = {code: named for code, pick in picks.items() if (named := way.named_by(pick))}
    if not waiting:
        return picks
    out = dict(picks)
    for first, last, name in _names_said(note, way):
        if any(begins_with(pick.code, name.codes) and pick.diagnostic for pick in live(out)):
            continue
        meant = [code for code in waiting if begins_with(code, name.codes)]
        if name.sole and len({code[:3] for code in meant}) != 1:
            continue
        for code in meant:
            reason = guideline("Section IV.J", way.because)
            mentions = (mention_of(note, code, first, last), *waiting[code])
            out[code] = evolve(picks[code], mentions=mentions, because=(reason,), dropped=None)
    return out


def _names_said(note: Note, way: _Way) -> Iterator[tuple[int, int, _Name]]:
    """The words of each name that opens a line or a title, with the name and what it may stand for."""
    forms, table = note.words.forms, _table(way.rows)
    for place, end in way.openings(note):
        while place < end and (
            forms[place] in MARKS or forms[place] in way.passed_over or forms[place].isdecimal()
        ):
            place += 1
        for name in table.get(forms[place], ()) if place < end else ():
            last = place + len(name.words)
            if last > end or tuple(forms[place:last]) != name.words:
                continue
            if last == end or _stands_alone(note, last, way):
                yield place, last, name
            break


def _stands_alone(note: Note, after: int, way: _Way) -> bool:
    """Whether a name is the whole subject and does not open a longer one ("kidney transplant", "liver enzymes")."""
    if note.words.forms[after] in way.goes_on:
        return True
    between = note.text[note.words.ends[after - 1] : note.words.starts[after]]
    return way.parted.search(between) is not None


@lru_cache(maxsize=2)
def _table(way: str) -> dict[str, list[_Name]]:
    """First word of a name -> the names it opens, longest first; a name of several rows may stand for all of theirs."""
    names: dict[tuple[str, ...], _Name] = {}
    for row in read_yaml("short_names.yaml")["short_names"]:
        codes = (*row["codes"], *row.get(f"{way}_codes", ()))
        for written in (*row.get("names", ()), *row.get(f"{way}_names", ())):
            words = folded(written)
            known = names.get(words, _Name(words, (), False))
            names[words] = _Name(words, (*known.codes, *codes), known.sole or row.get("sole", False))
    table: dict[str, list[_Name]] = {}
    for name in sorted(names.values(), key=lambda name: -len(name.words)):
        table.setdefault(name.words[0], []).append(name)
    return table


def _lines(note: Note) -> Iterator[tuple[int, int]]:
    """The sentences of assessment and plan, behind the heading of their section."""
    for sentence in note.sentences:
        section = note.section_at(sentence.first)
        if section.kind in _LINES_IN:
            yield past_heading(note, sentence.first), sentence.last


def _titles(note: Note) -> Iterator[tuple[int, int]]:
    """The lines and list entries of the diagnosis lists; what follows a title may belong to it.

    A sentence of a few words may be titles only ("BP. Kidney. Pills.", "Thyroid, B12."): each part opens one.
    """
    places = listed_openings(note)
    for sentence in note.sentences[:_MOST_LINES]:
        if note.section_at(sentence.first).kind in DIAGNOSTIC:
            places |= _parts(note, past_heading(note, sentence.first), sentence.last)
    end = len(note.words.forms)
    return ((place, end) for place in sorted(places))


def _parts(note: Note, first: int, last: int) -> set[int]:
    """Where the parts of a short sentence begin that is titles only, so far as its first word tells."""
    while first < last and note.words.forms[first] in MARKS:
        first += 1
    if not 0 < last - first <= _FEW_WORDS:
        return set()
    if note.words.forms[first] not in _table("title"):
        return {first}
    commas = note.words.commas
    return {first, *commas[bisect_left(commas, first) : bisect_left(commas, last)]}


def _left_out_of_lists(pick: Pick) -> tuple[Mention, ...]:
    """Where the story tells an illness of the patient that was left out; a line calls no symptom or injury back."""
    if pick.dropped is None or pick.code[0] in "RSTVWXYZ" or "status" in pick.flags:
        return ()
    return tuple(m for m in pick.mentions if m.affirmed and m.section in _TOLD_IN)


def _unassessed(pick: Pick) -> tuple[Mention, ...]:
    """Where the note names a disease that is left out only because no list takes it up, or a dependence on tobacco."""
    if pick.dropped is not None:
        waits = pick.unassessed
    else:
        # A dependence told in the story, which counts where the list takes it up.
        waits = "status" in pick.flags and pick.code.startswith("F17") and not pick.diagnostic
    return tuple(m for m in pick.mentions if waits and m.affirmed and m.section not in _UNTOLD)


_LINE = _Way(
    rows="line",
    openings=_lines,
    passed_over=word_set("her his the my your"),
    goes_on=frozenset((COLON, BREAK))
    | word_set(
        "is are at stable well good controlled fine ok goal same continue under steady target better excellent great"
        " unchanged in on today recheck doing looks acceptable"
    ),
    parted=re.compile(r"[-–—:=(]"),
    named_by=_left_out_of_lists,
    because="the plan takes it up by its organ or its value",
)
_TITLE = _Way(
    rows="title",
    openings=_titles,
    passed_over=word_set(
        "the her his this that regarding re for as to my about on of and their right left r l rt lt bilateral both new"
    ),
    goes_on=MARKS
    | word_set(
        "is are was were which that has have had in on at with from for due remain stay stable well controlled good"
        " fine ok improved improving better worse unchanged today continue still under look quiet much not no now and"
        " as to per"
    ),
    parted=re.compile(r"[^ \t]"),
    named_by=_unassessed,
    because="the list of problems calls it by a shorter name",
)
