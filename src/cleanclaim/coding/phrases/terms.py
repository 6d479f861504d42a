"""All phrases that coding looks for, of the code book and of our own lexicon, in one matcher."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

from attrs import frozen

from cleanclaim.codesets.book import CodeBook
from cleanclaim.coding.lexicon import Term
from cleanclaim.coding.phrases.bags import Bag
from cleanclaim.coding.phrases.compiled_terms import LEFT_OUT, compiled
from cleanclaim.coding.phrases.shapes import Shape
from cleanclaim.coding.phrases.term_file import Shelf
from cleanclaim.documents.collector import collector_paused
from cleanclaim.documents.matcher import PhraseMatcher


@frozen(eq=False)
class Terms:
    """What coding keeps of a release: the matcher, and the billable codes of each category with titles.

    ``apart`` are phrases as bags by their rarest root, ``shapes`` the titles by their rarest root.
    """

    matcher: PhraseMatcher[Term]
    apart: Shelf[tuple[Bag, Term]]
    leaves: Shelf[tuple[str, str]]
    shapes: Shelf[Shape]

    def find(self, forms: list[str]) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
        """Every phrase in the words; "of" and "the" count neither in the phrase nor in the words."""
        places = [place for place, form in enumerate(forms) if form not in LEFT_OUT]
        for first, last, values in self.matcher.find([forms[place] for place in places]):
            yield places[first], places[last - 1] + 1, values


def terms(book: CodeBook, on: dt.date) -> Terms:
    """The phrases of the release in force on a day; kept per book and half-year."""
    return _terms(book, _release_day(on))


@lru_cache(maxsize=4)
def _terms(book: CodeBook, on: dt.date) -> Terms:
    with collector_paused():
        kept = compiled(book, on)
        return Terms(kept.matcher, kept.apart, kept.leaves, kept.shapes)


def _release_day(on: dt.date) -> dt.date:
    """ICD-10-CM changes on 1 April and 1 October only."""
    if on.month >= 10:
        return dt.date(on.year, 10, 1)
    return dt.date(on.year, 4, 1) if on.month >= 4 else dt.date(on.year - 1, 10, 1)
