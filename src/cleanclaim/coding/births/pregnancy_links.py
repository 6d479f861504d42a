"""Conditions of a pregnant patient through chapter 15 (Section I.C.15.a)."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.births.pregnancy import trimester_words, weeks_of_gestation
from cleanclaim.coding.leaves import resolve
from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.picks import Pick, Picks, begins_with, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.documents.note import Note

_HALF_WEEKS = 20


def link_to_pregnancy(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """Conditions of a pregnant patient through chapter 15; a normal pregnancy gives way (Section I.C.15)."""
    surely = any(_tells(note, pick) for pick in live(picks))
    found = weeks_of_gestation(note, surely=surely)
    if note.kind == "newborn" or (found is None and not surely):
        return picks
    out = dict(picks)
    trimester = trimester_words(found[0]) if found else frozenset(("trimester", "unspecified"))
    for rule in rules()["pregnancy_links"]:
        early = found is not None and found[0] < _HALF_WEEKS and "early" in rule
        code = rule["early"] if early else resolve(book, rule["give"], trimester, on)
        for pick in live(out):
            if code is None or not begins_with(pick.code, rule["dx"]) or not _listed(note, pick):
                continue
            reason = guideline("Section I.C.15.a", "a condition in pregnancy is presumed to complicate it")
            if code not in out or out[code].dropped is not None:
                out[code] = evolve(pick, code=code, inferred=True).explain(reason)
            if not rule["stays"]:
                out[pick.code] = pick.drop(guideline("Section I.C.15.a", f"contained in {code}"))
    return _not_normal(out)


def _listed(note: Note, pick: Pick) -> bool:
    """Whether a list of diagnoses names it, or the story of a note without one."""
    return any(mention.section in diagnosed_in(note) for mention in pick.mentions)


def _tells(note: Note, pick: Pick) -> bool:
    """Whether a diagnosis says by itself that the patient is pregnant now."""
    after = begins_with(
        pick.code, ("O00", "O01", "O02", "O03", "O04", "O08", "O72", "O85", "O86", "O9A", "O70")
    )
    later = begins_with(pick.code, ("O87", "O88", "O89", "O90", "O91", "O92", "O94"))
    pregnant = pick.code[0] == "O" or begins_with(pick.code, ("Z34", "Z33.1"))
    return _listed(note, pick) and pregnant and not after and not later


def _not_normal(picks: Picks) -> Picks:
    out = dict(picks)
    complicated = [pick for pick in live(out) if pick.code[0] == "O"]
    for pick in live(out):
        if complicated and pick.code.startswith("Z34"):
            reason = guideline(
                "Section I.C.15.b.1", "a normal pregnancy is not coded beside a code of chapter 15"
            )
            out[pick.code] = pick.drop(reason)
    return out
