"""How many placentas and sacs twins and triplets have: O30 made exact by the words of the note (Section I.C.15.a)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_told
from cleanclaim.documents.note import Note

_TWINS, _TRIPLETS = "O30.0", "O30.1"


def add_chorionicity(note: Note, picks: Picks) -> Picks:
    """The picks where a pregnancy of twins or triplets says its placentas and sacs, which the list may leave out."""
    owners = [
        pick for pick in live(picks) if pick.code.startswith((_TWINS, _TRIPLETS)) and len(pick.code) == 7
    ]
    if not owners:
        return picks
    out = dict(picks)
    for pick in owners:
        digit = _said(note, families()["chorionicity"][pick.code[:5]])
        code = pick.code[:5] + digit + pick.code[6]
        if not digit or code == pick.code:
            continue
        reason = guideline(
            "Section I.C.15.a", "the note says how many placentas and sacs", ("from", pick.code)
        )
        out[pick.code] = pick.drop(guideline("Section I.B.2", f"the note says more: {code}"))
        known = out.get(code)
        if known is None or known.dropped is not None:
            out[code] = evolve(pick, code=code, inferred=True).explain(reason)
    return out


def _said(note: Note, rows: dict[str, list[str]]) -> str:
    """The character of the first row of which a phrase is told of the patient."""
    sentences = list(sentences_told(note))
    story = Told("".join(told.text for told in sentences), 0, 0, "")
    for digit, phrases in rows.items():
        if story.any_of(phrases) is None:
            continue
        for told in sentences:
            place = told.any_of(phrases)
            if place is not None and is_told(note, place):
                return digit
    return ""
