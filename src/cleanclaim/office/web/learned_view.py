"""What the page of learning shows: the version in use, its lessons with their visits, and every version there is."""

from __future__ import annotations

from typing import Any

from cleanclaim.coding.lessons.learned_report import Lesson, LessonKind
from cleanclaim.coding.lessons.learning import FEWEST_NOTES, Learned
from cleanclaim.coding.lessons.lesson_sources import NOTES
from cleanclaim.office.encounters.learning import LearnedVersion, learned_versions, number_in_use
from cleanclaim.office.encounters.models import EncounterRow, LearnedInUse
from cleanclaim.office.people.models import Tenant

_FIRST_NOTES = 6
_CHOICES_SHOWN = 20
_TITLES = {
    LessonKind.WORDS: ("New words", "Words that coders tied to a code which had not been suggested."),
    LessonKind.CHANGED: ("Changed", "Codes that coders replaced by another of the same category."),
    LessonKind.REFUSED: (
        "No longer suggested",
        "Shown among the left out, with this reason; a coder may still take one.",
    ),
    LessonKind.DOUBTED: ("Turned down often", "Still suggested, with less confidence."),
    LessonKind.TRUST: ("Confidence", "What moves the probability of a suggestion most, either way."),
    LessonKind.TAKEN: ("Always accepted", "Suggested with more confidence."),
    LessonKind.SEEN: ("Turned down now and then", "Too seldom to change anything by itself."),
}


def learned_page(tenant: Tenant) -> dict[str, Any]:
    """Everything on the page."""
    versions = learned_versions(tenant)
    number = number_in_use(tenant)
    used = versions[number - 1].learned if 0 < number <= len(versions) else None
    there = set(EncounterRow.objects.values_list("encounter_id", flat=True))
    choices = list(LearnedInUse.objects.filter(tenant=tenant).order_by("-sequence")[:_CHOICES_SHOWN])
    return {
        "number": number,
        "newest": len(versions),
        "used": used,
        "used_version": versions[number - 1] if 0 < number <= len(versions) else None,
        "damaged": 0 < number <= len(versions) and used is None,
        "chosen": choices[0] if choices and choices[0].version is not None else None,
        "choices": choices,
        "groups": _groups(used, there),
        "notes": [one for one in used.sources.get(NOTES, ()) if one in there] if used else [],
        "note_count": len(used.sources.get(NOTES, ())) if used else 0,
        "released": EncounterRow.objects.filter(state="released").count(),
        "fewest": FEWEST_NOTES,
        "versions": [_version(versions, place, number) for place in reversed(range(len(versions)))],
    }


def _groups(used: Learned | None, there: set[str]) -> list[dict[str, Any]]:
    lessons = used.lessons() if used is not None else ()
    groups = []
    for kind, (title, words) in _TITLES.items():
        rows = [_lesson(one, there) for one in lessons if one.kind is kind]
        if rows:
            groups.append({"kind": kind.value, "title": title, "words": words, "rows": rows})
    return groups


def _lesson(lesson: Lesson, there: set[str]) -> dict[str, Any]:
    notes = [one for one in reversed(lesson.notes) if one in there]
    return {
        "code": lesson.code,
        "text": lesson.text,
        "notes": notes[:_FIRST_NOTES],
        "more_notes": notes[_FIRST_NOTES:],
    }


def _version(versions: list[LearnedVersion], place: int, in_use: int) -> dict[str, Any]:
    version = versions[place]
    before = next((one.learned for one in reversed(versions[:place]) if one.learned is not None), None)
    return {
        "number": version.number,
        "stored_at": version.file.stored_at,
        "sha256": version.file.sha256,
        "learned": version.learned,
        "in_use": version.number == in_use,
        "newest": place == len(versions) - 1,
        "brought": _brought(version.learned, before),
    }


def _brought(learned: Learned | None, before: Learned | None) -> list[str]:
    """In words what a version knows that the one before did not, and what it no longer holds."""
    if learned is None:
        return []
    now, then = _effects(learned), _effects(before) if before is not None else {}
    came = [text for key, text in now.items() if key not in then]
    went = [f"No longer held: {text}" for key, text in then.items() if key not in now]
    return [*came, *went]


def _effects(learned: Learned) -> dict[tuple[str, ...], str]:
    """The lessons that change what is suggested, by what they are about: their counts do not make them new."""
    telling = (LessonKind.WORDS, LessonKind.CHANGED, LessonKind.REFUSED, LessonKind.DOUBTED)
    lessons = [one for one in learned.lessons() if one.kind in telling]
    return {
        (one.kind.value, one.code, one.text.partition(":")[0].partition(" in ")[0]): one.text
        for one in lessons
    }
