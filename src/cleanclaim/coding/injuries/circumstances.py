"""Where an injury happened, what was being done and on whose time: Y92, Y93, Y99 (Section I.C.20.b, c, k)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from cleanclaim.coding.picks import Picks, begins_with, guideline, live
from cleanclaim.coding.sentence_texts import Told, sentences_telling, sentences_told
from cleanclaim.coding.worked_out import add_pick, mention_of
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

_ELSEWHERE = frozenset(
    (
        "plan",
        "exam",
        "results",
        "medications",
        "pmh",
        "psh",
        "vitals",
        "disposition",
        "ros",
        "assessment_plan",
    )
)
_NEAR = 60
# Words that may stand between "in" and the place.
_BETWEEN = word_set(
    "the a an his her their my our own public local crowded busy wet icy dark neighbor s city"
)
_OWN = word_set("own")
# "A sidewalk outside the post office": the building only tells which sidewalk.
_BESIDE = word_set("outside near behind beside opposite by")
_OF_HOME = _OWN | _BETWEEN | word_set("of his her their my own private")
_MOST_BETWEEN = 5
_LIVING = (
    "live",
    "lives",
    "living in",
    "living at",
    "living with",
    "resides",
    "home with",
    "discharged",
    "sent home",
    "home health",
    "go home",
)
# Where only the list names the cause ("dog bite, right hand"), the story still tells how and where it came about.
_STORY = frozenset(("opening", "hpi", "chief_complaint"))
_HAPPENED = (
    *(
        "bit her",
        "bit him",
        "bitten by",
        "bit the",
        "scratched her",
        "scratched him",
        "slipped",
        "tripped",
        "fell",
    ),
    *(
        "twisted",
        "cut her",
        "cut his",
        "burned her",
        "burned his",
        "struck by",
        "hit his",
        "hit her",
        "stung by",
    ),
    *("stepped on", "crushed", "jammed", "rolled her", "rolled his", "stabbed"),
)
_CARE = ("home med", "home medication", "home oxygen", "home bp", "home o2")


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    found: dict[str, Any] = read_yaml("places_of_occurrence.yaml")
    return found


def _poisoned(code: str) -> bool:
    """Whether a code is a poisoning by accident or a toxic effect, which says by itself how it came about."""
    return "T36" <= code[:3] <= "T65" and len(code) == 8 and code[-2] == "1"


def add_circumstances(note: Note, picks: Picks) -> Picks:
    """The picks with place, activity and status, told beside the external cause of a first encounter."""
    causes = [
        pick
        for pick in live(picks)
        if (pick.code[0] in "VWXY" and pick.code[:3] not in {"Y90", "Y92", "Y93", "Y99"})
        or _poisoned(pick.code)
    ]
    if not causes or not any(pick.code.endswith("A") for pick in causes):
        return picks
    anchors = [mention.first for pick in causes for mention in pick.mentions]
    anchors += [
        told.first
        for told in sentences_telling(note, _HAPPENED)
        if told.section in _STORY and told.any_of(_HAPPENED)
    ]
    near = [
        told
        for told in sentences_told(note, _ELSEWHERE)
        if any(told.first - _NEAR <= anchor <= told.last + _NEAR for anchor in anchors)
    ]
    # The sentence that tells the cause tells where it was before its neighbors do ("his shot was in high school").
    near.sort(key=lambda told: not any(told.first <= anchor < told.last for anchor in anchors))
    out = dict(picks)
    _replace(note, out, "Y92", _place(note, near))
    activity = _worded(note, near, _table()["activities_worded"], [pick.code for pick in causes])
    _replace(note, out, "Y93", activity or _first_told(note, near, _table()["activities"]))
    _replace(note, out, "Y99", _first_told(note, near, _table()["whose_time"]))
    return out


def _is_said(note: Note, place: tuple[int, int]) -> bool:
    """Whether a place is neither denied nor to come; a relative's house is where the patient was hurt."""
    return assertion_at(note, *place).assertion not in {Assertion.NEGATED, Assertion.HYPOTHETICAL}


def _replace(note: Note, picks: Picks, category: str, found: tuple[str, tuple[int, int]] | None) -> None:
    """Put what was found in the place of what a single phrase said of the same."""
    if found is None:
        return
    code, place = found
    for pick in live(picks):
        if pick.code.startswith(category) and pick.code != code:
            picks[pick.code] = pick.drop(
                guideline("Section I.C.20", "the words around it say more", ("told", code))
            )
    add_pick(
        picks, code, mention_of(note, code, *place), guideline("Section I.C.20", "said beside the cause")
    )


def _first_told(
    note: Note, near: Iterable[Told], rows: dict[str, list[str]]
) -> tuple[str, tuple[int, int]] | None:
    """The longest phrase of a table that stands near the cause."""
    best: tuple[int, str, tuple[int, int]] | None = None
    for told in near:
        for code, phrases in told.rows(rows):
            for words in phrases:
                place = told.find(words)
                if place is None or (best and place[1] - place[0] <= best[0]):
                    continue
                if code == "Y99.8" or _is_said(note, place):
                    best = (place[1] - place[0], code, place)
    return best[1:] if best else None


