"""Eyes told one by one with a stage each ("POAG OS moderate, OD mild"): a code for each eye (Section I.C.7.a)."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.leaves import SIDES, resolve
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import CLAUSE_BREAK

_SYSTEM = "ICD-10-CM"
_EYES = {"od": "right", "os": "left", "right": "right", "left": "left"}


def add_eye_by_eye(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the code of each eye where the clauses of a line tell a stage for either eye."""
    out = dict(picks)
    for pick in live(out):
        if not pick.code.startswith(("H25", "H35", "H40")) or not pick.diagnostic:
            continue
        for mention in pick.mentions[:3]:
            if _others_beside(note, pick, out):
                continue
            found = _of_each_eye(note, pick, mention.first, mention.last, mention.term.name, book, on)
            if len(found) == 2 and pick.code not in found.values():
                out[pick.code] = pick.drop(guideline("Section I.C.7.a", "each eye has its own stage"))
            if len(found) == 2:
                for code in found.values():
                    reason = guideline("Section I.C.7.a", "the stage of each eye is told")
                    out.setdefault(code, evolve(pick, code=code, inferred=True).explain(reason))
    return out


def _others_beside(note: Note, pick: Pick, picks: Picks) -> bool:
    """Whether another disease of the eye stands in the same sentence: its eye is not this one's."""
    sentences = {note.sentence_at(mention.first).first for mention in pick.mentions}
    return any(
        note.sentence_at(mention.first).first in sentences
        for other in live(picks)
        if other.code != pick.code and other.code[0] == "H"
        for mention in other.mentions
    )


def _of_each_eye(
    note: Note, pick: Pick, first: int, last: int, named: str, book: CodeBook, on: dt.date
) -> dict[str, str]:
    """Side -> code, for the clauses of a sentence that name one eye each and say more of it."""
    sentence = note.sentence_at(first)
    found: dict[str, str] = {}
    for begin, end in _clauses(note, sentence.first, sentence.last):
        forms = note.words.forms[begin:end]
        sides = {_EYES[form] for form in forms if form in _EYES}
        if len(sides) != 1:
            continue
        code = resolve(book, named, frozenset(forms) - SIDES | sides, on)
        entry = book.find(_SYSTEM, code, on) if code else None
        side = sides.pop()
        if entry is None or not entry.billable or side not in entry.title.lower() or side in found:
            return {}
        found[side] = entry.code
    distinct = {code[:-2] + code[-1:] for code in found.values()}
    return found if len(found) == 2 and len(distinct) == 2 else {}


def _clauses(note: Note, first: int, last: int) -> list[tuple[int, int]]:
    cuts = [place for place in note.words.commas if first < place < last]
    cuts += [at for at in range(first, last) if note.words.forms[at] in {CLAUSE_BREAK, "and"}]
    edges = sorted({first, *cuts, last})
    return list(pairwise(edges))
