"""Logistic regression over named yes-or-no features, so that every weight can be read."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence

Example = tuple[Sequence[str], bool]
Weights = dict[str, float]

_EPOCHS = 8
_RATE = 0.15
_SHRINK = 1e-5
_FURTHEST = 30.0


def probability(weights: Mapping[str, float], features: Iterable[str]) -> float:
    """The chance of a yes, between 0 and 1."""
    score = sum(weights.get(name, 0.0) for name in features)
    return 1.0 / (1.0 + math.exp(-max(-_FURTHEST, min(_FURTHEST, score))))


def fit(examples: Sequence[Example], *, epochs: int = _EPOCHS, shrink: float = _SHRINK) -> Weights:
    """Weights by gradient descent with a step per feature (AdaGrad); the same input gives the same weights."""
    weights: Weights = {}
    seen: dict[str, float] = {}
    order = list(range(len(examples)))
    shuffle = random.Random(0).shuffle  # noqa: S311 - a fixed order of examples, no secret
    for _ in range(epochs):
        shuffle(order)
        for index in order:
            features, answer = examples[index]
            error = probability(weights, features) - answer
            for name in features:
                weight = weights.get(name, 0.0)
                slope = error + shrink * weight
                seen[name] = seen.get(name, 1e-6) + slope * slope
                weights[name] = weight - _RATE * slope / math.sqrt(seen[name])
    return weights


def calibration_error(pairs: Iterable[tuple[float, bool]], *, bins: int = 10) -> float:
    """The mean distance between confidence and share of yes, over bins of confidence weighted by size."""
    groups: dict[int, list[tuple[float, bool]]] = {}
    for confidence, answer in pairs:
        groups.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, answer))
    total = sum(len(group) for group in groups.values())
    if not total:
        return 0.0
    distance = 0.0
    for group in groups.values():
        said = sum(confidence for confidence, _ in group) / len(group)
        true = sum(answer for _, answer in group) / len(group)
        distance += abs(said - true) * len(group)
    return distance / total


def coverage_at(pairs: Iterable[tuple[float, bool]], precision: float) -> float:
    """The largest share of the pairs, surest first, of which at least ``precision`` are yes."""
    ordered = sorted(pairs, key=lambda pair: -pair[0])
    right = best = 0
    for count, (_, answer) in enumerate(ordered, 1):
        right += answer
        if right >= precision * count:
            best = count
    return best / len(ordered) if ordered else 0.0
