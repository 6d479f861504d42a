"""Burns by degree, site and side from the words of a diagnosis, matched with the titles of T20 to T25."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.phrases.terms import terms
from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.places import DIAGNOSTIC, diagnosed_in
from cleanclaim.coding.sentence_texts import Told, is_told, sentences_telling
from cleanclaim.coding.worked_out import add_pick, mention_of
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
_BURNED = (*_BURN, *_LEFT_BEHIND)
_SPARED = re.compile(r"not including thumb|except thumb")
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
            code = _best(part, degree, book, on) if burned and is_told(note, burned) else None
            if code and told.any_of(_LEFT_BEHIND):
                code = f"{code[:-1]}S"
            elif code and told.any_of(_HEALING):
                code = f"{code[:-1]}D"
            if burned and code and code not in out:
                _put(note, out, code, degree, part, burned)
        if told.any_of(_LEFT_BEHIND):
            _as_cause(told, out)
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


def _put(note: Note, picks: Picks, code: str, degree: str, part: Told, burned: tuple[int, int]) -> None:
    for pick in live(picks):
        same = begins_with(pick.code, _CATEGORIES)
        if same and any(part.first <= mention.first < part.last for mention in pick.mentions):
            picks[pick.code] = pick.drop(guideline("Section I.C.19.d", f"the site is told: {code}"))
    reason = guideline("Section I.C.19.d", "by degree, site and side", ("degree", degree))
    add_pick(picks, code, mention_of(note, code, *burned), reason)


def _parts(told: Told) -> Iterator[tuple[str, Told]]:
    """The sentence, cut where it names a second degree; the degree may be left open."""
    places = sorted(
        (place[0], name) for name, words in _DEGREES for each in words for place in told.find_all(each)
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
    forms = set(told.text.split())
    forms |= {_SAME[form] for form in forms if form in _SAME}
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
