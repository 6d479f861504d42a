"""Phrases found in a note, before they are mentions: which of those that overlap count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from cleanclaim.coding.lexicon import Term
from cleanclaim.coding.phrases.ruled_out import runs_into_a_denial
from cleanclaim.documents.matcher import longest
from cleanclaim.documents.note import Note

Hit = tuple[int, int, Term]
"""The place of the first word, the place after the last, and what the phrase stands for."""

_LINKS = (["with"], ["and"])
_SOURCES = {"learned": 0, "site": 1, "lexicon": 2}


def within_items(note: Note, hits: Iterable[Hit], whole: list[Hit]) -> list[Hit]:
    """The hits that do not run over a comma from one diagnosis into another ("hypertension, CKD | 3a").

    ``whole`` are the phrases found as they are written: one of them must end at the comma and one begin there, and
    together they must say more than the hit.
    """
    commas = frozenset(note.words.commas)
    joined = _joined_names(note, whole)
    written = set(whole)
    whole_ends = {last for _, last, _ in whole}
    furthest: dict[int, int] = {}
    earliest: dict[int, int] = {}
    for first, last, _ in whole if commas else ():
        furthest[first] = max(last, furthest.get(first, 0))
        earliest[last] = min(first, earliest.get(last, first))
    return [
        hit
        for hit in hits
        if not runs_into_a_denial(note, hit[0], hit[1], whole_ends)
        and (hit in written or not _swallows(hit, joined))
        and not any(
            place in commas
            and place in earliest
            and place in furthest
            and furthest[place] - earliest[place] > hit[1] - hit[0]
            for place in range(hit[0] + 1, hit[1])
        )
    ]


def _joined_names(note: Note, whole: Iterable[Hit]) -> dict[int, list[Hit]]:
    """First word -> the diagnoses of two words or more that stand there as written, and that a "with" follows."""
    found: dict[int, list[Hit]] = {}
    for hit in whole:
        if hit[1] - hit[0] > 1 and note.words.forms[hit[1] : hit[1] + 1] in _LINKS:
            found.setdefault(hit[0], []).append(hit)
    return found


def _swallows(hit: Hit, joined: dict[int, list[Hit]]) -> bool:
    """Whether a loose hit begins within another disease ("chronic venous insufficiency with non-pressure ulcer")."""
    return any(
        name[1] < hit[1] and name[2].name[0] != hit[2].name[0] and name[2].kind == "dx"
        for name in joined.get(hit[0], ())
    )


def in_order(loose: Iterable[Hit]) -> list[Hit]:
    """Loose hits as they stand, those that reach further first: the order in which they were found is chance."""
    return sorted(loose, key=lambda hit: (hit[0], -hit[1], hit[2].name))


def strongest(hits: list[Hit], loose: dict[Hit, int]) -> list[Hit]:
    """The hits that do not overlap: longer ones first, of equally long ones our own phrases first, then
    those that stand as they are written.

    ``loose`` says how many words within a hit are not of its phrase: they do not make it longer.
    """
    ordered = sorted(
        hits,
        key=lambda hit: (
            hit[0] - hit[1] + loose.get(hit, 0),
            _SOURCES.get(hit[2].source, 3),
            loose.get(hit, 0) if hit[2].source in _SOURCES else 0,
            hit[0],
        ),
    )
    used: set[int] = set()
    kept = []
    for hit in ordered:
        places = range(hit[0], hit[1])
        if used.isdisjoint(places):
            used.update(places)
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit[0])


def one_by_one(hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits, one for each code where a term names several."""
    for first, last, term in hits:
        for number, code in enumerate(term.name.split("+")):
            # A later code begins a word later, so that codes keep the order of their names.
            start = first + number if first + number < last else first
            yield start, last, term if code == term.name else evolve(term, name=code)


def outermost(hits: list[Hit]) -> list[Hit]:
    """For each term its longest hits, since one phrase may contain another of the same term."""
    by_term: dict[Term, list[Hit]] = {}
    for hit in hits:
        by_term.setdefault(hit[2], []).append(hit)
    return sorted((hit for found in by_term.values() for hit in longest(found)), key=lambda hit: hit[:2])
