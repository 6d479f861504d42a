"""A sentence as one string of folded words, so that a phrase is found in it by a plain search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
        self._known: dict[int, tuple[Iterable[str], tuple[str, ...]]] = {}
        self._rows: dict[int, tuple[Mapping[str, Iterable[str]], list[tuple[str, tuple[str, ...]]]]] = {}

    def holding(self, phrases: Iterable[str]) -> tuple[str, ...]:
        """Those of some phrases that stand somewhere, in their order."""
        known = self._known.get(id(phrases))
        if known is None:
            firsts, openings = _openings(tuple(phrases))
            here = self._words & firsts
            found = tuple(
                written for written, first, folded in openings if first in here and folded in self._text
            )
            known = self._known[id(phrases)] = (phrases, found if here else ())
        return known[1]

    def rows(self, table: Mapping[str, Iterable[str]]) -> list[tuple[str, tuple[str, ...]]]:
        """The rows of a table of phrases of which any stands somewhere, each with those that do."""
        known = self._rows.get(id(table))
        if known is None:
            held = ((key, self.holding(phrases)) for key, phrases in table.items())
            known = self._rows[id(table)] = (table, [(key, phrases) for key, phrases in held if phrases])
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

    def rows(self, table: Mapping[str, Iterable[str]]) -> Iterable[tuple[str, Iterable[str]]]:
        """The rows of a table of phrases that may stand here: of which any stands in the story."""
        return table.items() if self.story is None else self.story.rows(table)

    def any_of(self, phrases: Iterable[str]) -> tuple[int, int] | None:
        """Where the first of some phrases stands."""
        if self.story is not None:
            phrases = self.story.holding(phrases)
        for words in phrases:
            place = self.find(words)
            if place is not None:
                return place
        return None


@lru_cache(maxsize=2048)
def _openings(phrases: tuple[str, ...]) -> tuple[frozenset[str], tuple[tuple[str, str, str], ...]]:
    """The first folded word of each phrase; each phrase with that word and all its words between blanks."""
    openings = tuple((words, _folded(words).split(" ")[1], _folded(words)) for words in phrases)
    return frozenset(first for _, first, _ in openings), openings


@lru_cache(maxsize=32_768)
def _folded(words: str) -> str:
    return f" {' '.join(phrase(words))} "


def sentences_told(note: Note, without: frozenset[str] = frozenset()) -> Iterator[Told]:
    """The sentences of the patient's own story, findings and diagnoses, without those of some sections."""
    return (told for told in note.once(_sentences) if told.section not in without)


def sentences_telling(note: Note, *groups: Iterable[str]) -> Iterator[Told]:
    """The sentences told where of each group of phrases any stands in one of them; none where a group is unsaid."""
    every = note.once(_sentences)
    story = every[0].story if every else None
    if story is None or not all(story.holding(group) for group in groups):
        return iter(())
    return iter(every)


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
