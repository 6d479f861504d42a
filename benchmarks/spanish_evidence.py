"""Finds the English words behind Spanish evidence, for a corpus whose spans point into the other language.

CodiEsp ties each code to words of the Spanish original; the English notes are its translation. A word-to-word
table (IBM model 1 with a prior for place and for shared Greek and Latin roots) is learned from the pairs, and
the best run of English words near the expected place becomes the evidence. No dictionary is used.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from functools import lru_cache

from attrs import frozen
from rapidfuzz.distance import Levenshtein

from cleanclaim.documents.words import MARKS, Words, word_set

_SPANISH_IDLE = word_set("de del la el los las en y con a por un una al o e que su se para sin no lo")
_ENGLISH_IDLE = word_set(
    "the of a an and in with to on at by for from or was is were be been as that this it his her which had"
    " has have no not without"
)
_ENDINGS = (
    ("cion", "tion"),
    ("sion", "sion"),
    ("dad", "ty"),
    ("logia", "logy"),
    ("grafia", "graphy"),
    ("patia", "pathy"),
    ("oscopia", "oscopy"),
    ("ectomia", "ectomy"),
    ("tomia", "tomy"),
    ("emia", "emia"),
    ("uria", "uria"),
    ("ia", "y"),
    ("ico", "ic"),
    ("ica", "ic"),
    ("ivo", "ive"),
    ("iva", "ive"),
    ("oso", "ous"),
    ("osa", "ous"),
)
_SPELLINGS = (
    ("ph", "f"),
    ("th", "t"),
    ("rh", "r"),
    ("y", "i"),
    ("ch", "c"),
    ("qu", "c"),
    ("k", "c"),
    ("ae", "e"),
    ("oe", "e"),
)
_SLOPES = (0.8, 0.84, 0.87, 0.9, 0.92, 0.94, 0.96, 0.98, 1.0, 1.03, 1.07)
_ROUNDS = 6
_REACH = 260
_LEAST_COVER = 0.45


@frozen
class SpanishEvidence:
    """One row: the note, the code, the Spanish words and their characters in the Spanish note."""

    note: str
    code: str
    text: str
    places: tuple[tuple[int, int], ...]


@frozen
class Aligned:
    """The places of the English words, and which share of the Spanish ones they cover."""

    row: SpanishEvidence
    first: int
    last: int
    cover: float


@frozen(eq=False)
class _Job:
    row: SpanishEvidence
    spanish: tuple[str, ...]
    near: tuple[tuple[int, float], ...]
    words: Words


def align(notes: dict[str, Words], rows: list[SpanishEvidence]) -> list[Aligned]:
    """The English evidence of every row for which it was found."""
    by_note: dict[str, list[SpanishEvidence]] = defaultdict(list)
    for row in rows:
        by_note[row.note].append(row)
    jobs = [job for name, found in by_note.items() for job in _jobs(notes[name], found)]
    table: dict[str, dict[str, float]] = {}
    for number in range(_ROUNDS):
        table = _learn(jobs, table, first=number == 0)
    return [found for job in jobs if (found := _best_run(job, table)) is not None]


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(c))


def _spanish_words(text: str) -> tuple[str, ...]:
    words = (_plain(word) for word in re.findall(r"\w+", text))
    return tuple(word for word in words if word not in _SPANISH_IDLE)


@lru_cache(maxsize=200_000)
def _as_english(word: str) -> str:
    if word.endswith("es") and len(word) > 5:
        word = word[:-2] if word[-3] not in "aeiou" else word[:-1]
    elif word.endswith("s") and not word.endswith(("sis", "tis")) and len(word) > 4:
        word = word[:-1]
    for spanish, english in _ENDINGS:
        if word.endswith(spanish):
            return word[: -len(spanish)] + english
    return word


@lru_cache(maxsize=200_000)
def _sound(word: str) -> str:
    for spelled, simple in _SPELLINGS:
        word = word.replace(spelled, simple)
    return re.sub(r"(.)\1", r"\1", word)


@lru_cache(maxsize=2_000_000)
def _kinship(spanish: str, english: str) -> float:
    """How alike two words are once spelled the same way; 0 below 0.6."""
    one, other = _sound(_as_english(spanish)), _sound(english)
    if len(one) < 3 or len(other) < 3:
        return float(one == other)
    alike = Levenshtein.normalized_similarity(one, other)
    return alike if alike >= 0.6 else 0.0


def _jobs(words: Words, rows: list[SpanishEvidence]) -> list[_Job]:
    content = [
        place for place, form in enumerate(words.forms) if form not in MARKS and form not in _ENGLISH_IDLE
    ]
    expected = _offsets(words, content, rows)
    jobs = []
    for row in rows:
        centres = [expected((start + end) / 2) for start, end in row.places]
        near = []
        for place in content:
            middle = (words.starts[place] + words.ends[place]) / 2
            away = min(abs(middle - centre) for centre in centres)
            if away < _REACH:
                near.append((place, math.exp(-away / 70)))
        jobs.append(_Job(row, _spanish_words(row.text), tuple(near), words))
    return jobs


def _offsets(words: Words, content: list[int], rows: list[SpanishEvidence]):
    """A function from Spanish to English characters, fitted to words that are alike and stand once."""
    where: dict[str, list[int]] = defaultdict(list)
    for place in content:
        where[words.forms[place]].append(place)
    single = {form: places[0] for form, places in where.items() if len(places) == 1}
    anchors = set()
    for row in rows:
        for spanish in _spanish_words(row.text):
            if len(spanish) >= 6:
                for form, place in single.items():
                    if abs(len(form) - len(spanish)) < 5 and _kinship(spanish, form) >= 0.75:
                        anchors.add((row.places[0][0], words.starts[place]))

    def fit(slope: float, shift: int) -> float:
        close = sum(max(0.0, 1 - abs(shift + slope * x - y) / 120) for x, y in anchors)
        return close - abs(slope - 0.94) * 2 - abs(shift) / 400

    slope, shift = max(
        ((slope, shift) for slope in _SLOPES for shift in range(-60, 61, 20)), key=lambda pair: fit(*pair)
    )
    good = [(x, y - (shift + slope * x)) for x, y in sorted(anchors) if abs(shift + slope * x - y) < 150]

    def expected(x: float) -> float:
        above = below = 0.0
        for near, rest in good:
            weight = math.exp(-abs(near - x) / 250)
            above += weight * rest
            below += weight
        return shift + slope * x + above / (below + 0.3)

    return expected


def _learn(
    jobs: list[_Job], table: dict[str, dict[str, float]], *, first: bool
) -> dict[str, dict[str, float]]:
    """One round: spread each Spanish word over the English ones near it, then count."""
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for job in jobs:
        for spanish in job.spanish:
            known = table.get(spanish, {})
            weights = []
            for place, closeness in job.near:
                english = job.words.forms[place]
                kin = _kinship(spanish, english) ** 4
                weight = 0.02 + 2 * kin if first else known.get(english, 0.0) + 0.3 * kin
                weights.append((english, weight * closeness))
            total = sum(weight for _, weight in weights) + (0.15 if first else 0.03)
            for english, weight in weights:
                if weight / total > 0.005:
                    counts[spanish][english] += weight / total
    learned = {}
    for spanish, found in counts.items():
        total = sum(found.values()) + 0.5
        learned[spanish] = {
            english: count / total for english, count in found.items() if count / total > 0.01
        }
    return learned


def _best_run(job: _Job, table: dict[str, dict[str, float]]) -> Aligned | None:
    """The run of English words that covers the Spanish ones best, near where they are expected."""
    hits: dict[int, tuple[float, float, str]] = {}
    for place, closeness in job.near:
        english = job.words.forms[place]
        score, spanish = max(
            (
                (table.get(word, {}).get(english, 0.0) + _kinship(word, english) ** 4 * 0.5, word)
                for word in job.spanish
            ),
            default=(0.0, ""),
        )
        if score > 0.08:
            hits[place] = (score, closeness, spanish)
    best: tuple[float, int, int, float] | None = None
    ordered = sorted(hits)
    for begin, first in enumerate(ordered):
        for place in ordered[begin : begin + 8]:
            if place - first > 9 or any(form in MARKS for form in job.words.forms[first:place]):
                break
            score, cover = _score(job, hits, first, place)
            if best is None or score > best[0]:
                best = (score, first, place + 1, cover / max(1, len(job.spanish)))
    if best is None or best[3] < _LEAST_COVER:
        return None
    return Aligned(job.row, *best[1:])


def _score(
    job: _Job, hits: dict[int, tuple[float, float, str]], first: int, last: int
) -> tuple[float, float]:
    covered: dict[str, float] = {}
    near = 0.0
    number = foreign = 0
    for place in range(first, last + 1):
        if place in hits:
            score, closeness, spanish = hits[place]
            covered[spanish] = max(covered.get(spanish, 0.0), min(1.0, 2 * score))
            near = max(near, closeness)
            number += 1
        elif job.words.forms[place] not in _ENGLISH_IDLE:
            foreign += 1
    cover = sum(covered.values())
    return cover - 0.35 * foreign - 0.15 * (number - len(covered)) + 0.6 * near, cover
