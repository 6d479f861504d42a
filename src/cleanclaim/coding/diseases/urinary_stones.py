"""Stones of kidney and ureter in any wording: with hydronephrosis one code, with infection another (tabular, N13).

"L UVJ calculus w/ obstruction + hydronephrosis" is N13.2, an infected obstructed stone N13.6; a stone of the ureter
that widens nothing stays N20.1.
"""

from __future__ import annotations

from collections.abc import Iterable

from cleanclaim.coding.picks import Pick, Picks, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC
from cleanclaim.coding.sentence_texts import Told, sentences_told
from cleanclaim.coding.worked_out import add_pick, is_said, mention_of
from cleanclaim.documents.note import Note

_STONE = ("stone", "calculus", "calculi", "nephrolithiasis", "ureterolithiasis", "urolithiasis")
_URETER = ("ureter", "ureteral", "ureteric", "uvj", "ureterovesical", "ureterolithiasis")
_KIDNEY = (
    "kidney",
    "renal",
    "upj",
    "ureteropelvic",
    "nephrolithiasis",
    "staghorn",
    "calyceal",
    "renal pelvis",
)
_WIDENED = ("hydronephrosis", "hydro", "hydroureter", "hydroureteronephrosis", "pelvicaliectasis")
_INFECTED = ("pyelonephritis", "pyonephrosis", "infected", "urosepsis", "pyelo")
_LISTS = DIAGNOSTIC | {"indication"}
_GIVES_WAY = ("N20.0", "N20.1", "N20.2", "N20.9", "N13.2", "N13.30", "N13.39", "N23")
_ROOM = (
    frozenset(("results", "findings", "hpi", "opening", "ed_course", "hospital_course", "imaging")) | _LISTS
)


def add_urinary_stones(note: Note, picks: Picks) -> Picks:
    """The picks with the code of a stone that a diagnosis line names, by what the note says it led to."""
    if not any(word in note.words.forms for word in _STONE):
        return picks
    told = [one for one in sentences_told(note) if one.section in _ROOM]
    named = [one for one in told if one.section in _LISTS and _said(note, one, _STONE) and _urinary(one)]
    if not named:
        return picks
    about = [one for one in told if one in named or (one.any_of(_STONE) and one.section not in _LISTS)]
    widened = any(_said(note, one, _WIDENED) for one in about)
    in_ureter = any(one.any_of(_URETER) for one in named)
    infected = widened and any(_said(note, one, _INFECTED) for one in told if one.section in _LISTS)
    code = "N13.6" if infected else "N13.2" if widened else "N20.1" if in_ureter else ""
    if not code or (code == "N20.1" and any(pick.code.startswith(("N20", "N13")) for pick in live(picks))):
        return picks
    place = named[0].any_of(_STONE) or (named[0].first, named[0].first + 1)
    return _with(note, picks, code, place)


def _with(note: Note, picks: Picks, code: str, place: tuple[int, int]) -> Picks:
    out = dict(picks)
    reason = guideline("Section I.B.9", "a stone with what it led to is one combination code")
    for pick in live(picks):
        if pick.code != code and _contained(pick, code):
            out[pick.code] = pick.drop(guideline("Section I.B.9", f"contained in {code}"))
    add_pick(out, code, mention_of(note, code, *place), reason)
    return out


def _contained(pick: Pick, code: str) -> bool:
    return pick.code in _GIVES_WAY or (code == "N13.6" and pick.code in {"N10", "N12"})


def _urinary(told: Told) -> bool:
    return told.any_of(_URETER) is not None or told.any_of(_KIDNEY) is not None


def _said(note: Note, told: Told, words: Iterable[str]) -> bool:
    return any(is_said(note, *place) for word in words for place in told.find_all(word))
