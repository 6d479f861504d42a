"""How low a blood sugar fell: E16.A beside the diabetes with hypoglycemia (use-additional notes at E08 to E13)."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.worked_out import add_pick, body_sentences, mention_of
from cleanclaim.documents.note import Note

_OWNERS = ("E08.64", "E09.64", "E10.64", "E11.64", "E13.64", "E16.0", "E16.1", "E16.2")
_LEVELS = {"1": "E16.A1", "2": "E16.A2", "3": "E16.A3"}
_LOW = frozenset(("hypoglycemia", "hypoglycemic"))
_NEAR = 6
# "Without coma, level 2 hypoglycemia" denies the coma alone.
_DENIED = frozenset(("no", "not", "denies"))


def add_hypoglycemia_level(note: Note, picks: Picks) -> Picks:
    """The picks with the level of a hypoglycemia that is coded, where a sentence about it names the level."""
    owners = [pick for pick in live(picks) if pick.code.startswith(_OWNERS)]
    if not owners or any(pick.code.startswith("E16.A") for pick in live(picks)):
        return picks
    forms = note.words.forms
    for first, last in body_sentences(note):
        for place in range(first, last - 1):
            code = _LEVELS.get(forms[place + 1]) if forms[place] == "level" else None
            near = forms[max(first, place - _NEAR) : min(last, place + _NEAR)]
            if code and _LOW.intersection(near) and not _DENIED.intersection(forms[place - 2 : place]):
                out = dict(picks)
                reason = guideline("Section I.B.7", "the level of the hypoglycemia", ("of", owners[0].code))
                add_pick(out, code, mention_of(note, code, place, place + 2), reason)
                return out
    return picks
