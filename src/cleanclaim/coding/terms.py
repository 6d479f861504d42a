"""All phrases that coding looks for, of the code book and of our own lexicon, in one matcher."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from attrs import frozen

from cleanclaim.codesets.book import CodeBook, CodeEntry
from cleanclaim.coding.bags import LONGEST, Bag, root
from cleanclaim.coding.lexicon import (
    Phrase,
    Term,
    ordinary_words,
    own_phrases,
)
from cleanclaim.coding.shapes import implied_words, index_shapes
from cleanclaim.documents.collector import collector_paused
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.words import phrase

_LAYOUT = "terms-9"
_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_TRAILERS = (("unspecified",), ("nos",), ("unspecified", "site"), ("initial", "encounter"))
_LONGEST = 8
_CIRCUMSTANCES = frozenset(("external", "place", "activity", "encounter", "newborn", "status", "famhist"))
_LEFT_OUT = frozenset(("the", "an", "of"))


@frozen(eq=False)
class Terms:
    """What coding keeps of a release: the matcher, and the billable codes of each category with titles."""

    matcher: PhraseMatcher[Term]
    apart: dict[str, list[tuple[Bag, Term]]]
    leaves: dict[str, list[tuple[str, str]]]
    shapes: dict[str, list[str]]

    def find(self, forms: list[str]) -> Iterator[tuple[int, int, tuple[Term, ...]]]:
        """Every phrase in the words; "of" and "the" count neither in the phrase nor in the words."""
        places = [place for place, form in enumerate(forms) if form not in _LEFT_OUT]
        for first, last, values in self.matcher.find([forms[place] for place in places]):
            yield places[first], places[last - 1] + 1, values


def terms(book: CodeBook, on: dt.date) -> Terms:
    """The phrases of the release in force on a day; kept per book and half-year."""
    return _terms(book, _release_day(on))


@lru_cache(maxsize=4)
def _terms(book: CodeBook, on: dt.date) -> Terms:
    with collector_paused():
        return _build(book, on)


def _build(book: CodeBook, on: dt.date) -> Terms:
    phrases, leaves, shapes = _of_the_book(book, on)
    found: dict[Phrase, list[Term]] = {}
    for words, term in own_phrases():
        found.setdefault(_bare(words), []).append(term)
    for words, code, source in phrases:
        if words not in found:
            found[words] = [Term("dx", code, source)]
    own = PhraseMatcher((words, term) for words, values in found.items() for term in values)
    return Terms(own, _apart(found), leaves, shapes)


def _apart(found: dict[Phrase, list[Term]]) -> dict[str, list[tuple[Bag, Term]]]:
    """The diagnoses of two words or more by the rarest of their roots."""
    bags: dict[Bag, Term] = {}
    for words, values in found.items():
        if (
            1 < len(words) <= LONGEST
            and "history" not in words
            and values[0].kind == "dx"
            and not values[0].flags & _CIRCUMSTANCES
        ):
            bags.setdefault(tuple(sorted({root(word) for word in words})), values[0])
    counts = Counter(word for bag in bags for word in bag)
    by_rarest: dict[str, list[tuple[Bag, Term]]] = {}
    for bag, term in bags.items():
        if len(bag) > 1:
            rarest = min(bag, key=lambda word: (counts[word], word))
            by_rarest.setdefault(rarest, []).append((bag, term))
    return by_rarest


def _release_day(on: dt.date) -> dt.date:
    """ICD-10-CM changes on 1 April and 1 October only."""
    if on.month >= 10:
        return dt.date(on.year, 10, 1)
    return dt.date(on.year, 4, 1) if on.month >= 4 else dt.date(on.year - 1, 10, 1)


_Phrases = list[tuple[Phrase, str, str]]
_Leaves = dict[str, list[tuple[str, str]]]
_Shapes = dict[str, list[str]]
# A drug's poisoning, a cause, a factor of health or an evidence of none is never worked out from a title.
_NO_SHAPE = re.compile(r"[VWXYZ].*|T(?:3[6-9]|[45][0-9]|6[0-5]).*|.{7}[B-Z]")


def _of_the_book(book: CodeBook, on: dt.date) -> tuple[_Phrases, _Leaves, _Shapes]:
    """Titles, inclusion terms as folded words and shapes, kept beside the compiled book as plain JSON."""
    path = _cache_path(book, on)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        phrases = [(tuple(words.split(" ")), code, source) for words, code, source in kept["phrases"]]
        leaves = {category: [(c, t) for c, t in rows] for category, rows in kept["leaves"].items()}
        return phrases, leaves, kept["shapes"]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass
    entries = list(book.entries("ICD-10-CM", on))
    leaves = {}
    for entry in entries:
        if entry.billable:
            leaves.setdefault(entry.code[:3], []).append((entry.code, entry.title))
    made = list(_make(entries))
    shapes = index_shapes(
        (entry.code, entry.title)
        for entry in entries
        if entry.billable and not _NO_SHAPE.fullmatch(entry.code)
    )
    rows = [(" ".join(words), code, source) for words, code, source in made]
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump({"phrases": rows, "leaves": leaves, "shapes": shapes}, out)
        Path(temporary).replace(path)
    return made, leaves, shapes


def _cache_path(book: CodeBook, on: dt.date) -> Path:
    sets = [one for one in book.sets() if one.system == "ICD-10-CM"]
    words = lexicon_fingerprint()
    key = hashlib.sha256(repr((_LAYOUT, on, sets, words)).encode()).hexdigest()[:16]
    home = os.environ.get("CLEANCLAIM_HOME")
    user = os.environ.get("XDG_CACHE_HOME")
    base = Path(home) / "cache" if home else (Path(user) if user else Path.home() / ".cache") / "cleanclaim"
    return base / "coding" / f"terms-{key}.json"


def lexicon_fingerprint() -> str:
    """Changes when the list that keeps phrases out changes, or what titles are taken to imply."""
    told = (sorted(ordinary_words()), sorted(implied_words()))
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _make(entries: list[CodeEntry]) -> Iterator[tuple[Phrase, str, str]]:
    seen: set[Phrase] = set()
    ordinary = ordinary_words()
    inclusions: list[tuple[str, str]] = []
    for entry in entries:
        if entry.code[0] in "VWXY" or (len(entry.code) == 8 and entry.code[0] in "ST"):
            continue
        inclusions.extend(
            (note.text, entry.code) for note in entry.notes.includes if note.source == entry.code
        )
        for words in _variants(entry.title):
            if words not in seen and words not in ordinary and _usable(words, entry):
                seen.add(words)
                yield words, entry.code, "title"
    for text, code in inclusions:
        for words in _variants(text):
            if words not in seen and words not in ordinary and len(words) > 1:
                seen.add(words)
                yield words, code, "inclusion"


def _bare(words: Phrase) -> Phrase:
    return tuple(word for word in words if word not in _LEFT_OUT)


def _usable(words: Phrase, entry: CodeEntry) -> bool:
    if len(words) == 1:
        return len(words[0]) > 4 and entry.code[0] not in "VWXYZ"
    return words[0] != "other" or len(words) > 3


def _variants(title: str) -> Iterator[Phrase]:
    """The title as it stands, without what stands in brackets, and without "unspecified" at its end."""
    for text in {title, _PARENTHESES.sub(" ", title)}:
        words = phrase(text)
        words = _bare(words)
        if not words or len(words) > _LONGEST:
            continue
        yield words
        for trailer in _TRAILERS:
            if len(words) > len(trailer) and words[-len(trailer) :] == trailer:
                yield words[: -len(trailer)]
