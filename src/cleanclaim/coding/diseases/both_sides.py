"""A condition of both sides whose category has no bilateral code: one code for each side (Section I.B.13)."""

from __future__ import annotations

import datetime as dt

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.leaves import SIDES, resolve
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_SYSTEM = "ICD-10-CM"
_BOTH = word_set("bilateral both ou bilaterally")
_OPEN = word_set("unspecified")
_ALL_LIDS = word_set("lid lids eyelid eyelids")
_CHAPTERS = "GHLMN"
_WINDOW = 9


def add_both_sides(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with a right and a left code in place of each one that leaves the side open though both are said."""
    out = dict(picks)
    for pick in live(out):
        if pick.code[0] not in _CHAPTERS or not pick.diagnostic:
            continue
        entry = book.find(_SYSTEM, pick.code, on)
        words = frozenset(entry.title.lower().replace(",", " ").split()) if entry else frozenset()
        near = _near(note, pick)
        if near & _ALL_LIDS and "four" in near:
            near |= {"both", "upper", "lower"}
        sides = words & SIDES
        paired = (
            _of_both(note, pick, words, book, on) if len(sides) == 1 and "bilateral" not in sides else None
        )
        if paired is not None:
            reason = guideline(
                "Section I.B.13", "both sides are named, one as the worse", ("from", pick.code)
            )
            out[pick.code] = pick.drop(guideline("Section I.B.13", f"both sides call for {paired}"))
            out[paired] = evolve(pick, code=paired, inferred=True).explain(reason)
            continue
        if not (near & _BOTH if not sides else _each_side(pick.code, sides, near)):
            continue
        if "unilateral" in words or (not sides and not words & _OPEN):
            continue
        twins = _twins(pick.code, near, book, on)
        if twins is None:
            continue
        out[pick.code] = pick.drop(guideline("Section I.B.13", "both sides have it, each side has its code"))
        for code in twins:
            reason = guideline("Section I.B.13", "no code for both sides: one for each")
            out[code] = evolve(pick, code=code, inferred=True).explain(reason)
    return out


def _of_both(note: Note, pick: Pick, title: frozenset[str], book: CodeBook, on: dt.date) -> str | None:
    """The bilateral code where the words of a one-sided one name both ("both knees, R worse than L")."""
    if not all(_BOTH.intersection(note.words.forms[m.first : m.last]) for m in pick.mentions):
        return None
    code = resolve(book, pick.code[:3], (title - SIDES - {"unilateral"}) | {"bilateral"}, on)
    entry = billable_entry(book, code, on) if code else None
    return code if entry is not None and "bilateral" in entry.title.lower() else None


def _each_side(code: str, sides: frozenset[str], near: frozenset[str]) -> bool:
    """Whether both sides of an eye or ear are named one by one ("right upper lid and left upper lid")."""
    return code[0] == "H" and "bilateral" not in sides and {"left", "right", "and"} <= near


def _near(note: Note, pick: Pick) -> frozenset[str]:
    found: set[str] = set()
    for mention in pick.mentions[:4]:
        sentence = note.sentence_at(mention.first)
        low, high = max(sentence.first, mention.first - _WINDOW), min(sentence.last, mention.last + _WINDOW)
        found.update(note.words.forms[low:high])
    return frozenset(found)


def _twins(code: str, near: frozenset[str], book: CodeBook, on: dt.date) -> tuple[str, str] | None:
    """The codes of the right and the left side, or None where there are none, or one for both."""
    around = near - SIDES - _BOTH
    right = resolve(book, code, around | {"right"}, on)
    left = resolve(book, code, around | {"left"}, on)
    both = resolve(book, code, around | {"bilateral"}, on)
    if (
        right is None
        or left is None
        or right == left
        or not (_sided(right, book, on) and _sided(left, book, on))
    ):
        return None
    entry = book.find(_SYSTEM, both, on) if both else None
    return None if entry is not None and "bilateral" in entry.title.lower() else (right, left)


def _sided(code: str, book: CodeBook, on: dt.date) -> bool:
    entry = billable_entry(book, code, on)
    return entry is not None and bool(SIDES.intersection(entry.title.lower().replace(",", " ").split()))
