"""What the documents of a visit repeat from the patient's earlier visits in this office."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from attrs import evolve, frozen
from django.core.cache import cache

from cleanclaim.coding.copied import CopiedSentence, EarlierNote, copied_sentences, source_of
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.reading import read_note
from cleanclaim.kernel.errors import InputError
from cleanclaim.office.encounters.models import DocumentRow, EncounterRow

_MOST_EARLIER = 5
# Comparing must not keep a coder waiting: what is longer is left out, and said so.
_LONGEST = 200_000
_KEPT_SECONDS = 3_600


@frozen
class CarriedOver:
    """Characters ``start`` to ``end`` of a document that stand in a document of an earlier visit, written then."""

    start: int
    end: int
    written_on: dt.date
    encounter_id: str


@frozen
class CarriedText:
    """What one document repeats, neighbouring sentences as one place, and the codes that rest on nothing else.

    ``only`` is (system, code) -> the place that its first evidence was carried over from.
    """

    places: tuple[CarriedOver, ...]
    only: dict[tuple[str, str], CarriedOver]
    not_compared: tuple[str, ...] = ()


Evidence = dict[tuple[str, str], tuple[tuple[int, int], ...]]


def carried_over(encounter: EncounterRow, document: DocumentRow, evidence: Evidence) -> CarriedText:
    """Compare a document with the latest of the same patient's earlier visits; kept for an hour by content.

    ``evidence`` is (system, code) -> the places of its words in the document.
    """
    earlier = _earlier(encounter)
    if not earlier:
        return CarriedText((), {})
    inputs = ([(row.pk, row.sha256) for row in (document, *earlier)], sorted(evidence.items()))
    key = f"carried:{encounter.tenant_id}:{hashlib.sha256(repr(inputs).encode()).hexdigest()}"
    found = cache.get(key)
    if found is None:
        found = _compare(document, earlier, evidence)
        cache.set(key, found, _KEPT_SECONDS)
    return found


def _earlier(encounter: EncounterRow) -> list[DocumentRow]:
    """The patient's documents of visits that ended before this one began, the latest first."""
    rows = DocumentRow.objects.filter(
        encounter__patient_id=encounter.patient_id, encounter__last_date__lt=encounter.first_date
    )
    return list(rows.select_related("encounter").order_by("-written_on", "-pk")[:_MOST_EARLIER])


def _compare(document: DocumentRow, earlier: Sequence[DocumentRow], evidence: Evidence) -> CarriedText:
    rows = {str(row.pk): row for row in earlier if len(row.text) <= _LONGEST}
    told = [
        f"{row.document_id} is too long to be compared"
        for row in (document, *earlier)
        if len(row.text) > _LONGEST
    ]
    if len(document.text) > _LONGEST:
        return CarriedText((), {}, tuple(told))
    try:
        note = read_note(document.text)
    except InputError:
        return CarriedText((), {}, (f"{document.document_id} cannot be read as a note",))
    sentences: list[CopiedSentence] = []
    for name, row in rows.items():
        try:
            sentences += copied_sentences(note, [EarlierNote(row.text, row.written_on, name)])
        except InputError:
            told.append(f"{row.document_id} cannot be read as a note")
    latest = {one.span: one for one in reversed(sentences)}
    kept = sorted(latest.values(), key=lambda one: one.span.start)
    places = {id(one): _place(one, rows[one.name]) for one in kept}
    only = {
        key: places[id(source)]
        for key, spans in evidence.items()
        if (source := source_of(note, _spans(note, spans), kept)) is not None
    }
    return CarriedText(_joined(note, [places[id(one)] for one in kept]), only, tuple(told))


def _joined(note: Note, places: Sequence[CarriedOver]) -> tuple[CarriedOver, ...]:
    """Neighbours from the same visit as one, where nothing but a heading or the number of an item parts them."""
    joined: list[CarriedOver] = []
    for place in places:
        last = joined[-1] if joined else None
        if last and last.encounter_id == place.encounter_id and _only_heading(note, last.end, place.start):
            joined[-1] = evolve(last, end=place.end)
        else:
            joined.append(place)
    return tuple(joined)


def _only_heading(note: Note, start: int, end: int) -> bool:
    gap = note.text[start:end]
    for section in note.sections:
        if section.title is not None and start <= section.title.start and section.title.end <= end:
            gap = gap.replace(section.title.text, "", 1)
    return not any(map(str.isalpha, gap))


def _spans(note: Note, places: tuple[tuple[int, int], ...]) -> tuple[Span, ...]:
    return tuple(note.span(start, end) for start, end in places)


def _place(sentence: CopiedSentence, row: DocumentRow) -> CarriedOver:
    span = sentence.span
    return CarriedOver(span.start, span.end, row.written_on, row.encounter.encounter_id)
