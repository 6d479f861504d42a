"""What an organisation's coders taught, in words that a coder can check."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import frozen

from cleanclaim.coding.lessons.lesson_sources import source_key

if TYPE_CHECKING:
    from cleanclaim.coding.lessons.learning import Learned

_TELLING_WEIGHT = 0.7
_MOST_TRUSTS = 5
_TAKEN_OFTEN = 3
_WORDS = {
    "code": "the code {}",
    "category": "codes of category {}",
    "chapter": "codes that begin with {}",
    "system": "{} codes",
    "assertion": "{} findings",
    "mentions": "codes that stand on {} of the note",
    "words": "codes whose first words of evidence are {}",
    "unspecified": "unspecified codes",
}

_COUNTS = {
    "mentions 0": "no place",
    "mentions 1": "one place",
    "mentions 2": "two places",
    "mentions 3": "three places or more",
    "words 1": "a single one",
    "words 2": "two",
    "words 3": "three",
    "words 4": "four or more",
}


class LessonKind(StrEnum):
    """What a lesson does: new words, a code no longer proposed, and so on; `SEEN` changes nothing yet."""

    WORDS = "words"
    REFUSED = "refused"
    DOUBTED = "doubted"
    CHANGED = "changed"
    TRUST = "trust"
    TAKEN = "taken"
    SEEN = "seen"


@frozen
class Lesson:
    """One thing learned: its code ("" where it is about many), a sentence, and the names of the notes it is from."""

    kind: LessonKind
    code: str
    text: str
    notes: tuple[str, ...] = ()


def lessons(learned: Learned) -> Iterator[Lesson]:
    """One lesson for each thing learned; of a note's text only the phrases themselves. None before ten notes."""
    if learned.missing:
        return
    for one in learned.phrases:
        words = " ".join(one.words)
        text = f'"{words}" now means {one.code}: released in {one.right} of the {one.seen} notes that say it.'
        notes = learned.sources.get(source_key("phrase", *one.words, one.code), ())
        yield Lesson(LessonKind.WORDS, one.code, text, notes)
    yield from _turned_down(learned)
    for change in learned.changes:
        share = f"{change.times} of the {change.given} notes that were given it"
        notes = learned.sources.get(source_key("change", change.old, change.new), ())
        text = f"{change.old} was changed to {change.new} in {share}."
        yield Lesson(LessonKind.CHANGED, change.old, text, notes)
    yield from _trust(learned)
    yield from _taken(learned)


def sentences(learned: Learned) -> Iterator[str]:
    """The lessons as sentences, after one that says which version they are of; what changes nothing is left out."""
    yield f"Version {learned.version}, learned from {learned.notes} finished notes of {learned.organisation}."
    if learned.missing:
        yield f"Nothing is changed before {learned.notes + learned.missing} notes; {learned.missing} are missing."
        return
    told = {LessonKind.TAKEN, LessonKind.SEEN}
    yield from (one.text for one in lessons(learned) if one.kind not in told)
    if not learned.phrases and not learned.rejected:
        yield "Every suggestion was accepted and nothing was missing; only confidence was adjusted."


def _turned_down(learned: Learned) -> Iterator[Lesson]:
    for code, (refused, given) in learned.rejected.items():
        notes = learned.sources.get(source_key("rejected", code), ())
        if learned.refuses(code):
            text = f"{code} is no longer proposed: turned down {refused} of {given} times."
            yield Lesson(LessonKind.REFUSED, code, text, notes)
        elif learned.doubts(code):
            text = f"{code} is trusted less: turned down {refused} of {given} times."
            yield Lesson(LessonKind.DOUBTED, code, text, notes)
        else:
            text = f"{code} was turned down {refused} of {given} times: too seldom to count by itself."
            yield Lesson(LessonKind.SEEN, code, text, notes)


def _taken(learned: Learned) -> Iterator[Lesson]:
    often = sorted(learned.taken.items(), key=lambda item: (-item[1], item[0]))
    for code, given in often:
        if given >= _TAKEN_OFTEN:
            notes = learned.sources.get(source_key("taken", code), ())
            text = f"{code} was taken each of the {given} times it was suggested."
            yield Lesson(LessonKind.TAKEN, code, text, notes)


def _trust(learned: Learned) -> Iterator[Lesson]:
    """The features that move confidence most, either way."""
    for more, direction in ((1, "more"), (-1, "less")):
        strong = sorted(
            (-abs(weight), name)
            for name, weight in learned.weights.items()
            if weight * more >= _TELLING_WEIGHT and name.split(" ")[0] in _WORDS
        )
        if strong:
            named = ", ".join(_in_words(name) for _, name in strong[:_MOST_TRUSTS])
            yield Lesson(LessonKind.TRUST, "", f"Trusted {direction} than others: {named}.")


def _in_words(name: str) -> str:
    kind, _, value = name.partition(" ")
    return _WORDS[kind].format(_COUNTS.get(name, value))
