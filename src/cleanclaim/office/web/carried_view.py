"""How the coding page shows text that was carried over: marked in the note, listed beside it, asked about at codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from attrs import frozen

from cleanclaim.office.encounters.carried_over import CarriedOver, CarriedText, Evidence, carried_over
from cleanclaim.office.encounters.models import DocumentRow, EncounterRow
from cleanclaim.office.web.note_view import Piece

_NUMBERED_FROM = 20_000
_EACH_DOCUMENT = 1_000


@frozen
class Block:
    """Pieces of a note that belong together: carried over from one earlier note, or not (``place`` is None)."""

    pieces: tuple[Piece, ...]
    place: CarriedOver | None
    number: int


def carried_texts(
    encounter: EncounterRow, documents: Sequence[DocumentRow], items: Sequence[dict[str, Any]]
) -> dict[int, CarriedText]:
    """What each document (by its row number) repeats; ``items`` are suggestions and chosen codes with evidence."""
    evidence: dict[int, dict[tuple[str, str], list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    by_name = {row.document_id: row.pk for row in documents}
    for item in items:
        key = (item["system"], item["code"])
        for span in item["evidence"]:
            place = by_name.get(span.get("document", ""), item.get("document"))
            if place is not None:
                evidence[place][key].append((span["start"], span["end"]))
    return {row.pk: carried_over(encounter, row, _frozen(evidence[row.pk])) for row in documents}


def only_carried(texts: dict[int, CarriedText], items: Sequence[dict[str, Any]]) -> dict[Any, CarriedOver]:
    """The codes that stand on carried-over text in every document that speaks of them."""
    speaking: dict[Any, set[int]] = defaultdict(set)
    for item in items:
        if item["evidence"] and item.get("document") is not None:
            speaking[item["system"], item["code"]].add(item["document"])
    found = {}
    for pk, text in texts.items():
        for key, place in text.only.items():
            if all(key in texts[other].only for other in speaking[key] | {pk} if other in texts):
                found[key] = place
    return found


def runs_of(text: CarriedText, order: int) -> list[tuple[int, CarriedOver]]:
    """The carried-over places of the document that stands at ``order``, numbered for the page."""
    first = _NUMBERED_FROM + order * _EACH_DOCUMENT
    return list(enumerate(text.places[:_EACH_DOCUMENT], first))


def blocks(pieces: Sequence[Piece], runs: Sequence[tuple[int, CarriedOver]]) -> Iterator[Block]:
    """The pieces in their order; they must be cut at the edges of the runs."""
    left = list(runs)
    held: list[Piece] = []
    at = 0
    for piece in pieces:
        if left and at == left[0][1].start:
            if held:
                yield Block(tuple(held), None, 0)
            held = []
        held.append(piece)
        at += len(piece.text)
        if left and at == left[0][1].end:
            number, place = left.pop(0)
            yield Block(tuple(held), place, number)
            held = []
    if held:
        yield Block(tuple(held), None, 0)


def _frozen(evidence: dict[tuple[str, str], list[tuple[int, int]]]) -> Evidence:
    return {key: tuple(dict.fromkeys(spans)) for key, spans in sorted(evidence.items())}
