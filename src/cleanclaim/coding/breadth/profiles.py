"""How much of what is usually said about a code stands together in a note, in any order and in part.

A phrase must be there whole; a profile need not be. Each code has the words of its evidence and of its terms,
rarer words weighing more, and the best stretch of seven words in the note decides how alike the two are.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from cleanclaim.coding.breadth.phrase_table import CodedNote
from cleanclaim.coding.breadth.wide_terms import BagTerms
from cleanclaim.coding.phrases.bags import bag, root, runs
from cleanclaim.documents.words import Words

_STRETCH = 7
_STRIDE = 2
_MOST_CODES_OF_TERM = 3
_MOST_CODES_OF_WORD = 400
# A term of the code book counts as this share of a coder's own words.
_TERM_COUNTS = 0.3
_LEAST_RARITY = 0.3

_Index = Mapping[str, Sequence[tuple[str, float]]]


@frozen(eq=False)
class TermProfiles:
    """The profiles that need no coded note: rarity of words, and per code how often its terms use a word."""

    rarity: Mapping[str, float]
    unseen: float
    counts: Mapping[str, Mapping[str, float]]
    index: _Index

    def weight(self, word: str) -> float:
        """How much a word tells, by how few notes have it."""
        return max(_LEAST_RARITY, self.rarity.get(word, self.unseen))


def term_profiles(notes: Sequence[CodedNote], terms: BagTerms) -> TermProfiles:
    """Learn how rare words are, and index the terms of the code book by their words."""
    times: Counter[str] = Counter()
    for note in notes:
        times.update({root(form) for run in runs(note.words) for _, form in run})
    rarity = {word: math.log((len(notes) + 1) / (number + 0.5)) for word, number in times.items()}
    counts: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for phrase, codes in terms.items():
        for code in codes if len(codes) <= _MOST_CODES_OF_TERM else ():
            for word in sorted(set(phrase)):
                counts[code][word] += _TERM_COUNTS
    bare = TermProfiles(rarity, math.log((len(notes) + 1) / 0.5), counts, {})
    index = _index((code, _profile(bare, words)) for code, words in counts.items())
    return TermProfiles(bare.rarity, bare.unseen, counts, index)


class Profiles:
    """The profiles of codes from evidence and terms together."""

    def __init__(self, notes: Sequence[CodedNote], before: TermProfiles) -> None:
        counts: dict[str, dict[str, float]] = {}
        for code, words in _evidence_words(notes):
            held = counts.setdefault(code, dict(before.counts.get(code, {})))
            for word in words:
                held[word] = held.get(word, 0.0) + 1.0
        self._before = before
        self._own = frozenset(counts)
        self._index = _index((code, _profile(before, words)) for code, words in counts.items())

    def find(self, words: Words) -> dict[str, float]:
        """Code -> the share of its profile (0 to 1) in the stretch of the note that is most like it."""
        best: dict[str, float] = {}
        for run in runs(words):
            roots = [root(form) for _, form in run]
            for first in range(0, len(roots), _STRIDE):
                for code, share in self._shares(sorted(set(roots[first : first + _STRETCH]))).items():
                    if share > best.get(code, 0.0):
                        best[code] = share
        return best

    def _shares(self, stretch: Iterable[str]) -> dict[str, float]:
        shares: dict[str, float] = defaultdict(float)
        for word in stretch:
            for code, weight in self._index.get(word, ()):
                shares[code] += weight
            for code, weight in self._before.index.get(word, ()):
                if code not in self._own:
                    shares[code] += weight
        return shares


def _evidence_words(notes: Sequence[CodedNote]) -> Iterable[tuple[str, tuple[str, ...]]]:
    """(code, different words) of each evidence, the same words once a note."""
    for note in notes:
        said = {(one.code, bag(note.words.forms[one.first : one.last])) for one in note.evidence}
        for code, words in sorted(said):
            yield code, tuple(sorted(set(words)))


def _profile(before: TermProfiles, counts: Mapping[str, float]) -> dict[str, float]:
    """Weights whose squares add up to 1: half by how often the word is said of the code, half by rarity."""
    if not counts:
        return {}
    most = max(counts.values())
    raw = {word: math.sqrt(number / most) * before.weight(word) for word, number in sorted(counts.items())}
    length = math.sqrt(sum(value * value for value in raw.values()))
    return {word: value / length for word, value in raw.items()}


def _index(profiles: Iterable[tuple[str, Mapping[str, float]]]) -> _Index:
    by_word: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for code, weights in profiles:
        for word, weight in weights.items():
            by_word[word].append((code, weight))
    return {
        word: tuple(sorted(rows, key=lambda row: (-row[1], row[0]))[:_MOST_CODES_OF_WORD])
        for word, rows in by_word.items()
    }
