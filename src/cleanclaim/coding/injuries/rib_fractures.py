"""Fractures of ribs by number and side: one S22.3, several S22.4 (Section I.C.19.c)."""

from __future__ import annotations

from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.places import diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_RIB = ("rib",)
_BROKEN = ("fracture", "fractured", "broken", "fx")
_SEVERAL = word_set("multiple several two three four five six seven many")
_ORDINALS = word_set("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth")
_AMBIGUOUS = word_set("first second third")


def add_rib_fractures(note: Note, picks: Picks) -> Picks:
    """The picks with fractures of ribs that a diagnosis names."""
    out = dict(picks)
    for told in sentences_telling(note, _RIB, _BROKEN):
        place = told.any_of(_RIB) if told.section in diagnosed_in(note) else None
        broken = told.any_of(_BROKEN)
        if place is None or broken is None or not (is_told(note, place) and is_told(note, broken)):
            continue
        code = _code(told)
        if code is None:
            continue
        for pick in live(out):
            if pick.code.startswith(("S22.3", "S22.4")) and pick.code != code:
                out[pick.code] = pick.drop(guideline("Section I.B.2", f"the ribs are told: {code}"))
        reason = guideline("Section I.C.19.c", "by how many ribs and the side")
        add_pick(
            out, code, mention_of(note, code, min(place[0], broken[0]), max(place[1], broken[1])), reason
        )
    return out


def _code(told: Told) -> str | None:
    words = told.text.split()
    if words[:1] and words[0].isdecimal():
        # the number of a list
        words = words[1:]
    forms = frozenset(words)
    bilateral = "bilateral" in forms or {"left", "right"} <= forms
    side = "3" if bilateral else "1" if "right" in forms else "2" if "left" in forms else "9"
    kind = "B" if told.any_of(("open fracture",)) else "A"
    if _how_many(words) > 1 or bilateral:
        return f"S22.4{side}X{kind}"
    return f"S22.3{side}X{kind}"


def _how_many(words: list[str]) -> int:
    """More than one where ribs are counted, listed or spanned."""
    numbers = {word for word in words if word in _ORDINALS or _rib_number(word)}
    if _SEVERAL.intersection(words):
        return 2
    return len(numbers - _AMBIGUOUS) + len(numbers & _AMBIGUOUS)


def _rib_number(word: str) -> bool:
    digits = word.removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd")
    return digits.isascii() and digits.isdigit() and 1 <= int(digits[:3]) <= 12
