"""Small headings under the problems of an assessment, and where the assessment goes on after them.

A plan by problem is full of them ("Medical Treatment:", "Patient Education:"): the next problem stands in the
assessment again, not among the instructions of the one before.
"""

from __future__ import annotations

from bisect import bisect_left

from cleanclaim.documents.heading_words import assessed_kinds
from cleanclaim.documents.list_numbers import list_number
from cleanclaim.documents.note import Span
from cleanclaim.documents.words import BREAK, Words

Bound = tuple[str, Span | None, int]
"""Kind of section, its heading, the place of its first word."""

MOST_LINES = 60_000
"""Lines of a note whose headings and list entries are looked for."""
_LONGEST_PROBLEM_LINES = 60
_LONGEST_TITLE_WORDS = 9


class Nesting:
    """Which headings of one note stand under another heading."""

    def __init__(self, text: str, words: Words) -> None:
        self._text = text
        self._words = words
        self._lines = [first for first, _, _ in words.lines[:MOST_LINES]]

    def under(self, above: Bound, first: int, last: int) -> bool:
        """Whether a heading at the start of a line belongs to a problem of the assessment above it."""
        kind, title, _ = above
        if kind not in assessed_kinds() and kind != "plan":
            return False
        return (title is not None and self._smaller(title, first, last)) or bool(
            self._next_number(above, first)
        )

    def goes_on(self, above: Bound, last: int) -> int:
        """The place where the section above resumes after a heading under it, or 0 where it does not."""
        numbered = self._next_number(above, last)
        problem = self._next_problem(last)
        return min((place for place in (numbered, problem) if place), default=0)

    def _smaller(self, title: Span, first: int, last: int) -> bool:
        """Text follows this heading on its line, and the one above stands alone or in capitals while this does not."""
        if self._ends_line(self._words.ends[last - 1]) or self._capitals(first, last):
            return False
        return (title.text.isupper() and len(title.text) > 3) or self._ends_line(title.end)

    def _capitals(self, first: int, last: int) -> bool:
        return self._text[self._words.starts[first] : self._words.ends[last - 1]].isupper()

    def _ends_line(self, end: int) -> bool:
        return not self._text[end : end + 200].partition("\n")[0].strip(" \t:-–—")

    def _next_number(self, above: Bound, place: int) -> int:
        """The line that goes on counting the problems of the section above, if it is the next numbered one."""
        number = self._last_number(above[2], place)
        if not number:
            return 0
        at = bisect_left(self._lines, place)
        for first in self._lines[at : at + _LONGEST_PROBLEM_LINES]:
            found = list_number(self._text, self._words, first)
            if found is not None:
                return first if found == number + 1 else 0
        return 0

    def _last_number(self, begin: int, place: int) -> int:
        at = bisect_left(self._lines, place)
        for first in reversed(self._lines[max(0, at - _LONGEST_PROBLEM_LINES) : at]):
            if first < begin:
                return 0
            number = list_number(self._text, self._words, first)
            if number is not None:
                return number
        return 0

    def _next_problem(self, place: int) -> int:
        """The first line after a blank one, or a short line that begins anew: the title of the next problem."""
        at = bisect_left(self._lines, place + 1)
        stop = at + _LONGEST_PROBLEM_LINES
        for index, first in enumerate(self._lines[at:stop], at):
            gap = self._text[self._words.ends[first - 1] : self._words.starts[first]]
            if gap.count("\n") > 1 or self._is_title(index):
                return first
        return 0

    def _is_title(self, index: int) -> bool:
        first = self._lines[index]
        last = self._lines[index + 1] if index + 1 < len(self._lines) else len(self._words.forms)
        begins_anew = (
            self._words.forms[first - 1] == BREAK and self._text[self._words.starts[first]].isupper()
        )
        return begins_anew and last - first <= _LONGEST_TITLE_WORDS
