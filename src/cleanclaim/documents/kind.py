"""What sort of note it is, decided by its headings and by what its first lines call it."""

from __future__ import annotations

from functools import lru_cache

from cleanclaim.documents.lexicon import read_yaml
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.note import Section
from cleanclaim.documents.words import BREAK, Words, phrase

# What stands in the first words is a title; further down it may be the history.
_TITLE_WORDS = 30
_LOOKED_AT = 90
_STORY = frozenset(("hpi", "chief_complaint", "pmh"))
_NOT_CLINICAL = frozenset(("opening", "header"))
_TITLE_ALONE = 6


@lru_cache(maxsize=1)
def _phrases() -> PhraseMatcher[tuple[str, int]]:
    data = read_yaml("note_kinds.yaml")["phrases"]
    return PhraseMatcher(
        (phrase(text), (kind, weight)) for kind, weighted in data.items() for text, weight in weighted.items()
    )


@lru_cache(maxsize=1)
def _titles() -> dict[tuple[str, ...], str]:
    titles = read_yaml("note_kinds.yaml")["titles"]
    return {phrase(text): kind for kind, texts in titles.items() for text in texts}


@lru_cache(maxsize=1)
def kind_words() -> dict[str, str]:
    """Every kind of note there is, with what people call it."""
    words: dict[str, str] = read_yaml("note_kinds.yaml")["words"]
    return words


@lru_cache(maxsize=1)
def _heading_weights() -> dict[str, dict[str, int]]:
    weights: dict[str, dict[str, int]] = read_yaml("note_kinds.yaml")["headings"]
    return weights


def note_kind(words: Words, sections: tuple[Section, ...]) -> str:
    """The kind with the most weight, "visit" where nothing speaks for another."""
    scores: dict[str, int] = {}
    seen: set[tuple[str, int]] = set()
    title = min([_TITLE_WORDS, *(section.first for section in sections if section.kind in _STORY)])
    for first, _, values in _phrases().find(words.forms[:_LOOKED_AT]):
        for kind, weight in values:
            if (kind, weight) not in seen:
                seen.add((kind, weight))
                scores[kind] = scores.get(kind, 0) + (weight if first < title else weight // 4)
    titled = _title_alone(words, sections)
    if titled is not None:
        scores[titled] = scores.get(titled, 0) + _TITLE_ALONE
    present = {section.kind for section in sections}
    for kind, weights in _heading_weights().items():
        scores[kind] = scores.get(kind, 0) + sum(weights.get(name, 0) for name in present)
    best = max(scores, key=lambda kind: scores[kind], default="visit")
    return best if scores.get(best, 0) >= 3 else "visit"


def _title_alone(words: Words, sections: tuple[Section, ...]) -> str | None:
    """The kind that a line by itself names, before anything clinical or as its first heading; a story is a visit's."""
    if any(section.kind in _STORY for section in sections):
        return None
    clinical = next((section.first for section in sections if section.kind not in _NOT_CLINICAL), _LOOKED_AT)
    line: list[str] = []
    first = 0
    for place, form in enumerate((*words.forms[:_LOOKED_AT], BREAK)):
        if form != BREAK:
            line.append(form)
            continue
        kind = _titles().get(tuple(line))
        if kind is not None or first > clinical:
            return kind if first <= clinical else None
        line, first = [], place + 1
    return None
