"""What the report says of one axis of a PCS code: the nearest words that state it, or that it is not stated."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import islice

from attrs import frozen

from cleanclaim.coding.procedures.hospital_done import DONE_SECTIONS
from cleanclaim.coding.procedures.hospital_durations import hours_told
from cleanclaim.coding.procedures.hospital_operations import Axis, Choice, Words
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.words import BREAK, word_set

_DENIED = word_set(
    "no not without never non possible possibly avoid if risk need consent consented versus vs"
)
_DENIAL_REACH = 3
_MOST_WORDS = 8_000
_NEIGHBOURS = 2
_SENTENCE = 150
_TITLES = word_set("procedure technique findings preop_dx postop_dx indication principal_dx discharge_dx")
_AND = word_set("and with plus ; : .")
_ALSO_TELLS_AXES = DONE_SECTIONS | {"preop_dx", "indication"}

# Where several values count together, the words nearest to the operation are only some of them.
_OF_A_SENTENCE = frozenset(("each", "count"))

Place = tuple[int, int]


@frozen
class Stated:
    """A choice and where it is stated; no place where PCS gives the value to what is not specified."""

    choice: Choice
    place: Place | None


@frozen
class Spot:
    """An operation in a note with the places that were found to belong to it, nearest scopes first."""

    note: Note
    mention: Place
    anchors: tuple[Place, ...] = ()

    def span(self, place: Place) -> Span:
        """The words of a place in the original."""
        return self.note.words_span(*place)


def decide(spot: Spot, axis: Axis) -> tuple[Stated, ...]:
    """The stated values of an axis, several only where it takes each; empty where it is open or contradicted."""
    if any(choice.hours for choice in axis.choices):
        return _by_duration(spot, axis)
    for choice in axis.choices:
        if choice.anywhere:
            places = [place for scope in _report(spot.note) for place in _places(spot, scope, choice.says)]
            if places:
                return (Stated(choice, places[0]),)
    scopes = list(_scopes(spot, axis))
    for use_weak in (False, True):
        for ranges, near in scopes:
            found = _counted(spot, axis, ranges) if axis.pick == "count" and not use_weak else ()
            found = found or _stated(spot, axis, ranges, _wording(use_weak, near))
            if found:
                return _picked(spot, axis, found, near)
    return (Stated(axis.otherwise, None),) if axis.otherwise else ()


def _wording(use_weak: bool, near: bool) -> Callable[[Choice], Words]:
    """Which words of a choice count: the weak ones, or the plain ones with those of the own sentence."""
    if use_weak:
        return lambda choice: choice.weak
    return lambda choice: choice.says + choice.near if near else choice.says


def _picked(spot: Spot, axis: Axis, found: tuple[Stated, ...], near: bool) -> tuple[Stated, ...]:
    if axis.pick == "first":
        return (_fuller(spot, axis, found[0]),)
    if axis.pick == "each" and near:
        return found
    return found if len(found) == 1 else ()


def _fuller(spot: Spot, axis: Axis, one: Stated) -> Stated:
    """The same value by the choice that tells more of it: laparoscopic in the title, robotic in the text."""
    for choice in axis.choices[: axis.choices.index(one.choice)]:
        if choice.values == one.choice.values and choice.also:
            for scope in _report(spot.note):
                for place in _places(spot, scope, choice.says):
                    return Stated(choice, place)
    return one


def _stated(
    spot: Spot, axis: Axis, ranges: list[Place], words_of: Callable[[Choice], Words]
) -> tuple[Stated, ...]:
    found = []
    for choice in axis.choices:
        words = words_of(choice)
        places = list(islice((place for scope in ranges for place in _places(spot, scope, words)), 2))
        if choice.once and len(places) > 1:
            return ()
        place = places[0] if places else _letter(spot, choice, ranges)
        if place is not None:
            found.append(Stated(choice, place))
    return tuple(found)


def _letter(spot: Spot, choice: Choice, ranges: list[Place]) -> Place | None:
    """A side's letter directly before the operation: "R inguinal hernia repair"."""
    first = spot.mention[0]
    within = any(start < first < end for start, end in ranges)
    if choice.letter and within and spot.note.words.forms[first - 1] == choice.letter:
        return first - 1, first
    return None


