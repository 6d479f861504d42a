"""Parkinson's disease by what its treatment does: dyskinesia and fluctuations in the fourth and fifth characters."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.worked_out import body_sentences, folded, is_said
from cleanclaim.documents.note import Note

_DYSKINESIA = ("dyskinesia", "dyskinesias", "dyskinetic")
_FLUCTUATIONS = (
    *("fluctuation", "fluctuations", "wearing off", "off episodes", "off time", "on off", "off periods"),
    *("off spells", "end of dose", "motor fluctuation", "wears off"),
)


def add_fluctuations(note: Note, picks: Picks) -> Picks:
    """The picks with Parkinson's disease at the code that tells of dyskinesia and fluctuations."""
    found = [pick for pick in live(picks) if pick.code.startswith(("G20.A", "G20.B"))]
    if not found:
        return picks
    letter = "B" if _told(note, _DYSKINESIA) else "A"
    code = f"G20.{letter}{2 if _told(note, _FLUCTUATIONS) else 1}"
    if any(pick.code in {code, "G20.B2"} for pick in found):
        return picks
    out = dict(picks)
    for pick in found:
        out[pick.code] = pick.drop(guideline("Section I.B.2", f"what the treatment does calls for {code}"))
    reason = guideline("Section I.B.2", "dyskinesia or fluctuations are said of it")
    out[code] = evolve(found[0], code=code, inferred=True).explain(reason)
    return out


def _told(note: Note, texts: tuple[str, ...]) -> bool:
    forms = note.words.forms
    wanted = {folded(text) for text in texts}
    heads = {words[0] for words in wanted}
    return any(
        forms[at] in heads
        and tuple(forms[at : at + len(words)]) == words
        and is_said(note, at, at + len(words))
        for first, last in body_sentences(note)
        for at in range(first, last)
        for words in (wanted if forms[at] in heads else ())
    )
