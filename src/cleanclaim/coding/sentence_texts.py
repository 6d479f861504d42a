"""A sentence as one string of folded words, so that a phrase is found in it by a plain search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from attrs import frozen

from cleanclaim.coding.worked_out import UNREAD
from cleanclaim.documents.assertion import Assertion, assertion_at
from cleanclaim.documents.note import Note
from cleanclaim.documents.words import phrase

_MOST_SENTENCES = 1200
_NOT_TOLD = frozenset((Assertion.NEGATED, Assertion.FAMILY, Assertion.HYPOTHETICAL))


class Story:
    """All sentences that are told, as one string: most phrases stand in none of them, which is asked only once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = frozenset(text.split(" "))
        # By identity, since to hash a long tuple costs more than to look it up; the tuple is kept so that it stays.
        self._known: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def holding(self, phrases: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some phrases that stand somewhere, in their order."""
        known = self._known.get(id(phrases))
        if known is None:
            text, words = self._text, self._words
            found = tuple(
                written for written, first, folded in _openings(phrases) if first in words and folded in text
            )
            known = self._known[id(phrases)] = (phrases, found)
        return known[1]


@frozen
class Told:
    """The words of a sentence between blanks, with the place of its first word, after its last, and its section."""

    text: str
    first: int
    last: int
    section: str
    story: Story | None = None

    def find(self, words: str) -> tuple[int, int] | None:
        """Where a phrase stands: its first place and after its last, or None."""
        folded = _folded(words)
        at = self.text.find(folded)
        if at < 0:
            return None
        first = self.first + self.text.count(" ", 0, at + 1) - 1
        return first, first + folded.count(" ") - 1

    def find_all(self, words: str) -> Iterator[tuple[int, int]]:
        """Every place of a phrase."""
        folded = _folded(words)
        at = self.text.find(folded)
        while at >= 0:
            first = self.first + self.text.count(" ", 0, at + 1) - 1
            yield first, first + folded.count(" ") - 1
            at = self.text.find(folded, at + 1)

    def any_of(self, phrases: Iterable[str]) -> tuple[int, int] | None:
        """Where the first of some phrases stands."""
        if self.story is not None:
            phrases = self.story.holding(tuple(phrases))
        for words in phrases:
            place = self.find(words)
            if place is not None:
                return place
        return None


@lru_cache(maxsize=2048)
def _openings(phrases: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    """Each phrase with its first folded word and all of them between blanks."""
    return tuple((words, _folded(words).split(" ")[1], _folded(words)) for words in phrases)


@lru_cache(maxsize=32_768)
def _folded(words: str) -> str:
    return f" {' '.join(phrase(words))} "


def sentences_told(note: Note, without: frozenset[str] = frozenset()) -> Iterator[Told]:
    """The sentences of the patient's own story, findings and diagnoses, without those of some sections."""
    return (told for told in note.once(_sentences) if told.section not in without)


def _sentences(note: Note) -> tuple[Told, ...]:
    forms = note.words.forms
    found = []
    for sentence in note.sentences[:_MOST_SENTENCES]:
        kind = note.section_at(sentence.first).kind
        if kind not in UNREAD and sentence.last > sentence.first:
            found.append((f" {' '.join(forms[sentence.first : sentence.last])} ", sentence, kind))
    story = Story("|".join(text for text, _, _ in found))
    return tuple(Told(text, sentence.first, sentence.last, kind, story) for text, sentence, kind in found)


def is_told(note: Note, place: tuple[int, int]) -> bool:
    """Whether words are said of the patient, surely or probably, and are not denied, feared or of a relative."""
    return assertion_at(note, *place).assertion not in _NOT_TOLD
