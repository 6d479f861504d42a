"""The NIH stroke scale as a code beside a cerebral infarction (Section I.C.18.i)."""

from __future__ import annotations

from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.worked_out import mention_of
from cleanclaim.documents.note import Note

_HIGHEST = 42
_BETWEEN = frozenset(
    (
        ":",
        "of",
        "was",
        "is",
        "score",
        "on",
        "arrival",
        "admission",
        "initial",
        "scale",
        "stroke",
        "here",
        "at",
        "door",
        "ed",
        "total",
        "presentation",
        "in",
        "the",
        "=",
        "at",
    )
)
_LOOKED_AHEAD = 6


def add_stroke_scale(note: Note, picks: Picks) -> Picks:
    """The picks with R29.7 and the first score stated, where a cerebral infarction is coded."""
    owners = [pick for pick in live(picks) if pick.code.startswith("I63")]
    found = _stated(note.words.forms) if owners else None
    if found is None:
        return picks
    score, first, last = found
    code = f"R29.7{score:02d}"
    reason = guideline(
        "Section I.C.18.i", "the score goes with the infarction", ("infarction", owners[0].code)
    )
    return {**picks, code: Pick(code, (mention_of(note, code, first, last),), (reason,))}


def _stated(forms: list[str]) -> tuple[int, int, int] | None:
    """The first score that follows "NIHSS" with its places."""
    place = -1
    while True:
        try:
            place = forms.index("nihss", place + 1)
        except ValueError:
            return None
        ahead = place + 1
        while ahead < min(len(forms), place + _LOOKED_AHEAD) and forms[ahead] in _BETWEEN:
            ahead += 1
        number = forms[ahead] if ahead < len(forms) else ""
        if number.isascii() and number.isdigit() and int(number[:3]) <= _HIGHEST:
            return int(number), place, ahead + 1
