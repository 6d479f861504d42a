"""Visits that their place or purpose sets apart: nursing facility, consultation, critical care, Medicare's plan."""

from __future__ import annotations

from attrs import frozen

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.lexicon import evaluation
from cleanclaim.coding.visit.minutes import VisitTime, critical_minutes
from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import PAST
from cleanclaim.documents.note import Span

_TITLE, _FIRST_LINE = 40, 15
_FROM = frozenset(("from", "to", "at", "in", "lives", "resident", "back", "return", "via"))
_PRIVATE = frozenset(("commercial", "employer", "private", "bcbs", "aetna", "cigna", "uhc", "retiree"))
_AGED_65_MONTHS = 65 * 12


@frozen
class ServiceKind:
    """The kind of service by name, with the words that decided it."""

    name: str
    spans: tuple[Span, ...] = ()


def critical_time(reading: Reading) -> VisitTime | None:
    """The minutes of critical care, None where they are fewer than make one or are not billed."""
    stated = critical_minutes(reading) if reading.of("critical_care") else None
    least: int = evaluation()["critical_care"]["least"]
    return stated if stated is not None and stated.minutes >= least else None


def nursing_facility(reading: Reading, setting: Setting) -> ServiceKind | None:
    """A visit in a nursing facility, by what its title says; being from one is no visit in one."""
    within = _TITLE if setting is Setting.OUTPATIENT else _FIRST_LINE
    marks = [mark for mark in reading.of("nursing_title") if mark.first < within and not _left(reading, mark)]
    if not marks:
        return None
    named = [mark for name in ("nursing_discharge", "nursing_initial") for mark in reading.of(name)]
    first = min((mark for mark in named if mark.first < _TITLE), key=lambda mark: mark.first, default=None)
    if first is None or (first.name == "nursing_initial" and _goes_on(reading)):
        return ServiceKind("nursing_subsequent", reading.spans(marks, 1))
    return ServiceKind(first.name, reading.spans([marks[0], first], 2))


def _left(reading: Reading, mark: Mark) -> bool:
    return bool(_FROM.intersection(reading.forms[max(0, mark.first - 2) : mark.first]))


def _goes_on(reading: Reading) -> bool:
    """Whether the first line says that the facility knows the resident already."""
    return any(mark.first < _FIRST_LINE for mark in reading.of("subsequent_title"))


def consultation(reading: Reading, name: str) -> ServiceKind | None:
    """A consultation: asked for by another clinician, an opinion given, and in the office reported back in writing.

    Medicare takes no consultation codes since 2010, so that a visit of its patient stays what its place makes it.
    """
    titled = [mark for mark in reading.of("consultation") if mark.zone != PAST and mark.first < 2 * _TITLE]
    asked = [mark for mark in reading.of("consult_request") if mark.first < 3 * _TITLE]
    if not titled or not asked or reading.of("medicare") or reading.of("self_referred"):
        return None
    if name == "hospital_consultation":
        if any(mark.first < _FIRST_LINE for mark in reading.of("subsequent_title")):
            return None
        return ServiceKind(name, reading.spans([titled[0], asked[0]], 2))
    told = reading.of("consult_report")
    return ServiceKind(name, reading.spans([titled[0], asked[0], told[-1]], 3)) if told else None


def medicare_wellness(reading: Reading) -> ServiceKind | None:
    """A yearly plan of Medicare: its own name, or an annual wellness visit of someone who has Medicare."""
    for name in ("welcome", "wellness_initial"):
        found = [mark for mark in reading.of(name) if mark.first < _TITLE and mark.zone != PAST]
        found = [mark for mark in found if not _in_a_year(reading, mark)]
        if found:
            return ServiceKind(f"wellness_{name.removeprefix('wellness_')}", reading.spans(found, 1))
    found = [mark for mark in reading.of("wellness") if mark.first < _TITLE]
    if not found or _PRIVATE.intersection(reading.forms) or not _has_medicare(reading, found):
        return None
    return ServiceKind("wellness_subsequent", reading.spans(found, 1))


def _has_medicare(reading: Reading, found: list[Mark]) -> bool:
    own = {"awv", "medicare"}
    return bool(reading.of("medicare")) or any(own & set(reading.forms[m.first : m.last]) for m in found)


def _in_a_year(reading: Reading, mark: Mark) -> bool:
    """ "IPPE done 2025" tells of an earlier one."""
    after = reading.forms[mark.last : min(mark.last + 3, reading.sentence(mark.first)[1])]
    return bool({"done", "completed", "was", "previously", "last"}.intersection(after))
