"""A complication that lasts into the six weeks after a birth is that of the puerperium (Section I.C.15.a.3 and o)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from attrs import evolve

from cleanclaim.claims.setting import Setting
from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.documents.note import Note

_SYSTEM = "ICD-10-CM"
_OPENING = 1500
_AFTER = r"(?:pp|post ?-?partum|postnatal|after (?:her |the |a )?(?:\w+ )?(?:birth|delivery|c[ -]?section|cesarean))"
# "PPD 11", "postpartum day 4", "6 weeks postpartum", "2 wk after c-section": how long ago the birth was.
_COUNTED = re.compile(
    rf"\b(?:ppd ?#?\d{{1,2}}|post ?-?partum (?:day|week|wk) ?#?\d{{1,2}}"
    rf"|\d{{1,2}} ?-?(?:days?|d|weeks?|wks?|w) {_AFTER}|post ?-?partum (?:visit|check|exam))\b",
    re.IGNORECASE,
)
_TOLD_IN = frozenset(("opening", "hpi", "chief_complaint", "header", "indication", "pmh"))
_WORDS = frozenset(("postpartum", "puerperium", "puerperal", "postnatal"))
_TRIMESTER = re.compile(r", (?:first|second|third|unspecified) trimester$")


def fit_puerperium(note: Note, picks: Picks, setting: Setting, book: CodeBook, on: dt.date) -> Picks:
    """Codes of a trimester as those of the puerperium, where the birth was weeks ago or the line itself says so.

    No weeks of gestation go with them (Section I.C.21.c.11); a stay for the birth keeps its own.
    """
    pregnant = [pick for pick in live(picks) if pick.code[0] == "O"]
    if not pregnant:
        return picks
    after = setting is not Setting.INPATIENT and is_after_birth(note)
    out = dict(picks)
    for pick in pregnant:
        if after or _says_so(note, pick):
            _move(out, pick, book, on)
    if after:
        for pick in live(out):
            if pick.code.startswith("Z3A"):
                reason = guideline("Section I.C.21.c.11", "the pregnancy is over")
                out[pick.code] = pick.drop(reason)
    return out


def is_after_birth(note: Note) -> bool:
    """Whether the opening or the story counts the days or weeks since the birth."""
    return note.once(_after_birth)


def _after_birth(note: Note) -> bool:
    return any(
        _COUNTED.search(note.text, section.start, min(section.end, _OPENING))
        for section in note.sections
        if section.kind in _TOLD_IN and section.start < _OPENING
    )


def _says_so(note: Note, pick: Pick) -> bool:
    """Whether the sentence of a diagnosis puts it after the birth ("gestational hypertension, postpartum")."""
    for mention in pick.mentions:
        sentence = note.sentence_at(mention.first)
        if pick.diagnostic and _WORDS.intersection(note.words.forms[sentence.first : sentence.last]):
            return True
    return False


def _move(out: Picks, old: Pick, book: CodeBook, on: dt.date) -> None:
    code = _in_puerperium(old.code, book, on)
    if not code:
        return
    text = "the birth is past, and the complication lasts into the puerperium"
    reason = guideline("Section I.C.15.a.3", text)
    out[old.code] = old.drop(guideline("Section I.C.15.a.3", f"after the birth it is {code}"))
    if code not in out or out[code].dropped is not None:
        out[code] = evolve(old, code=code, inferred=True).explain(reason)


def _in_puerperium(code: str, book: CodeBook, on: dt.date) -> str:
    """The code of the same title that says puerperium where this one says pregnancy or a trimester, or ""."""
    entry = book.find(_SYSTEM, code, on)
    if entry is None or "puerperium" in entry.title:
        return ""
    wanted = _titles(entry.title)
    for sibling in _siblings(code):
        other = book.find(_SYSTEM, sibling, on)
        if other is not None and other.billable and other.title in wanted:
            return sibling
    return ""


def _titles(title: str) -> frozenset[str]:
    """What the title of the code of the puerperium may be."""
    bare = _TRIMESTER.sub("", title)
    found = {bare.replace(" pregnancy", " the puerperium")}
    if bare != title:
        found.add(f"{bare}, complicating the puerperium")
    return frozenset(found - {title})


def _siblings(code: str) -> Iterator[str]:
    """Codes that differ from this one in a single place behind its category, or end there."""
    for place in range(len(code) - 1, 3, -1):
        for digit in "123459":
            if digit != code[place] and code[place] != ".":
                yield code[:place] + digit + code[place + 1 :]
                yield code[:place] + digit
