"""How gestational diabetes is controlled, from the words of the note: O24.4 (Section I.C.15.i)."""

from __future__ import annotations

from attrs import evolve

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.sentence_texts import is_told, sentences_telling
from cleanclaim.documents.note import Note

_OPEN = ("O24.419", "O24.429", "O24.439")
# Insulin counts before tablets, tablets before diet (Section I.C.15.i).
_CONTROLS = (
    ("4", ("insulin", "nph", "glargine", "detemir", "lispro", "aspart", "levemir", "lantus", "humalog")),
    ("5", ("metformin", "glyburide", "glucophage", "oral agent")),
    (
        "0",
        (
            "diet controlled",
            "diet control",
            "diet alone",
            "diet and exercise",
            "a1gdm",
            "gdma1",
            "controlled by diet",
        ),
    ),
)
_NOT_NOW = frozenset(("pmh", "psh", "family_history", "instructions"))


def fit_gestational_control(note: Note, picks: Picks) -> Picks:
    """The picks with the control of a gestational diabetes that its own line leaves open."""
    opened = [pick for pick in live(picks) if pick.code in _OPEN]
    digit = next((each for each, words in _CONTROLS if _is_used(note, words)), "") if opened else ""
    if not digit:
        return picks
    out = dict(picks)
    for pick in opened:
        code = f"{pick.code[:-1]}{digit}"
        reason = guideline("Section I.C.15.i", "how the gestational diabetes is controlled is told")
        out[pick.code] = pick.drop(guideline("Section I.B.2", f"the control is told: {code}"))
        if code not in out or out[code].dropped is not None:
            out[code] = evolve(pick, code=code, inferred=True).explain(reason)
    return out


def _is_used(note: Note, words: tuple[str, ...]) -> bool:
    for told in sentences_telling(note, words):
        place = told.any_of(words) if told.section not in _NOT_NOW else None
        if place is not None and is_told(note, place):
            return True
    return False
