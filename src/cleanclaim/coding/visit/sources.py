"""Who else told of the patient: an independent historian, and notes from outside that were read."""

from __future__ import annotations

from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import PAST

_ADULT_MONTHS = 18 * 12


def historians(reading: Reading, age_months: int | None) -> tuple[Mark, ...]:
    """A history from someone other than a patient who cannot give it or is a child."""
    if not reading.all("relative") and not reading.all("historian"):
        return ()
    found = [mark for mark in reading.of("historian") if mark.zone != PAST]
    named = [mark for mark in found if _is_person(reading, mark)]
    if named:
        return tuple(named)
    child = age_months is not None and age_months < _ADULT_MONTHS
    if reading.all("no_historian") and not reading.of("unable"):
        return ()
    if not child and not reading.of("unable"):
        return ()
    for mark in reading.of("relative"):
        if mark.zone == PAST:
            continue
        first, last = reading.sentence(mark.first)
        tells = reading.within("tells", max(first, mark.first - 4), min(last, mark.last + 6))
        if tells and not _of_family_history(reading, mark):
            return (mark,)
    return ()


def _is_person(reading: Reading, mark: Mark) -> bool:
    """ "Per family history" and "supplied by his" need the person after the words."""
    first, last = reading.sentence(mark.first)
    near = reading.within("relative", max(first, mark.first - 4), min(last, mark.last + 4))
    return (
        bool(near)
        or reading.forms[mark.last - 1] not in {"his", "her", "the", "from", "foster", "through"}
        or ("independent" in reading.forms[mark.first : mark.last])
    )


def _of_family_history(reading: Reading, mark: Mark) -> bool:
    after = reading.forms[mark.last : mark.last + 3]
    return bool({"had", "died", "has", "history", "with", "hx"}.intersection(after[:1]))


_RECORD_NEAR = 9


def outside_notes(reading: Reading) -> tuple[Mark, ...]:
    """Outside notes read, one for each source that the note names."""
    found: dict[str, Mark] = {}
    for mark in reading.of("read_verb"):
        if mark.zone == PAST:
            continue
        first, last = reading.sentence(mark.first)
        documents = reading.within(
            "document_word", max(first, mark.first - _RECORD_NEAR), min(last, mark.last + 14)
        )
        if (
            not documents
            or reading.has("awaited", first, last)
            or reading.has("later", mark.first - 3, mark.first)
        ):
            continue
        for document in documents:
            low, high = max(first, document.first - 4), min(last, document.last + 5)
            sources = reading.within("document_source", low, high)
            for source in sources[:1]:
                found.setdefault(_source_name(reading, source, document), document)
    for mark in reading.of("external_notes"):
        if mark.zone != PAST and not found:
            found.setdefault("records", mark)
    return tuple(found.values())


def _source_name(reading: Reading, source: Mark, document: Mark) -> str:
    """One source of notes by its roots, so that "outside PCP note" and "PCP records" are one."""
    words = reading.forms[min(source.first, document.first - 4) : max(source.last, document.last)]
    for word in words:
        if word in {
            "pcp",
            "cardiology",
            "urgent",
            "ed",
            "er",
            "oncology",
            "neurology",
            "surgeon",
            "discharge",
            "hospital",
        }:
            return word
    return reading.forms[source.first]
