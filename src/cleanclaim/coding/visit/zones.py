"""The parts of a note, for every word: what is past, seen on examination, found by tests, decided, or told."""

from __future__ import annotations

from cleanclaim.documents.note import Note
from cleanclaim.documents.words import word_set

PAST, SEEN, FOUND, DECIDED, TOLD = "past", "seen", "found", "decided", "told"
_ZONES = {
    PAST: "pmh psh family_history social_history medications allergies problem_list header development goals "
    "comparison technique immunizations anesthesia",
    SEEN: "exam vitals ros",
    FOUND: "results findings",
    DECIDED: "assessment assessment_plan plan impression diagnosis discharge_dx principal_dx ed_course "
    "disposition procedure",
}
_ZONE_OF = {kind: zone for zone, kinds in _ZONES.items() for kind in kinds.split()}

_CHANGES = word_set(
    "continue continued continuing start started begin increase increased decrease refill refilled "
    "prescribe prescribed stop switch add taper resume admit rx plan give hold titrate"
)


def zones_of(note: Note) -> list[str]:
    """The part of the note for every word."""
    forms = note.words.forms
    zones = [TOLD] * len(forms)
    for section in note.sections:
        zone = _ZONE_OF.get(section.kind, TOLD)
        if zone != TOLD:
            zones[section.first : section.last] = [zone] * (section.last - section.first)
    _free_lines(note, zones)
    return zones


def _free_lines(note: Note, zones: list[str]) -> None:
    """A line in a history or an examination that opens with a decision is none of it."""
    forms, lines = note.words.forms, note.words.lines
    opened = {section.first for section in note.sections}
    for index, (first, _, _) in enumerate(lines):
        if zones[first] not in {PAST, SEEN, FOUND} or first in opened:
            continue
        last = lines[index + 1][0] if index + 1 < len(lines) else len(forms)
        if _CHANGES.intersection(forms[first : min(first + 3, last)]):
            zones[first:last] = [TOLD] * (last - first)
