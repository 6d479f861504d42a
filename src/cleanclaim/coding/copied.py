"""What a note carried over from earlier notes of the same patient, and the codes that stand on nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from attrs import field, frozen

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.picks import guideline
from cleanclaim.coding.records import CodingResult, SuggestionStatus
from cleanclaim.documents.copied import copied_forward
from cleanclaim.documents.matcher import PhraseMatcher
from cleanclaim.documents.note import Note, Span
from cleanclaim.documents.reading import read_note
from cleanclaim.documents.words import phrase
from cleanclaim.kernel.because import Because


@frozen
class EarlierNote:
    """A note of the same patient that was there before: its text, when it was written, and the name it goes by."""

    text: str = field(repr=False)
    written_on: dt.date | None = None
    name: str = ""


@frozen
class CopiedSentence:
    """A sentence of the note that stands word for word in an earlier one, the latest that has it."""

    span: Span = field(repr=False)
    written_on: dt.date | None
    name: str


@frozen
class OnlyCopied:
    """A proposed code whose every word of evidence was carried over, and what to ask."""

    system: str
    code: str
    because: Because


@frozen
class CopiedText:
    """The copied sentences of a note in their order, and the codes that rest on them alone."""

    sentences: tuple[CopiedSentence, ...]
    only: tuple[OnlyCopied, ...]


def copied_text(
    text: str, result: CodingResult, earlier: Sequence[EarlierNote], setting: Setting = Setting.OUTPATIENT
) -> CopiedText:
    """What of a coded note was carried over; ``result`` is that note's and stays as it is.

    Raises:
        InputError: one of the texts is no note (see `cleanclaim.documents.reading.read_note`).
    """
    note = read_note(text)
    sentences = copied_sentences(note, earlier)
    return CopiedText(sentences, tuple(_only(note, result, sentences, setting)))


def copied_sentences(note: Note, earlier: Sequence[EarlierNote]) -> tuple[CopiedSentence, ...]:
    """The copied sentences of a note, each with the latest of the earlier notes that has it."""
    latest_first = sorted(earlier, key=lambda one: one.written_on or dt.date.min, reverse=True)
    found: dict[Span, CopiedSentence] = {}
    for one in latest_first:
        for span in copied_forward(note, read_note(one.text)):
            found.setdefault(span, CopiedSentence(span, one.written_on, one.name))
    return tuple(sorted(found.values(), key=lambda one: one.span.start))


def source_of(
    note: Note, evidence: Sequence[Span], sentences: Sequence[CopiedSentence]
) -> CopiedSentence | None:
    """The copied sentence of the first evidence, where all of it was copied and its words are said nowhere anew."""
    sources = [_around(span.start, span.end, sentences) for span in evidence]
    if not sources or None in sources:
        return None
    matcher = PhraseMatcher((phrase(span.text), True) for span in evidence if phrase(span.text))
    for first, last, _ in matcher.find(note.words.forms):
        if _around(note.words.starts[first], note.words.ends[last - 1], sentences) is None:
            return None
    return sources[0]


def _around(start: int, end: int, sentences: Sequence[CopiedSentence]) -> CopiedSentence | None:
    return next((one for one in sentences if one.span.start <= start and end <= one.span.end), None)


def _only(
    note: Note, result: CodingResult, sentences: Sequence[CopiedSentence], setting: Setting
) -> Iterator[OnlyCopied]:
    for one in result.suggestions:
        source = source_of(note, one.evidence, sentences)
        if one.status is SuggestionStatus.SUGGESTED and source is not None:
            yield OnlyCopied(one.system, one.code, _nudge(source, setting))
    if result.em is not None:
        evidence = [span for element in result.em.elements for span in element.evidence]
        source = source_of(note, evidence, sentences)
        if source is not None:
            yield OnlyCopied("CPT", result.em.code, _nudge(source, setting))


def _nudge(source: CopiedSentence, setting: Setting) -> Because:
    where = "Section III" if setting is Setting.INPATIENT else "Section IV.J"
    told = [("written on", source.written_on.isoformat())] if source.written_on else []
    told += [("note", source.name)] if source.name else []
    text = "its words stand only in text carried over from an earlier note: is it true of this visit?"
    return guideline(where, text, *told)
