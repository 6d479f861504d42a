"""ICD-10-PCS of an inpatient stay, where the report states every axis; else a question that names what is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from attrs import evolve, frozen

from cleanclaim.codesets.book import CodeBook, CodeStatus
from cleanclaim.coding.procedures.hospital_axes import Place, Spot, Stated, decide
from cleanclaim.coding.procedures.hospital_done import done_in_stay
from cleanclaim.coding.procedures.hospital_operations import Axis, Operation, operation_matcher
from cleanclaim.documents.matcher import longest
from cleanclaim.documents.note import Note, Span
from cleanclaim.kernel.because import Because, Citation

_SYSTEM = "ICD-10-PCS"
_GUIDELINES = ("ICD-10-PCS Official Guidelines for Coding and Reporting", "FY2026")
_TELLING = frozenset(("procedure", "technique", "findings", "operative_detail"))
_MOST_MENTIONS = 60
_MOST_HITS = 1_000
_OPEN = "?"


@frozen
class HospitalProcedureFound:
    """A PCS code with its words, or the question that stands open (``code`` is then empty).

    ``evidence`` is the operation, then the words of each axis in the order of the code; ``because`` names the
    guideline and each axis with its value.
    """

    code: str
    label: str
    evidence: tuple[Span, ...]
    question: str = ""
    because: tuple[Because, ...] = ()


@frozen
class _Draft:
    """A code under construction: its pattern with the axes still open, and what was stated so far."""

    pattern: str
    stated: tuple[tuple[Axis, Stated], ...] = ()
    missing: tuple[Axis, ...] = ()


def find_hospital_procedures(note: Note, book: CodeBook, on: dt.date) -> tuple[HospitalProcedureFound, ...]:
    """What was done in the stay that ends ``on``, in the order of the report: codes, and questions.

    An operation that is planned, declined, of an earlier stay or of another hospital is none. A question stands
    where no mention of an operation states every axis.
    """
    mentions = _done_mentions(note, on)
    covered = {name for operation, _ in mentions for name in operation.covers}
    found: list[HospitalProcedureFound] = []
    for operation in dict.fromkeys(one for one, _ in mentions):
        if operation.name not in covered:
            places = [place for one, place in mentions if one is operation]
            found += _of_operation(note, operation, places, book, on)
    unique: dict[tuple[str, str], HospitalProcedureFound] = {}
    for one in found:
        unique.setdefault((one.code, one.question), one)
    return tuple(sorted(unique.values(), key=lambda one: one.evidence[0].start))


def _done_mentions(note: Note, on: dt.date) -> list[tuple[Operation, Place]]:
    hits = longest(operation_matcher().find(note.words.forms))
    done: list[tuple[Operation, Place]] = []
    for first, last, named in hits[:_MOST_HITS]:
        if len(done) >= _MOST_MENTIONS:
            break
        done += [
            (operation, (first, last))
            for operation in named
            if done_in_stay(note, first, last, operation, on)
        ]
    return done


def _of_operation(
    note: Note, operation: Operation, places: list[Place], book: CodeBook, on: dt.date
) -> list[HospitalProcedureFound]:
    """The codes of an operation: of its fullest mention, or of each where it may be done more than once."""
    places.sort(key=lambda place: (note.section_at(place[0]).kind not in _TELLING, place))
    codes: list[HospitalProcedureFound] = []
    questions: list[HospitalProcedureFound] = []
    for place in places:
        found = list(_of_mention(note, operation, place, book, on))
        if any(one.code for one in found):
            codes += found
            if not operation.repeats:
                break
        else:
            questions += found[:1]
    return codes or questions[:1]


def _of_mention(
    note: Note, operation: Operation, place: Place, book: CodeBook, on: dt.date
) -> Iterator[HospitalProcedureFound]:
    span = note.words_span(*place)
    if not operation.code:
        yield HospitalProcedureFound("", "", (span,), operation.question, (_rule(operation),))
        return
    drafts = _drafts(note, operation, place)
    missing = dict.fromkeys(axis for draft in drafts for axis in draft.missing)
    if missing:
        question = f"{operation.label}: {' '.join(_asked(axis) for axis in missing)}"
        yield HospitalProcedureFound("", "", (span,), question, (_rule(operation),))
        return
    for draft in drafts:
        yield _checked(note, operation, place, draft, book, on)
    yield from _besides(note, operation, place, drafts, book, on)


def _drafts(note: Note, operation: Operation, place: Place) -> list[_Draft]:
    """Every code that the stated values make, each axis decided in the order of the code."""
    spot = Spot(note, place)
    drafts = [_Draft(operation.code)]
    decided: dict[str, tuple[Stated, ...]] = {}
    whole: list[_Draft] = []
    while drafts:
        draft = drafts.pop(0)
        head, found, rest = draft.pattern.partition("{")
        if not found:
            whole.append(draft)
            continue
        name, _, tail = rest.partition("}")
        axis = operation.axes[name]
        if name not in decided:
            decided[name] = decide(spot, axis)
            anchors = tuple(one.place for one in decided[name] if one.place)
            spot = evolve(spot, anchors=spot.anchors + anchors)
        if not decided[name]:
            drafts.append(evolve(draft, pattern=head + _OPEN + tail, missing=(*draft.missing, axis)))
        for one in decided[name]:
            stated = (*draft.stated, (axis, one))
            drafts += [
                evolve(draft, pattern=head + value + tail, stated=stated) for value in one.choice.values
            ]
    return whole


def _asked(axis: Axis) -> str:
    answers = " / ".join(choice.label for choice in axis.choices)
    return f"{axis.ask} ({answers})"


def _checked(
    note: Note, operation: Operation, place: Place, draft: _Draft, book: CodeBook, on: dt.date
) -> HospitalProcedureFound:
    """The code, or the question that remains where the book has no such code on the day."""
    spans = _evidence(note, place, draft)
    inputs = tuple((axis.name.replace("_", " "), one.choice.label) for axis, one in draft.stated)
    reasons = [_rule(operation, *inputs)]
    entry = book.find(_SYSTEM, draft.pattern, on)
    if entry is None or not (entry.valid or entry.status is CodeStatus.UNKNOWN):
        question = f"{operation.label}: no PCS code fits the axes that are stated."
        return HospitalProcedureFound("", "", spans, question, tuple(reasons))
    if entry.status is CodeStatus.UNKNOWN:
        reasons.append(Because(f"{_SYSTEM} is not loaded for {on}: whether the code exists was not checked"))
    own = ", ".join((operation.label, *dict.fromkeys(value for _, value in inputs if value)))
    return HospitalProcedureFound(draft.pattern, entry.title or own, spans, "", tuple(reasons))


def _besides(
    note: Note, operation: Operation, place: Place, drafts: list[_Draft], book: CodeBook, on: dt.date
) -> Iterator[HospitalProcedureFound]:
    """Codes that a choice adds to the operation's own, and the questions that it opens."""
    chosen = {one.choice: one for draft in drafts for _, one in draft.stated}
    for choice, one in chosen.items():
        spans = (note.words_span(*(one.place or place)),)
        for code, label in choice.also:
            entry = book.find(_SYSTEM, code, on)
            if entry is not None:
                reason = Because(f"done in addition to: {operation.label}", None, (("stated", choice.label),))
                yield HospitalProcedureFound(code, entry.title or label, spans, "", (reason,))
        if choice.note:
            yield HospitalProcedureFound("", "", spans, choice.note, (_rule(operation),))


def _evidence(note: Note, place: Place, draft: _Draft) -> tuple[Span, ...]:
    spans = [note.words_span(*place)]
    spans += [note.words_span(*one.place) for _, one in draft.stated if one.place]
    return tuple(dict.fromkeys(spans))


def _rule(operation: Operation, *inputs: tuple[str, str]) -> Because:
    source, release = _GUIDELINES
    return Because(operation.why, Citation(source, release, operation.guideline), inputs)
