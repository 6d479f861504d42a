"""Data reviewed and analyzed: unique tests, outside notes, a historian, an own reading, a discussion."""

from __future__ import annotations

from attrs import frozen

from cleanclaim.coding.records import LevelElement
from cleanclaim.coding.services import Service
from cleanclaim.coding.visit.words import DECIDED, PAST, SEEN, Mark, Reading
from cleanclaim.documents.words import word_set

_ADULT_MONTHS = 18 * 12
_EXTENSIVE_CATEGORIES, _CATEGORY_ONE, _LIMITED = 2, 3, 2
_NAMED_DOCTOR = frozenset(("dr", "doctor"))
_NEAR = 8


@frozen
class DataSeen:
    """What was found: unique tests by name, outside notes, and marks of the other three."""

    tests: dict[str, Mark]
    notes: tuple[Mark, ...]
    historian: tuple[Mark, ...]
    interpretation: tuple[Mark, ...]
    discussion: tuple[Mark, ...]


def data_element(reading: Reading, services: tuple[Service, ...], age_months: int | None) -> LevelElement:
    """The level of data: limited from two items or a historian, moderate by one category, extensive by two."""
    seen = gather(reading, services, age_months)
    first = len(seen.tests) + len(seen.notes)
    categories = (
        first + bool(seen.historian) >= _CATEGORY_ONE,
        bool(seen.interpretation),
        bool(seen.discussion),
    )
    marks = (
        *seen.tests.values(),
        *seen.notes,
        *seen.historian[:1],
        *seen.interpretation[:1],
        *seen.discussion[:1],
    )
    spans = reading.spans(marks, 12)
    text = _told(seen)
    if sum(categories) >= _EXTENSIVE_CATEGORIES:
        return LevelElement("data", "high", text, spans)
    if any(categories):
        return LevelElement("data", "moderate", text, spans)
    return LevelElement(
        "data", "low" if first >= _LIMITED or seen.historian else "straightforward", text, spans
    )


def _told(seen: DataSeen) -> str:
    tests = f"{len(seen.tests)} unique tests" + (f" ({', '.join(sorted(seen.tests))})" if seen.tests else "")
    text = f"{tests}, {len(seen.notes)} outside notes"
    text += ", an independent historian" if seen.historian else ""
    text += ", an independent reading" if seen.interpretation else ""
    text += ", a discussion with an outside clinician" if seen.discussion else ""
    return text


def gather(reading: Reading, services: tuple[Service, ...], age_months: int | None) -> DataSeen:
    """Everything that counts as data, each once."""
    interpretation = _interpretations(reading)
    discussion = _discussions(reading)
    tests = _tests(reading, interpretation, services)
    return DataSeen(
        tests, _outside_notes(reading), _historians(reading, age_months), interpretation, discussion
    )


def _tests(
    reading: Reading, interpretation: tuple[Mark, ...], services: tuple[Service, ...]
) -> dict[str, Mark]:
    """Unique tests ordered or reviewed now; one ordered before was counted then, one read and billed here is not."""
    billed = {service.reads for service in services if service.reads}
    read_here = {name for mark in interpretation for name in _tests_at(reading, mark)}
    found: dict[str, Mark] = {}
    barred: set[str] = set()
    for name, marks in reading.named("test:"):
        for mark in marks:
            if mark.zone == PAST or mark.denied:
                continue
            state = _when(reading, mark)
            if state == "before":
                barred.add(name)
            elif state == "now":
                found.setdefault(name, mark)
    left = {name: mark for name, mark in found.items() if name not in barred | read_here}
    left = {name: mark for name, mark in left.items() if name not in billed or _ordered(reading, mark)}
    return {name.removeprefix("test:"): mark for name, mark in _without_parts(left).items()}


def _ordered(reading: Reading, mark: Mark) -> bool:
    return bool({"order", "ordered"}.intersection(reading.forms[mark.first - 6 : mark.last + 6]))


_PARTS = {
    "test:creatinine": {"test:bmp", "test:cmp"},
    "test:potassium": {"test:bmp", "test:cmp"},
    "test:lft": {"test:cmp"},
    "test:xray": {"test:cxr"},
    "test:ct": {"test:ct_head", "test:ct_abdomen", "test:ct_chest"},
    "test:glucose": {"test:bmp", "test:cmp"},
}


def _without_parts(found: dict[str, Mark]) -> dict[str, Mark]:
    """A value that a panel on the list reports is no test of its own, nor is a test's bare name beside the full one."""
    return {name: mark for name, mark in found.items() if not _PARTS.get(name, set()) & found.keys()}


def _when(reading: Reading, mark: Mark) -> str:
    """Whether a test is of this visit ("now"), of an earlier one ("before"), or only thought of ("later")."""
    first, last = reading.sentence(mark.first)
    if reading.has("earlier_order", first, last):
        return "before"
    if reading.has("test_done_here_billed", first, last) and not reading.has("not_billed", first, last):
        return "before"
    low, high = max(first, mark.first - 8), min(last, mark.last + 8)
    if reading.has("normal_before", low, high) and not reading.has("look", first, last):
        return "later"
    if reading.has("later", low, high) and not _now_said(reading, low, high):
        return "later"
    if mark.zone == SEEN and mark.name in {"test:us", "test:ct"}:
        return "later"
    if {"if", "when", "unless", "until"}.intersection(reading.forms[low : mark.first]):
        return "later"
    return "now"


