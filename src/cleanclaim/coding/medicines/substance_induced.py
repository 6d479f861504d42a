"""Disorders that a substance induced: mood, psychosis, anxiety, sleep, dementia of F10 to F19 (Section I.C.5.b)."""

from __future__ import annotations

import datetime as dt

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.medicines.substances import SUBSTANCES, level_of
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_INDUCED = ("induced",)
# What was induced, the last characters for it, and the codes that say it without the substance.
_DISORDERS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("50", ("delusion", "delusional"), ("F2",)),
    ("51", ("hallucination", "hallucinosis"), ("F2", "R44")),
    ("59", ("psychosis", "psychotic"), ("F2",)),
    ("4", ("mood", "depressive", "depression", "bipolar", "mania"), ("F3",)),
    ("80", ("anxiety", "panic"), ("F41",)),
    ("82", ("sleep", "insomnia"), ("G47", "F51")),
    ("27", ("dementia", "neurocognitive"), ("F03",)),
    ("26", ("amnestic", "korsakoff"), ("R41",)),
    ("81", ("sexual",), ("F52",)),
)


def add_substance_induced(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the induced disorder in place of the plain disorder and of the plain use."""
    if "induced" not in note.words.forms:
        return picks
    out = dict(picks)
    for told in sentences_telling(note, _INDUCED):
        if told.section not in diagnosed_in(note) or not told.any_of(_INDUCED):
            continue
        found = next((row for row in _DISORDERS if told.any_of(row[1])), None)
        named = next(((f, at) for f, words in SUBSTANCES if (at := told.any_of(words))), None)
        if found is None or named is None or not is_told(note, named[1]):
            continue
        tail, _, plain = found
        code = f"{named[0]}.{_level(told, out, named[0])}{tail}"
        entry = billable_entry(book, code, on)
        if entry is None:
            continue
        for pick in live(out):
            near = any(told.first <= m.first < told.last for m in pick.mentions)
            lesser = pick.code.startswith(named[0]) and pick.code[5:] in {"0", "1"}
            unnamed = pick.code.startswith("F19.9") and named[0] != "F19"
            if lesser or (near and (unnamed or pick.code.startswith(plain))):
                out[pick.code] = pick.drop(guideline("Section I.C.5.b", f"contained in {code}"))
        reason = guideline("Section I.C.5.b", "the substance induced it, as the provider says")
        add_pick(out, code, mention_of(note, code, *named[1]), reason)
    return out


def _level(told: Told, picks: Picks, family: str) -> str:
    own = level_of(told)
    return own or next(
        (p.code[4] for p in live(picks) if p.code.startswith((f"{family}.2", f"{family}.1"))), "9"
    )
