"""A note cut into pieces at the edges of its evidence, so that a page can mark them without touching the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from attrs import frozen


@frozen
class Piece:
    """A run of the note; ``numbers`` are the suggestions whose evidence covers it, ``kind`` how it is shown."""

    text: str
    numbers: tuple[int, ...]
    kind: str


@frozen
class MarkedSpan:
    """Evidence of one suggestion: characters ``start`` to ``end`` of the note."""

    number: int
    start: int
    end: int
    kind: str


_STRONGEST = ("chosen", "suggested", "suppressed")


def cut(text: str, spans: Sequence[MarkedSpan], more_edges: Sequence[int] = ()) -> list[Piece]:
    """The whole text in order, cut at every edge of a span and at ``more_edges``; joined again it is the text."""
    wanted = (*more_edges, *(edge for span in spans for edge in (span.start, span.end)))
    edges = sorted({0, len(text), *(edge for edge in wanted if 0 <= edge <= len(text))})
    pieces = []
    for start, end in pairwise(edges):
        covering = [span for span in spans if span.start <= start and end <= span.end]
        numbers = tuple(dict.fromkeys(span.number for span in covering))
        kinds = {span.kind for span in covering}
        kind = next((item for item in _STRONGEST if item in kinds), "")
        pieces.append(Piece(text[start:end], numbers, kind))
    return pieces
