"""A line of a diagnosis list as `sites` reads it: its words, its commas and the sides it names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from attrs import frozen

from cleanclaim.coding.phrases.enumerators import enumerators
from cleanclaim.coding.phrases.site_titles import Forms
from cleanclaim.coding.places import DIAGNOSTIC, diagnosed_in
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import COLON, MARKS, word_set

Place = tuple[int, int]
SIDES = dict.fromkeys(("left", "l", "lt"), "left") | dict.fromkeys(("right", "r", "rt"), "right")
SIDES |= dict.fromkeys(("bilateral", "both", "bilat", "bilaterally"), "bilateral")
_SITE_WORDS = word_set(
    "left right l r lt rt bilateral both the knee hip ankle shoulder wrist elbow hand foot leg arm thigh finger thumb"
    " toe heel ear eye knees hips shoulders hands feet"
)
_LONGEST_SITE = 3
# Short plurals that folding leaves as they are.
_SINGULAR = {
    f"{one}s": one
    for one in (
        "hip",
        "leg",
        "arm",
        "toe",
        "ear",
        "rib",
        "eye",
        "lip",
        "cut",
        "lac",
        "shin",
        "mcp",
        "pip",
        "dip",
        "mtp",
    )
} | {"feet": "foot"}
_PARTING = word_set(
    "vs versus but likely possible possibly probable probably suspected suspect presumed rule concern consider"
    " questionable prior no continue start follow plan refer discussed recheck refill"
)
_SKIPPED = frozenset(SIDES) | {"of", "the", "a"}
_PAIRED = word_set("knee hip shoulder elbow wrist hand ankle foot feet heel leg arm thumb ear flatfeet")
# Where a note without a list of diagnoses tells them.
_STORY = word_set("opening hpi chief_complaint hospital_course ed_course plan problem_list exam results")
_MOST_OF_A_LINE = 40
_MOST_WORDS = 4000


@frozen(eq=False)
class Line:
    """Words of a line with the place of the first.

    ``commas`` are the places within it before which a comma stands, ``several`` those of parts that are written in the
    plural ("knees"), ``at`` the places of each word, ``listed`` whether it stands in a list of diagnoses.
    """

    forms: list[str]
    first: int
    commas: frozenset[int]
    sides: list[tuple[int, int, str]]
    several: frozenset[int]
    at: dict[str, list[int]]
    listed: bool

    def places(self, phrases: Iterable[Forms]) -> Iterator[Place]:
        """Where some phrases stand; a side or an article may stand between their words."""
        for words in phrases:
            for first in self.at.get(words[0], ()):
                last = self.end(words, first)
                if last is not None:
                    yield first, last

    def end(self, words: Forms, first: int) -> int | None:
        """After the last word of a phrase whose first stands at a place, or None where it does not stand."""
        place = first + 1
        for word in words[1:]:
            while place < len(self.forms) and self.forms[place] in _SKIPPED and self.forms[place] != word:
                place += 1
            if place >= len(self.forms) or self.forms[place] != word:
                return None
            place += 1
        return place

    def place(self, phrases: Iterable[Forms]) -> Place | None:
        """Where the first of some phrases stands."""
        return next(self.places(phrases), None)


# "Both knees, R worse than L": the worse side is no side of its own.
_WORSE = frozenset(("worse", "greater", "more", ">"))


def lines(note: Note) -> Iterator[Line]:
    """The stretches between two breaks or words that part one problem from the next."""
    forms = note.words.forms
    numbers = frozenset(item.first for item in note.items if item.number is not None)
    read = 0
    listed = diagnosed_in(note) is DIAGNOSTIC
    for section in note.sections:
        if section.kind not in (DIAGNOSTIC if listed else _STORY) or read >= _MOST_WORDS:
            continue
        last = min(section.last, section.first + _MOST_WORDS - read)
        read += last - section.first
        labels = enumerators(note, section.first, last)
        begin = section.first
        for place in range(section.first, last + 1):
            ends = place == last or forms[place] in _PARTING
            ends = (
                ends
                or _rules_out(forms, place)
                or (forms[place] in MARKS and not _names_site(forms, begin, place))
            )
            if ends or place in labels or place in numbers or place - begin > _MOST_OF_A_LINE:
                if place - begin > 1:
                    yield _line(note, begin, place, listed=listed)
                begin = place + (ends or place in labels or place in numbers)


def _rules_out(forms: list[str], place: int) -> bool:
    """ "Left wrist sprain, r/o scaphoid fx": what is looked for begins a line of its own."""
    return forms[place] == "r" and forms[place + 1 : place + 2] == ["o"]


def _names_site(forms: list[str], begin: int, place: int) -> bool:
    """Whether what stands before a colon is the site of what follows: "Right hip: primary osteoarthritis"."""
    before = forms[begin:place]
    return forms[place] == COLON and 0 < len(before) <= _LONGEST_SITE and _SITE_WORDS.issuperset(before)


def _line(note: Note, first: int, last: int, *, listed: bool) -> Line:
    words = [_SINGULAR.get(form, form) for form in note.words.forms[first:last]]
    sides: list[tuple[int, int, str]] = []
    for at, form in enumerate(words):
        if form == "left" and at and words[at - 1] == "b":
            sides.append((at - 1, at + 1, "bilateral"))
        elif form in SIDES and not (_is_compared(words, at) or _is_shorthand(words, at)):
            sides.append((at, at + 1, SIDES[form]))
    commas = note.words.commas
    within = frozenset(
        comma - first for comma in commas[bisect_right(commas, first) : bisect_left(commas, last)]
    )
    several = frozenset(
        at for at, form in enumerate(words) if form in _PAIRED and _is_plural(note, first + at)
    )
    places: dict[str, list[int]] = {}
    for at, form in enumerate(words):
        places.setdefault(form, []).append(at)
    return Line(words, first, within, _joined(words, sides), several, places, listed)


def _is_compared(words: list[str], at: int) -> bool:
    """Whether a side is only called the worse or the better one: "both knees, R worse than L"."""
    return bool(_WORSE.intersection(words[at + 1 : at + 2])) or words[max(0, at - 1) : at] == ["than"]


def _is_shorthand(words: list[str], at: int) -> bool:
    """ "r/o" rules out and "r/t" relates; neither names a side."""
    return words[at] == "r" and words[at + 1 : at + 2] in (["o"], ["t"])


def _is_plural(note: Note, place: int) -> bool:
    written = note.text[note.words.starts[place] : note.words.ends[place]].lower()
    return written.endswith("s") or written in {"feet", "flatfeet"}


def _joined(words: list[str], sides: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """The sides, with "right and left" as both."""
    out: list[tuple[int, int, str]] = []
    for side in sides:
        before = out[-1] if out else None
        if (
            before
            and {before[2], side[2]} == {"left", "right"}
            and words[before[1] : side[0]] in (["and"], ["or"], ["greater", "than"], ["worse", "than"], [])
        ):
            out[-1] = (before[0], side[1], "bilateral")
        else:
            out.append(side)
    return out
