"""Breadth without assertion: every code a note's words may stand for, ranked by what coders accepted.

For searching and for measuring breadth on collections that code what is negated too. The suggestions of a visit
do not come from here: they follow the guidelines (see `cleanclaim.coding.suggest`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from cleanclaim.coding.breadth.neighbours import Neighbours
from cleanclaim.coding.breadth.phrase_table import CodedNote, PhraseTable, learn_phrases
from cleanclaim.coding.breadth.profiles import Profiles, TermProfiles, term_profiles
from cleanclaim.coding.breadth.wide_features import Knowledge, features
from cleanclaim.coding.breadth.wide_terms import BagTerms, telling_words
from cleanclaim.coding.logistic import Example, Weights, fit, probability
from cleanclaim.coding.phrases.bags import Bag, GapFinder

_FOLDS = 10
_ASSOCIATED_WORDS = 3
_ASSOCIATED_NOTES = (2, 60)
_ASSOCIATED_SHARE = 0.3


@frozen(eq=False)
class WideRanker:
    """What was learned from an organisation's coded notes; `rank` needs nothing else."""

    knowledge: Knowledge
    weights: Weights

    def rank(self, note: CodedNote) -> list[tuple[str, float]]:
        """Every candidate code with its probability, most likely first."""
        found = features(self.knowledge, note)
        scored = [(code, probability(self.weights, names)) for code, names in found.items()]
        return sorted(scored, key=lambda row: (-row[1], row[0]))


def fit_wide(notes: Sequence[CodedNote], terms: BagTerms) -> WideRanker:
    """Learn from coded notes. The weights are fitted on notes whose own phrases were left out (ten folds)."""
    telling, before = telling_words(terms), term_profiles(notes, terms)
    examples: list[Example] = []
    for fold in range(_FOLDS):
        kept = [note for index, note in enumerate(notes) if index % _FOLDS != fold]
        knowledge = gather(kept, terms, telling, before)
        for note in notes[fold::_FOLDS]:
            found = sorted(features(knowledge, note).items())  # the weights hang on the order of examples
            examples.extend((names, code in note.codes) for code, names in found)
    return WideRanker(gather(notes, terms, telling, before), fit(examples))


def gather(
    notes: Sequence[CodedNote], terms: BagTerms, telling: dict[str, tuple[str, ...]], before: TermProfiles
) -> Knowledge:
    """Everything but the weights."""
    phrases = learn_phrases(notes)
    known = frozenset(phrases.codes) | frozenset(terms)
    return Knowledge(
        phrases=phrases,
        associated=_associated(notes),
        terms=terms,
        telling=telling,
        known=known,
        gaps=GapFinder(known),
        neighbours=Neighbours(notes),
        profiles=Profiles(notes, before),
        times=Counter(code for note in notes for code in note.codes),
        category_times=Counter(category for note in notes for category in {code[:3] for code in note.codes}),
    )


def _associated(notes: Sequence[CodedNote]) -> dict[Bag, dict[str, float]]:
    """Bag -> codes that go with it in a note, whether or not it was their evidence."""
    counts: Counter[Bag] = Counter()
    bags = [{gram.bag for gram in note.grams if gram.size <= _ASSOCIATED_WORDS} for note in notes]
    for found in bags:
        counts.update(found)
    fewest, most = _ASSOCIATED_NOTES
    together: dict[Bag, Counter[str]] = {}
    for note, found in zip(notes, bags, strict=True):
        for phrase in found:
            if fewest <= counts[phrase] <= most:
                together.setdefault(phrase, Counter()).update(note.codes)
    return {
        phrase: good
        for phrase, codes in together.items()
        if (
            good := {
                code: (times + 0.2) / (counts[phrase] + 1)
                for code, times in codes.items()
                if times >= fewest and times / counts[phrase] >= _ASSOCIATED_SHARE
            }
        )
    }


__all__ = ["PhraseTable", "WideRanker", "fit_wide", "gather"]
