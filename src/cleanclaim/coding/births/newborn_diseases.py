"""A disease on the record of a newborn goes by chapter 16 (Section I.C.16.a.1), whatever its words mean for adults."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.births.birth_records import is_newborn_record
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.documents.note import Note

_WHERE = "Section I.C.16.a.1"
_AT_BREAST = ("O92.5", "O92.70", "O92.79", "R63.30", "R63.39", "R63.31")


def fit_newborn_diseases(note: Note, picks: Picks) -> Picks:
    """The picks with the codes of chapter 16 where the patient is a newborn."""
    checked = any(begins_with(pick.code, ("Z00.11", "Z38")) for pick in live(picks))
    if not checked and not is_newborn_record(note):
        return picks
    table = families()["newborn_diseases"]
    out = dict(picks)
    for pick in live(picks):
        code = next((code for prefix, code in table.items() if pick.code.startswith(prefix)), None)
        if pick.code in _AT_BREAST and any(_at_breast(mention.span.text) for mention in pick.mentions):
            code = "P92.5"
        if code is None or not pick.diagnostic:
            continue
        out[pick.code] = pick.drop(guideline(_WHERE, f"of a newborn it is {code}"))
        if code not in out or out[code].dropped is not None:
            reason = guideline(_WHERE, "the patient is a newborn", ("from", pick.code))
            out[code] = evolve(pick, code=code, inferred=True).explain(reason)
    return out


def _at_breast(text: str) -> bool:
    return any(word in text.lower() for word in ("breast", "latch", "lactation", "nursing"))
