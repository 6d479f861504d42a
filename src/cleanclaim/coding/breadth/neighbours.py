"""Coded notes that speak of the same things as a new one, by their words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from cleanclaim.coding.breadth.phrase_table import CodedNote
from cleanclaim.coding.phrases.bags import root, runs
from cleanclaim.documents.words import Words

_MOST = 15
_UNSEEN = 6.0


class Neighbours:
    """The notes of an organisation as weighted words; compared by cosine."""

    def __init__(self, notes: Sequence[CodedNote]) -> None:
        counts = {note.identifier: _roots(note.words) for note in notes}
        frequency: Counter[str] = Counter()
        for found in counts.values():
            frequency.update(found.keys())
        self._rarity = {word: math.log((len(notes) + 1) / (times + 0.5)) for word, times in frequency.items()}
        self._codes = {note.identifier: note.codes for note in notes}
        self._by_word: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for identifier, found in counts.items():
            for word, weight in self._weighted(found).items():
                self._by_word[word].append((identifier, weight))

    def codes(self, words: Words) -> dict[str, float]:
        """Code -> share of the nearest notes that have it, each weighted by how near it is."""
        near: dict[str, float] = defaultdict(float)
        for word, weight in self._weighted(_roots(words)).items():
            for identifier, other in self._by_word.get(word, ()):
                near[identifier] += weight * other
        nearest = sorted(((score, name) for name, score in near.items()), reverse=True)[:_MOST]
        total = sum(score for score, _ in nearest) or 1.0
        shares: dict[str, float] = defaultdict(float)
        for score, name in nearest:
            for code in self._codes[name]:
                shares[code] += score / total
        return shares

    def _weighted(self, counts: Counter[str]) -> dict[str, float]:
        raw = {
            word: (1 + math.log(times)) * self._rarity.get(word, _UNSEEN) for word, times in counts.items()
        }
        length = math.sqrt(sum(value * value for value in raw.values())) or 1.0
        return {word: value / length for word, value in raw.items()}


def _roots(words: Words) -> Counter[str]:
    return Counter(root(form) for run in runs(words) for _, form in run if not form.isdigit())
