"""How sure a suggestion is: a readable score in six steps, no probability.

It starts from where the words stand (a diagnosis list 0.9, elsewhere 0.6), loses for a title of one word, an
unspecified code, an uncertain assertion and a side or severity that had to be inferred, and is rounded
down to the step below.
"""

from __future__ import annotations

STEPS = (0.95, 0.85, 0.7, 0.5, 0.3, 0.1)


def step(score: float) -> float:
    """The highest step that the score reaches."""
    return next((one for one in STEPS if score >= one), STEPS[-1])


def score_of(*, diagnostic: bool, source: str, unspecified: bool, uncertain: bool, inferred: bool) -> float:
    """The score of an accepted diagnosis."""
    score = 0.95 if diagnostic else 0.7
    score -= {"lexicon": 0.0, "title": 0.0, "inclusion": 0.1}.get(source, 0.0)
    score -= 0.1 if unspecified else 0.0
    score -= 0.25 if uncertain else 0.0
    score -= 0.1 if inferred else 0.0
    return step(score)
