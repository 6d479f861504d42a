"""Data reviewed and analyzed: unique tests, outside notes, a historian, an own reading, a discussion."""

from __future__ import annotations

from attrs import frozen

from cleanclaim.coding.records import LevelElement
from cleanclaim.coding.services import Service
from cleanclaim.coding.visit.own_readings import own_readings
from cleanclaim.coding.visit.sources import historians, outside_notes
from cleanclaim.coding.visit.talks import discussions
from cleanclaim.coding.visit.tests_seen import unique_tests
from cleanclaim.coding.visit.words import Mark, Reading

_EXTENSIVE_CATEGORIES, _CATEGORY_ONE, _LIMITED = 2, 3, 2


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
    interpretation = own_readings(reading)
    return DataSeen(
        unique_tests(reading, interpretation, services),
        outside_notes(reading),
        historians(reading, age_months),
        interpretation,
        discussions(reading),
    )
