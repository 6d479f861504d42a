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


_RECORD_NEAR = 16
_SOURCE_NEAR = 12


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
            source = _nearest_source(reading, document, first, last) or _writer_before(reading, document)
            if source is None:
                continue
            found.setdefault(_source_name(reading, source), document)
            for other in reading.within("document_source", document.last, min(last, document.last + _LISTED)):
                if reading.forms[other.first - 1] == "from":
                    found.setdefault(_source_name(reading, other), document)
    for mark in reading.of("external_notes"):
        if mark.zone != PAST and not found:
            found.setdefault("records", mark)
    return tuple(found.values())


def _nearest_source(reading: Reading, document: Mark, first: int, last: int) -> Mark | None:
    """Whose note it is: the source just before it, else one in it or behind it; else a plain "outside"."""
    low, high = max(first, document.first - _BEFORE), min(last, document.last + _AFTER)
    sources = reading.within("document_source", low, high)
    named = [one for one in sources if reading.forms[one.first] not in _PLAIN]
    before = [one for one in named if one.first <= document.first]
    return next(iter([*before[::-1][:1], *named, *sources]), None)


_WHOSE = frozenset(("his", "her", "their", "whose"))
_WRITTEN = frozenset(("letter", "note", "record", "summary", "report"))


def _writer_before(reading: Reading, document: Mark) -> Mark | None:
    """ "Referring: Dr. Hill. His letter reviewed.": a clinician named in the sentence before is its source."""
    words = reading.forms[max(0, document.first - 1) : document.last]
    first, _ = reading.sentence(document.first)
    if first < 1 or not _WHOSE.intersection(words[:1]) or not _WRITTEN.intersection(words):
        return None
    low, high = reading.sentence(first - 1)
    return next(iter(reading.within("clinician", low, high)), None)


_BEFORE, _AFTER, _LISTED = 4, 5, 9
_PLAIN = frozenset(
    ("outside", "external", "old", "referral", "referring", "previous", "prior", "former", "facility")
)
_ROOTS = {
    "er": "ed",
    "emergency": "ed",
    "discharge": "hospital",
    "transfer": "hospital",
    "primary": "pcp",
    "family": "pcp",
    "orthopedic": "ortho",
}
_ROOT_LETTERS = 5


def _source_name(reading: Reading, source: Mark) -> str:
    """One source by its root, so that "cardiologist" and "cardiology" are one."""
    form = reading.forms[source.first]
    return _ROOTS.get(form, form)[:_ROOT_LETTERS]
