"""Own readings of an image or a tracing that the practice does not bill."""

from __future__ import annotations

from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.documents.words import word_set


def own_readings(reading: Reading) -> tuple[Mark, ...]:
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
