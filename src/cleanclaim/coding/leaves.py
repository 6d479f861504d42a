"""From a header or an unspecified code to the code that the words around a mention call for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from attrs import frozen

from cleanclaim.codesets.book import CodeBook, CodeEntry
from cleanclaim.coding.phrases.terms import terms
from cleanclaim.documents.words import MARKS, phrase, word_set

SIDES = frozenset(("left", "right", "bilateral"))
_NEUTRAL = word_set(
    "unspecified of the a an and or with without initial encounter for in to by due nos site side "
    "other specified part not elsewhere classified foreign body damage nail idiopathic closed open eye ear"
    " eyelid stage dry"
    # A fracture that is not called either is coded as displaced (Section I.C.19.c).
    " displaced fetus"
)
# Told by more than a site: no leaf of these follows from the words that name one.
_STAYING = frozenset(("M06.9", "N18.9"))
_DENYING = frozenset(("without",))
# What stands in brackets need not be said, and may not hold a bracket: linear on any title.
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SYSTEM = "ICD-10-CM"
# What titles say of a single child need not be said.
_NO_FETUS = ", not applicable or unspecified"


@frozen
class _Leaf:
    code: str
    words: frozenset[str]
    denied: frozenset[str]


@lru_cache(maxsize=512)
def _category(book: CodeBook, category: str, on: dt.date) -> tuple[_Leaf, ...]:
    rows = terms(book, on).leaves.get(category)
    return tuple(_leaf(code, title) for code, title in rows)


@lru_cache(maxsize=16_384)
def _leaf(code: str, title: str) -> _Leaf:
    """The words of a title, and those among them that stand behind "without"."""
    title = _BRACKETS.sub(" ", title).removesuffix(_NO_FETUS)
    words = phrase(title)
    kept: list[str] = []
    denied: set[str] = set()
    for piece in title.split(","):
        denying = False
        for word in phrase(piece):
            denying = word in _DENYING or (denying and word != "with")
            if denying and word not in _NEUTRAL:
                denied.add(word)
            elif not denying or word in _DENYING:
                kept.append(word)
    return _Leaf(code, frozenset(words) if not denied else frozenset(kept), frozenset(denied) - set(kept))


_RULING = frozenset(("ruled", "excluded", "not"))
_THERE = frozenset(("present", "seen", "found", "evident"))
_MOST_RULED_OUT = 3


def affirmed_words(forms: list[str], commas: frozenset[int], first: int) -> Iterator[str]:
    """The words of a stretch that begins at a place, without those behind "without" or "no" up to a comma or "with",

    and those that are said to be ruled out."""
    denying = False
    excluded = _excluded(forms, commas, first)
    for place, form in enumerate(forms, first):
        if place in excluded:
            continue
        if place in commas or form in MARKS or form == "with":
            denying = False
        denying = (
            denying
            or form in _DENYING
            or form == "no"
            or forms[place - first : place - first + 2] == ["w", "o"]
        )
        if not denying and (place == first or forms[place - first - 1] != "non"):
            yield form


def _excluded(forms: list[str], commas: frozenset[int], first: int) -> set[int]:
    """The places of the words before "ruled out", "excluded" or "not felt present", back to a comma."""
    found: set[int] = set()
    for at, form in enumerate(forms):
        if form not in _RULING or (form == "ruled" and forms[at + 1 : at + 2] != ["out"]):
            continue
        if form == "not" and not _THERE.intersection(forms[at + 1 : at + 4]):
            continue
        for back in range(at - 1, max(-1, at - _MOST_RULED_OUT - 1), -1):
            if forms[back] in MARKS:
                break
            found.add(back + first)
            if back + first in commas:
                break
    return found


def resolve(book: CodeBook, code: str, context: frozenset[str], on: dt.date) -> str | None:
    """The billable code for a code that is a header or leaves the side open, given the words around it.

    Returns the code itself where it is billable and nothing more exact fits, None where nothing fits.
    """
    entry = book.find(_SYSTEM, code, on)
    if entry is None or not entry.valid:
        return None
    if code in _STAYING:
        return code
    required, open_parts = _required(entry)
    own_denials = _leaf(code, entry.title).denied
    side = context & SIDES
    best: tuple[float, str] | None = None
    leaves = _category(book, code[:3], on)
    if not entry.billable:
        leaves = tuple(leaf for leaf in leaves if leaf.code.startswith(code)) or leaves
    elif entry.title.startswith("Other ") and entry.code[0] in "HN":
        # "Other" names a rest of its subcategory: what is found must lie there too.
        leaves = tuple(leaf for leaf in leaves if leaf.code.startswith(code[:-1]))
    for leaf in leaves:
        if leaf.code[-1:] in "DSGKP" and len(leaf.code) == 8 and leaf.code[0] in "STVWXYM":
            continue
        if (leaf.denied & required) - own_denials - _NEUTRAL:
            continue
        score = _score(leaf, required, open_parts, side, context)
        if score is not None and (best is None or score > best[0]):
            best = (score, leaf.code)
    if best is None or (entry.billable and best[0] < 0):
        return code if entry.billable else _unspecified(leaves, code, side)
    return best[1]


def _required(entry: CodeEntry) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a title that every leaf must have, and the part left "unspecified", which it need not."""
    words = phrase(_BRACKETS.sub(" ", entry.title).removesuffix(_NO_FETUS))
    pairs = list(pairwise(words))
    # "Unspecified astigmatism, unspecified eye" leaves the eye open, not the astigmatism.
    pairs = pairs[1:] if entry.code[0] not in "ST" and words[:1] == ("unspecified",) else pairs
    open_parts = frozenset(after for before, after in pairs if before == "unspecified")
    return frozenset(words) - SIDES - _NEUTRAL - MARKS - open_parts, open_parts


def _score(
    leaf: _Leaf,
    required: frozenset[str],
    open_parts: frozenset[str],
    side: frozenset[str],
    context: frozenset[str],
) -> float | None:
    """How well a leaf fits: words found around the mention count for it, words not found against it."""
    if not required <= leaf.words | leaf.denied:
        return None
    if (leaf.denied - required) & context:
        return None
    leaf_side = leaf.words & SIDES
    if leaf_side and not leaf_side <= side:
        return None
    extra = leaf.words - required - SIDES - _NEUTRAL - open_parts
    present = len(extra & context)
    absent = len(extra - context)
    score = 2.0 * present - 2.0 * absent + (1.0 if leaf_side else 0.0)
    # "Bilateral carpal tunnel syndrome, right worse" is of both sides.
    score -= 0.3 if "bilateral" in side and leaf_side and "bilateral" not in leaf_side else 0.0
    score += 0.1 if leaf.code.endswith("9") else 0.0
    return score + (0.25 if "unspecified" in leaf.words else 0.0) - (0.5 if "other" in leaf.words else 0.0)


def _unspecified(leaves: tuple[_Leaf, ...], code: str, side: frozenset[str]) -> str | None:
    under = [leaf for leaf in leaves if leaf.code.startswith(code)]
    under = [leaf for leaf in under if leaf.words & SIDES <= side] or under
    for leaf in under:
        if "unspecified" in leaf.words:
            return leaf.code
    return under[0].code if len(under) == 1 else None
