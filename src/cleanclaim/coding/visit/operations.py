"""Operations and minor procedures that a visit decided on, with the risk factors named for them."""

from __future__ import annotations

from cleanclaim.coding.visit.planned import decided_from, is_plan
from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import DECIDED, PAST, SEEN
from cleanclaim.documents.words import word_set


def surgeries(reading: Reading) -> list[Mark]:
    """Major operations that were decided on, not those that were thought of."""
    start = decided_from(reading)
    return [
        mark
        for mark in reading.of("surgery")
        if mark.zone not in {PAST, SEEN}
        and is_plan(reading, mark, start, strict=False)
        and (_is_way_to_it(reading, mark) or _is_decided(reading, mark))
        and "if" not in reading.forms[max(0, mark.first - 6) : mark.first]
    ]


_AGREED = word_set(
    "elects elect elected agrees agree agreed consents consented accepts accepted proceed ahead wishes scheduled "
    "schedule booked date signed"
)
_NEXT_SENTENCES = 3


def _is_decided(reading: Reading, mark: Mark) -> bool:
    """Whether the sentence says so, or heads the plan and one of the next says that the patient agreed."""
    if any(one.first != mark.first for one in reading.beside(mark, "surgery_decided")) or _is_dated(
        reading, mark
    ):
        return True
    if mark.zone != DECIDED:
        return False
    place = reading.sentence(mark.first)[1]
    for _ in range(_NEXT_SENTENCES):
        if place >= len(reading.forms):
            return False
        first, last = reading.sentence(place)
        words = reading.forms[first:last]
        if _AGREED.intersection(words) and not _NOT_YET.intersection(words):
            return True
        place = max(last, place + 1)
    return False


_DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday tomorrow next")


def _is_dated(reading: Reading, mark: Mark) -> bool:
    """ "Whipple operation on 10/3": an operation with its day."""
    after = reading.forms[mark.last : min(mark.last + 4, reading.sentence(mark.first)[1])]
    if mark.zone != DECIDED or "on" not in after[:-1]:
        return False
    day = after[after.index("on") + 1]
    return day.isdecimal() or day in _DAYS


_NOT_YET = frozenset(
    ("not", "no", "if", "declines", "decline", "therapy", "pt", "injection", "mri", "followup")
)


def _is_way_to_it(reading: Reading, mark: Mark) -> bool:
    """ "To the OR" is a decision by itself."""
    return reading.forms[mark.first : mark.last][-1:] == ["or"]


def _is_elective(reading: Reading, mark: Mark) -> bool:
    first, last = reading.sentence(mark.first)
    words = set(reading.forms[first:last])
    return bool(
        words
        & {
            "elective",
            "electively",
            "month",
            "week",
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
            "next",
        }
    )


def risky_surgeries(reading: Reading) -> list[Mark]:
    """Emergency major surgery, or an elective one with risk factors of patient or procedure."""
    found = surgeries(reading)
    urgent = [m for m in found if not _is_elective(reading, m) and reading.beside(m, "emergency_surgery")]
    if urgent:
        return urgent
    factors = [m for m in reading.of("risk_factors") if m.zone not in {PAST, SEEN}]
    if found and factors and not reading.all("no_risk_factors"):
        return [found[0], *factors]
    return []


def minor_surgeries(reading: Reading) -> list[Mark]:
    """Minor operations that were done or decided on."""
    start = decided_from(reading)
    return [
        mark
        for mark in reading.of("minor_surgery")
        if is_plan(reading, mark, start, strict=False)
        and (mark.zone == DECIDED or reading.beside(mark, "surgery_decided"))
    ]


def risky_minor_surgeries(reading: Reading) -> list[Mark]:
    """Minor operations with risk factors of the patient or the procedure."""
    factors = [m for m in reading.of("risk_factors") if m.zone not in {PAST, SEEN}]
    if not factors or reading.all("no_risk_factors"):
        return []
    found = [m for m in minor_surgeries(reading) if reading.beside(m, "surgery_decided") or m.zone == DECIDED]
    return [found[0], *factors] if found else []
