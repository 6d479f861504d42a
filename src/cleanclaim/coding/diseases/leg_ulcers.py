"""Ulcers of leg and foot that are none of pressure: site, side and depth from the words (category L97)."""

from __future__ import annotations

from cleanclaim.coding.leaves import SIDES
from cleanclaim.coding.lexicon import families
from cleanclaim.coding.picks import Picks, guideline, live
from cleanclaim.coding.worked_out import (
    add_pick,
    body_sentences,
    folded,
    is_said,
    mention_of,
    problem_stretches,
)
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_ULCER = word_set("ulcer ulceration dfu")
_NOT_OF_SKIN = word_set("pressure decubitus gastric duodenal peptic corneal aphthous oral genital stress")
_NAMED = 4
_SIDE_NUMBER = {"right": "1", "left": "2"}
_SHORT = {"l": "left", "r": "right", "lt": "left", "rt": "right"}
_OPEN_DEPTH = "9"
# "Superficial" is said of much that is no ulcer; tissue laid bare is said of little else.
_SKIN = "1"
_ARTERIAL = word_set("arterial ischemic atherosclerosis atherosclerotic arteriosclerotic")
_VARICOSE = word_set("varicose varicosity stasis")
# A stasis ulcer is one of varicose veins (index: Ulcer, stasis), unless the veins are called insufficient.
_STASIS = frozenset(("stasis",))


def add_leg_ulcers(note: Note, picks: Picks) -> Picks:
    """The picks with L97 for each ulcer of a leg or foot that a diagnosis line names."""
    if not _ULCER.intersection(note.words.forms):
        return picks
    found: dict[str, tuple[int, int]] = {}
    for first, last in problem_stretches(note):
        forms = note.words.forms[first:last]
        if not _ULCER.intersection(forms):
            continue
        place = next(first + n for n, form in enumerate(forms) if form in _ULCER)
        if _of_another_kind(note.words.forms[max(first, place - _NAMED) : min(last, place + _NAMED)]):
            continue
        site = _site(note.words.forms, first, last)
        if site is None or not is_said(note, place, place + 1):
            continue
        side = _side(note, site[1], first, last)
        depth = _depth(note, first, last)
        code = f"L97.{site[0]}{_SIDE_NUMBER.get(side, '0')}{depth}"
        places = min(place, site[1]), max(place, site[1]) + 1
        words = set(forms) - (set() if "insufficiency" not in note.words.forms else _STASIS)
        vessel = _vessel(words, side, site[0])
        if vessel:
            found[vessel] = places
        found[code] = places
    return _with_ulcers(note, picks, found) if found else picks


def _of_another_kind(near: list[str]) -> bool:
    """Whether the words by an ulcer make it one of pressure or of another organ; "non-pressure ulcer" does not."""
    kinds = [form for at, form in enumerate(near) if form in _NOT_OF_SKIN and near[at - 1 : at] != ["non"]]
    return bool(kinds)


def _with_ulcers(note: Note, picks: Picks, found: dict[str, tuple[int, int]]) -> Picks:
    out = dict(picks)
    known = [pick for pick in live(out) if pick.code.startswith("L97.")]
    found = {
        code: places
        for code, places in found.items()
        if code[0] == "I" or not any(_exactness(pick.code) > _exactness(code) for pick in known)
    }
    for pick in live(out) if found else ():
        if pick.code.startswith(_gives_way(found)) and pick.code not in found:
            text = "site, side and depth said beside it call for another code"
            out[pick.code] = pick.drop(guideline("Section I.B.2", text))
    for code, (first, last) in found.items():
        reason = guideline("Section I.B.2", "an ulcer of the leg is coded by site, side and depth")
        add_pick(out, code, mention_of(note, code, first, last), reason)
    return out


def _gives_way(found: dict[str, tuple[int, int]]) -> tuple[str, ...]:
    """What is contained in the codes found: an artery's or a vein's disease as well, where its ulcer has a code."""
    arterial = ("I70.2", "I70.9", "I73.9") if any(code.startswith("I70") for code in found) else ()
    venous = ("I83", "I87.2") if any(code.startswith("I83") for code in found) else ("I83.00",)
    return ("L97", "L98.49", *arterial, *venous)


def _vessel(words: set[str], side: str, site: str) -> str:
    """The code of the vessel's disease with its ulcer, which is coded before the ulcer; "" where none is named."""
    if words & _ARTERIAL and side in _SIDE_NUMBER:
        return f"I70.2{'3' if side == 'right' else '4'}{site}"
    if words & _VARICOSE:
        return f"I83.0{_SIDE_NUMBER.get(side, '0')}{site}"
    return ""


def _exactness(code: str) -> int:
    """How many of site, side and depth a code of L97 states."""
    return (code[4] != "9") + (code[5] != "0") + (code[6] != "9")


def _site(forms: list[str], first: int, last: int) -> tuple[str, int] | None:
    """The most exact site named in a stretch, with its place; a heel says more than a foot."""
    found: tuple[int, str, int] | None = None
    for rank, (digit, words) in enumerate(families()["leg_ulcer_sites"].items()):
        named = {folded(word) for word in words}
        for place in range(first, last):
            if any(tuple(forms[place : place + len(one)]) == one for one in named):
                if found is None or rank < found[0]:
                    found = (rank, digit, place)
                break
    return (found[1], found[2]) if found else None


def _side(note: Note, place: int, first: int, last: int) -> str:
    forms = note.words.forms
    for distance in range(1, 9):
        for near in (place - distance, place + distance):
            if first <= near < last and (forms[near] in SIDES or forms[near] in _SHORT):
                return _SHORT.get(forms[near], forms[near])
    sides = SIDES.intersection(forms[first:last])
    return next(iter(sides)) if len(sides) == 1 else ""


def _depth(note: Note, first: int, last: int) -> str:
    """The depth that the line states, else the one that the findings state of an ulcer."""
    stated = _depth_in(note, first, last)
    if stated:
        return stated
    for begin, end in body_sentences(note):
        if _ULCER.intersection(note.words.forms[begin:end]):
            stated = _depth_in(note, begin, end)
            if stated:
                return stated
    laid_bare = (_depth_in(note, begin, end) for begin, end in body_sentences(note))
    return next((depth for depth in laid_bare if depth not in {"", _SKIN}), _OPEN_DEPTH)


def _depth_in(note: Note, first: int, last: int) -> str:
    forms = note.words.forms
    for digit, words in note.once(_depths_named):
        for place in range(first, last - len(words) + 1):
            last = place + len(words)
            if tuple(forms[place:last]) == words and is_said(note, place, last):
                return digit
    return ""


def _depths_named(note: Note) -> list[tuple[str, tuple[str, ...]]]:
    """The words for depths of which the note holds the first, each with the digit of its depth."""
    held = set(note.words.forms)
    depths = families()["ulcer_depths"].items()
    named = ((str(digit), folded(text)) for digit, texts in depths for text in texts)
    return [(digit, words) for digit, words in named if words[0] in held]