def _worded(
    note: Note, near: Iterable[Told], rows: Iterable[dict[str, Any]], causes: list[str]
) -> tuple[str, tuple[int, int]] | None:
    """The first activity whose two groups of words stand close behind each other ("walking his own terrier"),

    or whose words mean it beside such a cause ("was riding" of one whom a horse threw)."""
    for told in near:
        for row in rows:
            doing = told.any_of(row["doing"])
            if "cause" in row:
                if (
                    doing
                    and any(begins_with(code, row["cause"]) for code in causes)
                    and _is_said(note, doing)
                ):
                    return row["give"], doing
                continue
            with_it = told.any_of(row["with"]) if doing else None
            if doing and with_it and 0 <= with_it[0] - doing[1] <= row["within"]:
                place = (doing[0], with_it[1])
                if _is_said(note, place):
                    return row["give"], place
    return None


def _place(note: Note, near: list[Told]) -> tuple[str, tuple[int, int]] | None:
    """The most telling place: one by name, then a room or part of a home, then a home."""
    table = _table()
    named = _named(note, near, table["places"])
    home = _home(note, near)
    if named is not None and (home is None or home[0].startswith("Y92.00") or home[2] == 0):
        return named
    if home is None or (named is not None and named[1][0] <= home[1][0] < named[1][1]):
        return named
    return home[:2]


def _named(note: Note, near: list[Told], rows: dict[str, list[str]]) -> tuple[str, tuple[int, int]] | None:
    for told in near:
        best: tuple[int, str, tuple[int, int]] | None = None
        for code, phrases in told.rows(rows):
            for words in phrases:
                for place in _led(told, words):
                    if _is_landmark(told, place):
                        continue
                    if _is_said(note, place) and (best is None or place[1] - place[0] > best[0]):
                        best = (place[1] - place[0], code, place)
        if best:
            return best[1:]
    return None


def _is_landmark(told: Told, place: tuple[int, int]) -> bool:
    """Whether a building only tells where the street, sidewalk or lot before it lies."""
    before = told.text.split()[: place[0] - told.first][-_MOST_BETWEEN:]
    return bool(_BESIDE.intersection(before[-3:]) or {"front", "lot"}.intersection(before[-4:]))


def _led(told: Told, words: str) -> Iterator[tuple[int, int]]:
    """The place of a phrase that "in", "at" or "on" leads to."""
    leading = _table()["leading"]
    for place in told.find_all(words):
        before = told.text.split()[: place[0] - told.first][-_MOST_BETWEEN:]
        if _OWN.intersection(before[-1:]) and _OWN.union(_BETWEEN).issuperset(before):
            # "Mopping. Own kitchen (detached house).": a telegram leaves out the "in".
            yield place
            continue
        for distance, word in enumerate(reversed(before)):
            if word in leading:
                yield place
                break
            if word not in _BETWEEN and distance >= 2:
                break


def _home(note: Note, near: list[Told]) -> tuple[str, tuple[int, int], int] | None:
    """The home and the part of it, from the sentences near the cause."""
    table = _table()
    for told in near:
        if told.any_of(_LIVING) or told.any_of(_CARE):
            continue
        stem, place = _kind_of_home(told, table["homes"])
        room = _room(told, table["rooms"], place)
        if room is not None and not stem:
            stem, place = _named_home(told, table["homes"])
        if stem and place and _is_said(note, place):
            return _home_code(stem, room[0] if room else None), place, 1
        if room is not None and room[0] in "0123457" and _is_said(note, room[1]):
            return _home_code("Y92.00", room[0]), room[1], 0
    return None


def _room(
    told: Told, rooms: dict[str, list[str]], home: tuple[int, int] | None
) -> tuple[str, tuple[int, int]] | None:
    """The part of a home: where "in" or the like leads to it, or the words of the home stand right beside it
    ("back yard of own house", "the nursing home bedroom")."""
    found = [(digit, words) for digit, phrases in told.rows(rooms) for words in phrases]
    led = next(((digit, at) for digit, words in found for at in _led(told, words)), None)
    if led is not None or home is None:
        return led
    forms = told.text.split()
    for digit, words in found:
        for at in told.find_all(words):
            between = forms[at[1] - told.first : home[0] - told.first]
            behind = at[0] == home[1]
            if behind or (between[:1] == ["of"] and _OF_HOME.issuperset(between)):
                return digit, at
    return None


def _named_home(told: Told, homes: dict[str, list[str]]) -> tuple[str, tuple[int, int] | None]:
    """A home by its kind beside a room of it ("own kitchen (detached house)"), which nothing need lead to."""
    for stem, phrases in told.rows(homes):
        for words in phrases:
            place = told.find(words) if " " in words and "home" not in words.split() else None
            if place is not None:
                return stem, place
    return "", None


def _kind_of_home(told: Told, homes: dict[str, list[str]]) -> tuple[str, tuple[int, int] | None]:
    for stem, phrases in told.rows(homes):
        for words in phrases:
            place = next(iter(_led(told, words)), None) if words != "at home" else told.find(words)
            if place is not None:
                return stem, place
    return "", None


def _home_code(stem: str, room: str | None) -> str:
    """Private houses and homes of care number their rooms alike but for what each lacks."""
    if room is None:
        return stem + "9"
    numbered = {
        "Y92.00": {"0": "0", "1": "1", "2": "2", "3": "3", "7": "7"},
        "Y92.03": {"0": "0", "2": "1", "3": "2"},
        "Y92.12": {"0": "0", "2": "1", "3": "2", "4": "3", "5": "4", "6": "5", "7": "6"},
        "Y92.14": {"0": "0", "1": "1", "2": "2", "3": "3", "6": "6", "7": "7"},
        "Y92.16": {"0": "0", "1": "1", "2": "2", "3": "3"},
    }.get(stem)
    return stem + (room if numbered is None else numbered.get(room, "8"))
