"""How sure a suggestion is: a readable score, and the probability that goes with it.

The score starts from where the words stand (a diagnosis list 0.95, elsewhere 0.7), loses for an inclusion term, an
unspecified code, an uncertain assertion and a side or severity that had to be inferred, and is rounded down to
one of six steps. A step's probability is the share of suggestions of that step that were right in visit notes
which nothing had been fitted to (reference/lexicon/confidence.yaml), drawn towards a half as if one more had been
right and one wrong.
"""

from __future__ import annotations

from functools import lru_cache

from cleanclaim.documents.lexicon import read_yaml

STEPS = (0.95, 0.85, 0.7, 0.5, 0.3, 0.1)


def step(score: float) -> float:
    """The highest step that the score reaches."""
    return next((one for one in STEPS if score >= one), STEPS[-1])


def score_of(*, diagnostic: bool, source: str, unspecified: bool, uncertain: bool, inferred: bool) -> float:
    """The step of an accepted diagnosis."""
    score = 0.95 if diagnostic else 0.7
    score -= {"inclusion": 0.1, "synonym": 0.1}.get(source, 0.0)
    score -= 0.1 if unspecified else 0.0
    score -= 0.25 if uncertain else 0.0
    score -= 0.1 if inferred else 0.0
    return step(score + 1e-9)


def probability_of(one: float) -> float:
    """The chance that a suggestion of a step is right."""
    return _table()[one]


@lru_cache(maxsize=1)
def _table() -> dict[float, float]:
    rows = read_yaml("confidence.yaml")["steps"]
    found = {float(row["step"]): (row["right"] + 1) / (row["seen"] + 2) for row in rows}
    return {one: round(found.get(one, one), 3) for one in STEPS}
