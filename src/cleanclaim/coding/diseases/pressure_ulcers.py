"""Pressure ulcers by site, side and stage, in whatever order they are said (Section I.C.12.a)."""

from __future__ import annotations

from collections.abc import Iterator

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC, diagnosed_in
from cleanclaim.coding.worked_out import add_pick, body_sentences, is_said, mention_of, problem_stretches
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_BEHIND_PRESSURE = word_set("ulcer ulceration injury sore wound")
_ALONE = word_set("decubitus decub decubiti bedsore dti dtpi")
_STAGES = {"1": "1", "2": "2", "3": "3", "4": "4", "i": "1", "ii": "2", "iii": "3", "iv": "4", "one": "1"}
_STAGES.update({"two": "2", "three": "3", "four": "4"})
_OPEN = "9"
_SIDE_NUMBERS = {"right": "1", "left": "2", "bilateral": "12", "both": "12"}


def add_pressure_ulcers(note: Note, picks: Picks) -> Picks:
    """The picks with a code for each site that a diagnosis line names, at its stage."""
    if not ({"pressure", "tissue"} | _ALONE).intersection(note.words.forms):
        return picks
    found: dict[str, tuple[int, int]] = {}
    unlisted = diagnosed_in(note) is not DIAGNOSTIC
    for first, last in body_sentences(note) if unlisted else problem_stretches(note):
        anchor = _anchor(note, first, last)
        if anchor is not None and is_said(note, anchor, anchor + 1):
            for code, begin, end in _sites(note, anchor, first, last):
                found.setdefault(code, (begin, end))
    if not found:
        return picks
    out = dict(picks)
    for pick in live(out):
        if pick.code.startswith(("L89", "L97")) and pick.code not in found:
            text = "the site and the stage said in the same words call for another code"
            if any(begin <= m.first < end for m in pick.mentions for begin, end in found.values()):
                out[pick.code] = pick.drop(guideline("Section I.C.12.a", text))
    for code, (begin, end) in found.items():
        reason = guideline("Section I.C.12.a", "a pressure ulcer is coded by its site and stage")
        add_pick(out, code, mention_of(note, code, begin, end), reason)
    return out


def _anchor(note: Note, first: int, last: int) -> int | None:
    forms = note.words.forms
    for place in range(first, last):
        if forms[place] in _ALONE or (
            forms[place] == "pressure" and _BEHIND_PRESSURE.intersection(forms[place + 1 : place + 3])
        ):
            return place
        if forms[place : place + 2] == ["deep", "tissue"]:
            return place
    return None


def _sites(note: Note, anchor: int, first: int, last: int) -> Iterator[tuple[str, int, int]]:
    forms = note.words.forms
    names = families()["pressure_ulcer_sites"]
    stages = list(_stages(forms, first, last))
    sites = [place for place in range(first, last) if forms[place] in names]
    for place in sites:
        stem = names[forms[place]]
        side = _side(forms, place, first, last)
        near = _nearest(stages, place, sites)
        stage = near[0] if near else _stage_elsewhere(note, forms[place])
        places = [place, anchor, *(near[1:] if near else ())]
        for number in _SIDE_NUMBERS.get(side, "0") if "*" in stem else "0":
            yield f"{stem.replace('*', number)}{stage}", min(places), max(places) + 1


def _stages(forms: list[str], first: int, last: int) -> Iterator[tuple[str, int]]:
    for place in range(first, last):
        if forms[place] in {"stage", "grade", "category"} and place + 1 < len(forms):
            if forms[place + 1] in _STAGES:
                yield _STAGES[forms[place + 1]], place + 1
        elif forms[place] == "unstageable":
            yield "0", place
        elif forms[place] in {"dti", "dtpi"} or forms[place : place + 2] == ["deep", "tissue"]:
            yield "6", place


def _nearest(stages: list[tuple[str, int]], place: int, sites: list[int]) -> tuple[str, int] | None:
    """The stage that belongs to a site: the only one, else one per site in their order, else the nearest."""
    if len(stages) == len(sites):
        return stages[sites.index(place)]
    return min(stages, key=lambda stage: abs(stage[1] - place), default=None)


def _side(forms: list[str], place: int, first: int, last: int) -> str:
    for distance in (1, 2, 3):
        for near in (place - distance, place + distance):
            if first <= near < last and forms[near] in _SIDE_NUMBERS:
                return forms[near]
    return ""


def _stage_elsewhere(note: Note, site: str) -> str:
    """The stage that another sentence gives for the same site, as nurses and examiners write it."""
    for first, last in body_sentences(note):
        if site in note.words.forms[first:last]:
            for stage, place in _stages(note.words.forms, first, last):
                if is_said(note, place, place + 1):
                    return stage
    return _OPEN