def _counted(spot: Spot, axis: Axis, ranges: list[Place]) -> tuple[Stated, ...]:
    """As many as different names are stated; none where a name leaves open whether it is one more."""
    if any(True for scope in ranges for _ in _places(spot, scope, axis.unsure)):
        return ()
    named = [
        place
        for group in axis.groups
        if (place := next((at for scope in ranges for at in _places(spot, scope, group)), None))
    ]
    if not named or _stated(spot, axis, ranges, _wording(False, True)):
        return ()
    return (Stated(axis.choices[min(len(named), len(axis.choices)) - 1], named[0]),)


def _by_duration(spot: Spot, axis: Axis) -> tuple[Stated, ...]:
    told = [
        one for ranges, _ in _scopes(spot, axis) for scope in ranges for one in hours_told(spot.note, *scope)
    ]
    found = {
        choice.label: Stated(choice, place)
        for low, high, place in told
        for choice in axis.choices
        if choice.hours and choice.hours[0] <= low and high <= choice.hours[1]
    }
    return tuple(found.values()) if len(found) == 1 else ()


def _places(spot: Spot, scope: Place, phrases: Words) -> Iterator[Place]:
    """Where the phrases stand in a range of words and are not denied."""
    forms = spot.note.words.forms
    text = f" {' '.join(forms[scope[0] : scope[1]])} "
    for words in phrases:
        wanted = f" {' '.join(words)} "
        at = text.find(wanted)
        while at >= 0:
            first = scope[0] + text.count(" ", 0, at + 1) - 1
            low = max(scope[0], first - _DENIAL_REACH)
            if not _DENIED.intersection(_behind_break(forms[low:first])):
                yield first, first + len(words)
            at = text.find(wanted, at + 1)


def _behind_break(forms: list[str]) -> list[str]:
    return forms[forms.index(BREAK) + 1 :] if BREAK in forms else forms


def _scopes(spot: Spot, axis: Axis) -> Iterator[tuple[list[Place], bool]]:
    """Ranges of words, the nearest to the operation first, and whether they are of its own sentences."""
    note, mention = spot.note, spot.mention
    sentence = _sentence(note, mention)
    if axis.pick not in _OF_A_SENTENCE and not any(choice.once for choice in axis.choices):
        yield [mention], True
        yield [_part(note, mention, sentence)], True
    yield [sentence], True
    if spot.anchors:
        yield [_sentence(note, place) for place in spot.anchors], True
    yield from ((ranges, False) for ranges in _further(note, mention, axis))


def _further(note: Note, mention: Place, axis: Axis) -> Iterator[list[Place]]:
    """What lies outside the sentence of the operation, as far as the axis may be looked for."""
    section = note.section_at(mention[0])
    if axis.within == "nearby":
        yield [_neighbours(note, mention)]
    elif axis.within == "titles":
        if section.kind in _TITLES:
            yield [_bounded(section.first, section.last)]
        yield list(_report(note, _TITLES))
    elif axis.within == "report":
        yield [_bounded(section.first, section.last)]
        yield list(_report(note))


def _neighbours(note: Note, mention: Place) -> Place:
    """The sentence with the two before it and the two behind it."""
    first, last = _sentence(note, mention)
    for _ in range(_NEIGHBOURS):
        first = note.sentence_at(first - 1).first if first else first
        last = note.sentence_at(last + 1).last if last + 1 < len(note.words.forms) else last
    return max(first, mention[0] - 2 * _SENTENCE), min(last, mention[1] + 2 * _SENTENCE)


def _sentence(note: Note, place: Place) -> Place:
    """The sentence of a place, no longer than any report has one."""
    whole = note.sentence_at(place[0])
    return max(whole.first, place[0] - _SENTENCE), min(whole.last, place[1] + _SENTENCE)


def _part(note: Note, mention: Place, sentence: Place) -> Place:
    """The part of a sentence between commas, "and" and marks in which the operation stands."""
    forms = note.words.forms
    commas = note.words.commas
    cuts = {*commas[bisect_left(commas, sentence[0]) : bisect_left(commas, sentence[1])]}
    first, last = mention
    while first > sentence[0] and first not in cuts and forms[first - 1] not in _AND:
        first -= 1
    while last < sentence[1] and last not in cuts and forms[last] not in _AND:
        last += 1
    return first, last


def _report(note: Note, kinds: frozenset[str] = _ALSO_TELLS_AXES) -> Iterator[Place]:
    """The sections that tell of what was done in the stay."""
    for section in note.sections:
        if section.kind in kinds:
            yield _bounded(section.first, section.last)


def _bounded(first: int, last: int) -> Place:
    """A range no longer than any report is, so that the time stays bounded on any text."""
    return first, min(last, first + _MOST_WORDS)
