"""Rheumatoid arthritis by its serology, as clinics write it with signs and figures: "RA, RF+/CCP-", "RF 212, CCP >250".

A plus or a minus is no word and is lost where words are folded, so that it is read from the text itself.
"""

from __future__ import annotations

import re

from attrs import evolve

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.documents.note import Note

_OPEN = frozenset(("M06.9", "M06.00", "M06.09"))
_POSITIVE = "M05.79"
_NEGATIVE = "M06.00"
_SIGNED = re.compile(
    r"\b(?:RF|anti-CCP|CCP|ACPA|rheumatoid factor)(?:\s?(?P<sign>\+|-(?![\w])|−|\(\+\)|\(-\))"
    r"|\s(?:is |was |of )?(?P<word>positive|pos\b|negative|neg\b)|\s(?:of )?(?P<more>>)?\s?(?P<figure>\d{1,4})\b)",
    re.IGNORECASE,
)
_LEAST = 20
_LONGEST = 60_000


def add_rheumatoid_serology(note: Note, picks: Picks) -> Picks:
    """The picks with rheumatoid arthritis by the rheumatoid factor and antibodies that the note gives."""
    found = [pick for pick in live(picks) if pick.code in _OPEN]
    if not found:
        return picks
    signs = [_is_positive(match) for match in _SIGNED.finditer(note.text[:_LONGEST])]
    if not signs:
        return picks
    code = _POSITIVE if any(signs) else _NEGATIVE
    if any(pick.code == code for pick in live(picks)):
        return picks
    out = dict(picks)
    for pick in found:
        out[pick.code] = pick.drop(guideline("Section I.B.2", f"the serology calls for {code}"))
    reason = guideline("Section I.B.2", "the note gives the rheumatoid factor or its antibodies")
    out[code] = evolve(found[0], code=code, inferred=True).explain(reason)
    return out


def _is_positive(match: re.Match[str]) -> bool:
    if match["sign"]:
        return "+" in match["sign"]
    if match["word"]:
        return match["word"].lower().startswith("pos")
    return bool(match["more"]) or int(match["figure"]) >= _LEAST
