"""A note read: its kind, sections, items and sentences, each with its characters in the original."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from attrs import field, frozen

from cleanclaim.documents.words import BREAK, Words

T = TypeVar("T")


@frozen
class Span:
    """Characters ``start`` to ``end`` of a note; ``text`` is exactly ``note[start:end]``."""

    start: int
    end: int
    text: str


@frozen
class Section:
    """A part of a note under a heading. ``kind`` is one of reference/lexicon/sections.yaml, or "opening"

    for what stands before the first heading. ``first`` and ``last`` are places of words, the heading's
    own included."""

    kind: str
    title: Span | None
    start: int
    end: int
    first: int
    last: int


@frozen
class Item:
    """One entry of a list: a numbered problem, a bullet. ``number`` is None for a bullet."""

    number: int | None
    start: int
    end: int
    first: int
    last: int


@frozen
class Sentence:
    """A sentence, or a line that ends without a full stop. ``first`` and ``last`` are places of words."""

    start: int
    end: int
    first: int
    last: int


@frozen(eq=False)
class Note:
    """A clinical note with everything found in it; ``text`` is what was given, untouched.

    ``not_read`` names in words what was too much to look at.
    """

    text: str = field(repr=False)
    kind: str
    words: Words = field(repr=False)
    sections: tuple[Section, ...] = field(repr=False)
    items: tuple[Item, ...] = field(repr=False)
    _section_firsts: list[int] = field(repr=False)
    _sentence_firsts: Sequence[int] = field(repr=False)
    _item_firsts: list[int] = field(repr=False)
    not_read: tuple[str, ...] = ()
    _known_sentences: dict[int, Sentence] = field(factory=dict, init=False, repr=False)
    _known_answers: dict[Any, Any] = field(factory=dict, init=False, repr=False)

    def once(self, question: Callable[[Note], T]) -> T:
        """What a function answers about the whole note, worked out when first asked and kept with the note."""
        if question not in self._known_answers:
            self._known_answers[question] = question(self)
        answer: T = self._known_answers[question]
        return answer

    def span(self, start: int, end: int) -> Span:
        """The characters of the original from ``start`` to ``end``."""
        return Span(start, end, self.text[start:end])

    def words_span(self, first: int, last: int) -> Span:
        """The characters from the word at ``first`` to the one before ``last``."""
        return self.span(self.words.starts[first], self.words.ends[last - 1])

    def section_at(self, place: int) -> Section:
        """The section in which the word at a place stands."""
        return self.sections[max(0, bisect_right(self._section_firsts, place) - 1)]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence, in order."""
        return tuple(self._kept_sentence(index) for index in range(len(self._sentence_firsts)))

    def sentence_at(self, place: int) -> Sentence:
        """The sentence in which the word at a place stands."""
        return self._kept_sentence(max(0, bisect_right(self._sentence_firsts, place) - 1))

    def _kept_sentence(self, index: int) -> Sentence:
        """A sentence worked out once, since many questions are asked of the same few."""
        found = self._known_sentences.get(index)
        if found is None:
            found = self._known_sentences[index] = self._sentence(index)
        return found

    def _sentence(self, index: int) -> Sentence:
        first = self._sentence_firsts[index]
        following = index + 1 < len(self._sentence_firsts)
        last = self._sentence_firsts[index + 1] if following else len(self.words.forms)
        while last > first + 1 and self.words.forms[last - 1] == BREAK:
            last -= 1
        end = min(last, len(self.words.forms) - 1) if last < len(self.words.forms) else last - 1
        end = end if self.words.forms[end] == BREAK else last - 1
        return Sentence(self.words.starts[first], self.words.ends[end], first, last)

    def item_at(self, place: int) -> Item | None:
        """The list item in which the word at a place stands, or None."""
        index = bisect_right(self._item_firsts, place) - 1
        if index < 0 or place >= self.items[index].last:
            return None
        return self.items[index]

    def sections_of(self, *kinds: str) -> tuple[Section, ...]:
        """The sections of these kinds, in their order."""
        return tuple(section for section in self.sections if section.kind in kinds)


__all__ = ["Item", "Note", "Section", "Sentence", "Span"]