def _now_said(reading: Reading, low: int, high: int) -> bool:
    return bool({"today", "now", "ordered", "reviewed", "sent", "stat"}.intersection(reading.forms[low:high]))


def _tests_at(reading: Reading, mark: Mark) -> set[str]:
    """The tests named in the sentence of an own reading."""
    first, last = reading.sentence(mark.first)
    return {
        name
        for name, marks in reading.named("test:")
        if name.removeprefix("test:") in _IMAGED and any(first <= m.first < last for m in marks)
    }


_IMAGED = word_set(
    "cxr xray ct ct_head ct_abdomen ct_chest mri us echo ecg monitor stress pft mammo pet bone_scan "
    "eeg emg smear cath oct audiogram swallow dexa"
)


def _interpretations(reading: Reading) -> tuple[Mark, ...]:
    """Own readings of an image or a tracing that the practice does not bill."""
    found = []
    for mark in reading.of("interpretation"):
        first, last = reading.sentence(mark.first)
        if _is_billed(reading, first, last) or not _images(reading, first, last):
            continue
        found.append(mark)
    for mark in reading.of("mine"):
        first, last = reading.sentence(mark.first)
        low, high = max(first, mark.first - 14), min(last, mark.last + 14)
        if (
            reading.within("look", low, high)
            and reading.within("image", low, high)
            and not _is_billed(reading, first, last)
            and not reading.has("document_word", mark.last, min(high, mark.last + 3))
            and _is_reading(reading, low, high)
        ):
            found.append(mark)
    return tuple(sorted(found, key=lambda mark: mark.first))


_FINDING = word_set(
    "as show showed shows showing image images film films tracing strip disc cd myself "
    "interpretation : interpreted slide smear directly screen visualized viewed"
)


def _is_reading(reading: Reading, low: int, high: int) -> bool:
    """Whether it is the picture that was read, and not its report."""
    forms = set(reading.forms[low:high])
    return bool(forms & _FINDING) and not (
        {"report"} & forms and not {"image", "film", "tracing", "strip"} & forms
    )


def _images(reading: Reading, first: int, last: int) -> bool:
    if reading.within("image", first, last):
        return True
    begin, end = reading.sentence(max(0, first - 2))
    return bool(reading.within("image", begin, end))


def _is_billed(reading: Reading, first: int, last: int) -> bool:
    nearby = min(len(reading.forms), last + 12)
    return reading.has("test_done_here_billed", first, nearby) and not reading.has(
        "not_billed", first, nearby
    )


def _discussions(reading: Reading) -> tuple[Mark, ...]:
    """Talks about management or a test with a clinician of another group, or another appropriate source."""
    found = []
    for mark in reading.of("talk"):
        if mark.zone == PAST:
            continue
        first, last = reading.sentence(mark.first)
        if reading.has("same_group", first, last) and not reading.has("other_group", first, last):
            continue
        low, high = max(first, mark.first - 10), min(last, mark.last + 12)
        people = [m for name in ("clinician", "appropriate_source") for m in reading.within(name, low, high)]
        people = [one for one in people if not _only_names_the_place(reading, one)]
        if not people or _only_reported(reading, mark, people, low, high):
            continue
        if reading.has("no_talk", mark.first, min(last, mark.last + 4)) and not _with_clinician(
            reading, people
        ):
            continue
        found.append(mark)
    return tuple(found)


def _with_clinician(reading: Reading, people: list[Mark]) -> bool:
    return any(
        reading.forms[max(0, one.first - 2) : one.first][-1:] in (["and"], ["with"], ["w"]) for one in people
    )


def _only_names_the_place(reading: Reading, mark: Mark) -> bool:
    """ "Refer to cardiology", "cardiology clinic", "see urology": no one was talked to."""
    before = reading.forms[max(0, mark.first - 4) : mark.first]
    after = reading.forms[mark.last : mark.last + 2]
    named = {
        "refer",
        "referral",
        "referred",
        "see",
        "via",
        "clinic",
        "appointment",
        "schedule",
        "about",
        "seeing",
        "possible",
    }
    return bool(named.intersection(before)) or bool(
        {"clinic", "referral", "appointment", "follow"}.intersection(after[:1])
    )


_CALLED_WITH = frozenset(
    ("call", "called", "phone", "phoned", "phones", "reached", "reading", "report", "paged")
)
_TALKED = word_set(
    "discussed discuss discussion talked talk spoke speaking spoken conferred conferring d "
    "conversation agreed agrees agree accept accepts accepted recommend recommended recommends "
    "advised advises advise consulted curbside coordinated case management plan whether through over"
)


def _only_reported(reading: Reading, mark: Mark, people: list[Mark], low: int, high: int) -> bool:
    """Whether a call only passed a result or left word ("radiology called with the read")."""
    words = set(reading.forms[mark.first : mark.last])
    if not words & _CALLED_WITH:
        return False
    end = reading.sentence(mark.first)[1]
    following = reading.sentence(min(end, len(reading.forms) - 1))[1]
    near = set(reading.forms[low : max(end, following)])
    return not near & _TALKED


def _historians(reading: Reading, age_months: int | None) -> tuple[Mark, ...]:
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


def _outside_notes(reading: Reading) -> tuple[Mark, ...]:
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


__all__ = ["DECIDED", "DataSeen", "data_element", "gather"]
