"""What the title of a billable code asks a diagnosis line to say, and what it asks it to leave unsaid.

"Displaced fracture of base of fifth metacarpal bone, right hand, initial encounter for closed fracture" asks for
displaced, fracture, base, fifth, metacarpal and right; "not intractable" asks that intractable is not said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from attrs import frozen

from cleanclaim.coding.lexicon import rules
from cleanclaim.coding.phrases.bags import root
from cleanclaim.documents.words import phrase, word_set

# What stands in brackets may not hold a bracket: linear on any title.
_EPISODE = ", initial encounter"
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_DENYING = word_set("without not no")
_ENDING_DENIAL = word_set("with of")
_IDLE = word_set(
    "the of a an in on at to by for from due as and or with mention unspecified other specified nos site elsewhere "
    "classified nec sequela without not no"
)
# "Acute and chronic" asks for both.
_BOTH = word_set("acute chronic systolic bilateral")
_LONGEST = 12
_OF_ANOTHER = "diseases classified elsewhere"


@frozen
class Shape:
    """A title as groups of roots, one of each to be said; ``denied`` are roots that must not be said."""

    code: str
    asked: tuple[frozenset[str], ...]
    denied: frozenset[str]
    open: bool


def shape_of(code: str, title: str) -> Shape | None:
    """The shape of a billable code's title, or None where too little or too much is asked, or another disease."""
    if _OF_ANOTHER in title:
        return None
    text = _BRACKETS.sub(" ", title.partition(_EPISODE)[0]).lower()
    asked: list[frozenset[str]] = []
    denied: set[str] = set()
    unasked = _IDLE | implied_words()
    for piece in text.split(","):
        denying = False
        for words in _alternatives(piece.split()):
            forms = [form for word in words for form in _forms_of(word)]
            if _DENYING.intersection(forms):
                denying = True
            elif _ENDING_DENIAL.intersection(forms):
                denying = False
            roots = frozenset([root(form) for form in forms if form not in unasked])
            if roots and denying:
                denied |= roots
            elif roots and roots not in asked:
                asked.append(roots)
    if not 2 < len(asked) <= _LONGEST:
        return None
    return Shape(code, tuple(asked), frozenset(denied), "unspecified" in title.lower())


@lru_cache(maxsize=16_384)
def _forms_of(word: str) -> tuple[str, ...]:
    return tuple(joined_prefixes(phrase(word)))


def joined_prefixes(forms: Iterable[str]) -> Iterator[str]:
    """Folded words with "non" joined to the word behind it: a non-pressure ulcer is no pressure ulcer."""
    before = ""
    for form in forms:
        if form != "non":
            yield before + form
        before = form if form == "non" else ""


def _alternatives(words: list[str]) -> Iterator[tuple[str, ...]]:
    """Single words with those that "and" or "or" puts beside them: either one is enough (Section I.A.14)."""
    place = 0
    while place < len(words):
        joined = words[place + 1 : place + 2] in (["and"], ["or"]) and place + 2 < len(words)
        if joined and words[place] not in _BOTH:
            yield words[place], words[place + 2]
            place += 3
        else:
            yield (words[place],)
            place += 1


@lru_cache(maxsize=1)
def implied_words() -> frozenset[str]:
    """Words of titles that a clinician leaves out, because the rest implies them."""
    return frozenset(form for text in rules()["titles"]["implied"] for form in phrase(text))


@lru_cache(maxsize=1)
def same_words() -> dict[str, tuple[str, ...]]:
    """A folded word of a note -> the roots that titles write for it besides its own."""
    return {
        phrase(word)[0]: tuple(root(form) for form in phrase(text))
        for text, words in rules()["titles"]["same"].items()
        for word in words
    }


def index_shapes(titles: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Root -> the shapes, written as text, whose rarest asked root it is; each shape stands under one group."""
    shapes = list(_without_idle_others(titles))
    counts = Counter(word for shape in shapes for group in shape.asked for word in group)
    index: dict[str, list[str]] = {}
    for shape in shapes:
        rarest = min(shape.asked, key=lambda group: (sum(counts[word] for word in group), sorted(group)))
        for word in rarest:
            index.setdefault(word, []).append(_written(shape))
    return index


def _without_idle_others(titles: Iterable[tuple[str, str]]) -> Iterator[Shape]:
    """The shapes, without "Other otitis externa" where its category has an otitis externa that is not "other"."""
    found = [(shape, title) for code, title in titles if (shape := shape_of(code, title)) is not None]
    plain: dict[str, set[tuple[frozenset[str], ...]]] = {}
    for shape, title in found:
        if not title.startswith("Other "):
            plain.setdefault(shape.code[:3], set()).add(shape.asked)
    for shape, title in found:
        if not title.startswith("Other ") or shape.asked not in plain.get(shape.code[:3], ()):
            yield shape


def _written(shape: Shape) -> str:
    asked = " ".join("/".join(sorted(group)) for group in shape.asked)
    return f"{shape.code}|{asked}|{' '.join(sorted(shape.denied))}|{'?' if shape.open else ''}"


def read_shape(text: str) -> Shape:
    """A shape from its text in the index."""
    code, asked, denied, is_open = text.split("|")
    groups = tuple(frozenset(group.split("/")) for group in asked.split(" "))
    return Shape(code, groups, frozenset(denied.split()), bool(is_open))
