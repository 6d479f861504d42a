"""Burns by degree, site and side from the words of a diagnosis, matched with the titles of T20 to T25."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.billable import billable_entry
from cleanclaim.coding.phrases.terms import terms
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC, diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import phrase, word_set

_CATEGORIES = ("T20", "T21", "T22", "T23", "T24", "T25")
_BURN = ("burn", "scald", "burned")
_DEGREES = (
    ("third", ("third degree", "full thickness", "3rd degree", "deep full thickness")),
    ("second", ("second degree", "partial thickness", "2nd degree", "blistering", "blistered")),
    ("first", ("first degree", "superficial", "1st degree")),
)
# What a burn left behind is coded with the burn as its cause (Section I.C.19.d.6).
_HEALING = ("healing", "dressing change", "follow up", "recheck", "wound check", "subsequent", "healed")
_LEFT_BEHIND = (
    *(
        "scar",
        "scarring",
        "contracture",
        "sequela",
        "late effect",
        "old burn",
        "keloid",
        "healed burn",
        "years ago",
    ),
    *("sequelae", "residual", "remote burn", "childhood burn", "old second", "old third", "old first"),
)
_NO_DEGREE = "0"
_BURNED = (*_BURN, *_LEFT_BEHIND)
_SPARED = re.compile(r"not including thumb|except thumb")
_PAIR = frozenset(("both", "bilateral"))
_WALLED = frozenset(("chest", "abdomen", "abdominal", "belly"))
_SIDES = {"l": "left", "lt": "left", "r": "right", "rt": "right"}
_IDLE = word_set(
    "burn of degree first second third unspecified initial encounter and or any part site the nail left right"
    " with without not including except for single multiple other subsequent"
)
# Words of the tabular list for what notes call otherwise.
_SAME = {
    "several": "multiple",
    "both": "multiple",
    "index": "finger",
    "middle": "finger",
    "ring": "finger",
    "little": "finger",
    "dorsum": "back",
    "dorsal": "back",
    "dorsa": "back",
    "belly": "abdominal",
    "abdomen": "abdominal",
    "calf": "lower",
    "shin": "lower",
    "arm": "upper",
    "great": "toe",
}


@frozen
class _Title:
    code: str
    words: frozenset[str]
    sides: frozenset[str]
    several: bool
    thumb: bool | None


def add_burn_sites(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """The picks with the burn that a diagnosis names by degree and site, in place of a less exact one."""
    out = dict(picks)
    for told in sentences_telling(note, _BURNED):
        if told.section not in diagnosed_in(note) and not (told.section == "exam" and _unlisted(note)):
            continue
        for degree, part in _parts(told):
            burned = part.any_of(_BURN)
            if burned is None or not is_told(note, burned) or _is_past(note, part, burned):
                continue
            codes = _sites(note, part, degree, book, on)
            if told.any_of(_LEFT_BEHIND):
                codes = [f"{code[:-1]}S" for code in codes]
            elif told.any_of(_HEALING):
                codes = [f"{code[:-1]}D" for code in codes]
            for code in codes:
                if code not in out:
                    _put(note, out, code, degree, part, burned, codes)
        if told.any_of(_LEFT_BEHIND):
            _as_cause(told, out)
    return _with_degrees(note, out, book, on)


def _is_past(note: Note, part: Told, burned: tuple[int, int]) -> bool:
    """Whether a story tells of a burn of long ago that no list takes up ("from last winter, has long since healed")."""
    if part.section in DIAGNOSTIC or part.any_of(_LEFT_BEHIND):
        return False
    return assertion_at(note, *burned).assertion is Assertion.HISTORICAL


def _with_degrees(note: Note, picks: Picks, book: CodeBook, on: dt.date) -> Picks:
    """A burn whose diagnosis leaves the degree open ("burns R hand + forearm"), by what the findings tell."""
    opened = [p for p in live(picks) if begins_with(p.code, _CATEGORIES) and p.code[4:5] == _NO_DEGREE]
    found: dict[str, tuple[int, int]] = {}
    for told in sentences_telling(note, _BURN) if opened else ():
        for degree, part in _parts(told):
            burned = part.any_of(_BURN) if degree != "unspecified" else None
            if burned is not None and is_told(note, burned):
                found.update(dict.fromkeys(_sites(note, part, degree, book, on), burned))
    if not found:
        return picks
    out = dict(picks)
    for pick in opened:
        out[pick.code] = pick.drop(guideline("Section I.C.19.d", "the findings tell the degree"))
    for code, place in found.items():
        exact = code[:-1] + opened[0].code[-1]
        reason = guideline("Section I.C.19.d", "by the degree and site that the findings tell")
        add_pick(out, exact, mention_of(note, exact, *place), reason)
    return out


def _unlisted(note: Note) -> bool:
    """Whether no list of diagnoses stands in the note, so that the findings name the burn."""
    return diagnosed_in(note) is not DIAGNOSTIC


def _as_cause(told: Told, picks: Picks) -> None:
    """A burn told beside what it left is no burn of today."""
    for pick in live(picks):
        inside = any(told.first <= mention.first < told.last for mention in pick.mentions)
        if inside and begins_with(pick.code, _CATEGORIES) and pick.code[-1:] == "A":
            code = f"{pick.code[:-1]}S"
            picks[pick.code] = pick.drop(guideline("Section I.C.19.d.7", f"it is what left the rest: {code}"))
            reason = guideline("Section I.C.19.d.7", "the burn that left what is treated now")
            add_pick(picks, code, pick.mentions[0], reason)


def _sites(note: Note, part: Told, degree: str, book: CodeBook, on: dt.date) -> list[str]:
    """The codes of the sites that a part joins ("right arm and chest"): one for each category and side."""
    whole = _best(part, degree, book, on)
    groups: dict[tuple[str, str], list[str]] = {}
    side = ""
    for words in _joined(note, part):
        own = next((word for word in words if word in {"left", "right"}), "")
        side = own or side
        text = f" {' '.join(words if own or not side else (side, *words))} "
        code = _best(Told(text, part.first, part.last, part.section), degree, book, on)
        if code is not None:
            groups.setdefault((code[:3], side), []).append(code)
    if whole is None and _PAIR.intersection(part.text.split()):
        return _both(part, degree, book, on)
    if whole is None or (len(groups) < 2 and all(len(set(codes)) < 2 for codes in groups.values())):
        return [whole] if whole else []
    found: list[str] = []
    for codes in groups.values():
        if len(set(codes)) == 1:
            found.append(codes[0])
        else:
            several = _several(codes[0], book, on)
            found += [several] if several else codes
    return list(dict.fromkeys(found))


def _both(part: Told, degree: str, book: CodeBook, on: dt.date) -> list[str]:
    """One code for each side where both are burned: the tabular has none for both."""
    words = [word for word in part.text.split() if word not in _PAIR]
    found = []
    for side in ("right", "left"):
        text = f" {' '.join((side, *words))} "
        found.append(_best(Told(text, part.first, part.last, part.section), degree, book, on))
    return [code for code in found if code is not None]


def _several(code: str, book: CodeBook, on: dt.date) -> str | None:
    """The code of several sites of one category and side (Section I.C.19.d.5)."""
    made = f"{code[:5]}9{code[6:]}"
    entry = billable_entry(book, made, on)
    return made if entry is not None and "multiple" in entry.title.lower() else None


def _joined(note: Note, part: Told) -> Iterator[list[str]]:
    """The words of a part, cut at commas and "and"."""
    commas = frozenset(note.words.commas)
    words: list[str] = []
    for place, word in enumerate(part.text.split(), part.first):
        cut = word in {"and", "plus"} or place in commas
        if cut and words:
            yield words
            words = []
        if word not in {"and", "plus"}:
            words.append(_SIDES.get(word, word))
    if words:
        yield words


def _put(
    note: Note, picks: Picks, code: str, degree: str, part: Told, burned: tuple[int, int], beside: list[str]
) -> None:
    for pick in live(picks):
        same = begins_with(pick.code, _CATEGORIES) and pick.code not in beside
        if same and any(part.first <= mention.first < part.last for mention in pick.mentions):
            picks[pick.code] = pick.drop(guideline("Section I.C.19.d", f"the site is told: {code}"))
    reason = guideline("Section I.C.19.d", "by degree, site and side", ("degree", degree))
    add_pick(picks, code, mention_of(note, code, *burned), reason)


def _parts(told: Told) -> Iterator[tuple[str, Told]]:
    """The sentence, cut where it names a second degree; the degree may be left open."""
    places = sorted(
        {(place[0], name) for name, words in _DEGREES for each in words for place in told.find_all(each)}
    )
    if not places:
        yield "unspecified", told
    words = told.text.split()
    for number, (first, name) in enumerate(places):
        start = first if number else told.first
        end = places[number + 1][0] if number + 1 < len(places) else told.last
        text = f" {' '.join(words[start - told.first : end - told.first])} "
        yield name, Told(text, start, end, told.section)


def _best(told: Told, degree: str, book: CodeBook, on: dt.date) -> str | None:
    forms = {_SIDES.get(form, form) for form in told.text.split()}
    if "forearm" in forms:
        # The label of a part of the body ("Arm: scald of the left forearm") is no upper arm.
        forms -= {"arm"}
    forms |= {_SAME[form] for form in forms if form in _SAME}
    if forms & _WALLED:
        forms.add("wall")
    sides = forms & {"left", "right"}
    best: tuple[float, str] | None = None
    for category in _CATEGORIES:
        for code, title in terms(book, on).leaves.get(category, []):
            if not code.endswith("A") or f"{degree} degree" not in title.lower() or "orrosion" in title:
                continue
            score = _score(_read(code, title), forms, sides, told)
            if score is not None and (best is None or score > best[0]):
                best = (score, code)
    return best[1] if best else None


def _read(code: str, title: str) -> _Title:
    text = title.lower()
    words = frozenset(phrase(text.split("not including")[0])) - _IDLE
    thumb = None if "thumb" not in text or "finger" not in text else not _SPARED.search(text)
    if "unspecified site" in text and {"head", "face", "neck"} <= words:
        words = frozenset(("face",))
    return _Title(code, words, frozenset(phrase(text)) & {"left", "right"}, "multiple" in text, thumb)


def _score(title: _Title, forms: set[str], sides: set[str], told: Told) -> float | None:
    if not title.words or not title.words <= forms or not title.sides <= sides:
        return None
    # The head and the trunk have codes without a side.
    if sides and not title.sides and not title.code.startswith(("T20", "T21")):
        return None
    several = "multiple" in forms or ("finger" in title.words and told.find("finger") and _counted(forms))
    if title.several != bool(several):
        return None
    if title.thumb is not None and title.thumb != _with_thumb(told):
        return None
    return float(len(title.words)) + 0.5 * len(title.sides)


def _counted(forms: set[str]) -> bool:
    named = forms & {"index", "middle", "ring", "little", "second", "third", "fourth", "fifth"}
    return len(named & {"index", "middle", "ring", "little"}) > 1


def _with_thumb(told: Told) -> bool:
    return (
        told.find("thumb") is not None
        and told.any_of(("without thumb", "not the thumb", "thumb spared")) is None
    )
