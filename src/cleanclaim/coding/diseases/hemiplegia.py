"""Hemiplegia by kind, side and dominance: G81; the right side is taken as dominant (Section I.C.6.a)."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note

_WORDS = ("hemiplegia", "hemiparesis", "hemiplegic", "hemiparetic", "hemiparalysis")
_NEAR = 5
_HANDED = frozenset(("handed", "hander", "hand", "handedness"))


def add_hemiplegia(note: Note, picks: Picks) -> Picks:
    """The picks with G81 where a diagnosis names a hemiplegia that no past stroke left."""
    if any(pick.code.startswith(("I69", "G80.2")) for pick in live(picks)):
        return picks
    out = dict(picks)
    for told in sentences_telling(note, _WORDS):
        place = told.any_of(_WORDS) if told.section in diagnosed_in(note) else None
        if place is None or not is_told(note, place):
            continue
        code = f"G81.{_kind(told)}{_side(note, told, place)}"
        for pick in live(out):
            if pick.code.startswith("G81") and pick.code != code:
                out[pick.code] = pick.drop(guideline("Section I.B.13", "the side is stated", ("as", code)))
        reason = guideline("Section I.C.6.a", "by the side affected and whether it is dominant")
        add_pick(out, code, mention_of(note, code, *place), reason)
        return out
    return picks


def _kind(told: Told) -> str:
    return "0" if told.any_of(("flaccid",)) else "1" if told.any_of(("spastic",)) else "9"


def _side(note: Note, told: Told, place: tuple[int, int]) -> str:
    """1 right dominant, 2 left dominant, 3 right nondominant, 4 left nondominant, 0 not stated."""
    forms = note.words.forms
    side = next(
        (
            forms[at]
            for distance in range(1, _NEAR + 1)
            for at in (place[0] - distance, place[1] + distance - 1)
            if told.first <= at < told.last
            and forms[at] in {"left", "right"}
            # "(right-handed)" tells which side is dominant, and not which is weak.
            and not _HANDED.intersection(forms[at + 1 : at + 2])
        ),
        "",
    )
    if not side:
        return "0"
    whole = f" {' '.join(forms)} "
    left_handed = " left handed " in whole or " left hand dominant " in whole
    if told.any_of(("nondominant", "non dominant")):
        return "3" if side == "right" else "4"
    if side == "right":
        return "3" if left_handed else "1"
    return "2" if left_handed or told.any_of(("dominant side", "dominant")) else "4"
