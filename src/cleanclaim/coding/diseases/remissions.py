"""Remission and relapse as characters of a code: leukemia, myeloma, dependence and abuse (Section I.C.5.b.1)."""

from __future__ import annotations

import datetime as dt
import re

from attrs import evolve

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.worked_out import is_said
from cleanclaim.documents.note import Note

_BLOOD = re.compile(r"C9[0-5]\.[0-9A-Z]0")
_USE = re.compile(r"F1[0-9]\.[12]0")


def add_remissions(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the code of remission or relapse where the same sentence states it."""
    out = dict(picks)
    for pick in live(out):
        if not (_BLOOD.fullmatch(pick.code) or _USE.fullmatch(pick.code)):
            continue
        last = _state(note, pick)
        code = pick.code[:-1] + last
        entry = billable_entry(book, code, on) if last else None
        if entry is not None and not (last == "2" and code[0] == "F"):
            out[pick.code] = pick.drop(
                guideline("Section I.B.2", f"the state said beside it calls for {code}")
            )
            if code not in out or out[code].dropped is not None:
                reason = guideline("Section I.B.2", "remission or relapse is said beside it")
                out[code] = evolve(pick, code=code, inferred=True).explain(reason)
    return out


def _state(note: Note, pick: Pick) -> str:
    """ "1" in remission, "2" in relapse, "" where neither is said of it."""
    forms = note.words.forms
    for mention in pick.mentions[:6]:
        sentence = note.sentence_at(mention.first)
        for at in range(sentence.first, sentence.last):
            if (
                forms[at] in {"remission", "relapse", "relapsed"}
                and "not" not in forms[max(sentence.first, at - 3) : at]
            ):
                return ("1" if forms[at] == "remission" else "2") if is_said(note, at, at + 1) else ""
    return ""
