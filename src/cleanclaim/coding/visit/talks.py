"""Talks about management or a test with a clinician of another group, or another appropriate source."""

from __future__ import annotations

from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import PAST
from cleanclaim.documents.words import word_set


def discussions(reading: Reading) -> tuple[Mark, ...]:
    """Talks about management or a test with a clinician of another group, or another appropriate source."""
    found = []
    for mark in reading.of("talk"):
        if mark.zone == PAST or _is_to_come(reading, mark):
            continue
        first, last = reading.sentence(mark.first)
        if reading.has("same_group", first, last) and not reading.has("other_group", first, last):
            continue
        low, high = max(first, mark.first - 10), min(last, mark.last + 12)
        people = [m for name in ("clinician", "appropriate_source") for m in reading.within(name, low, high)]
        people = [one for one in people if not _only_names_the_place(reading, one)]
        if not people or _only_reported(reading, mark, people, low, high):
            continue
        if _is_with_the_patient(reading, mark, last) and not _with_clinician(reading, people):
            continue
        found.append(mark)
    return tuple(found)


_REACHED = word_set("called call phoned rang reached paged spoke contacted telephoned")


def _is_to_come(reading: Reading, mark: Mark) -> bool:
    """Whether a talk is what somebody is to have ("contact his PCP to discuss alternatives")."""
    first, _ = reading.sentence(mark.first)
    before = reading.forms[first : mark.first]
    return before[-1:] == ["to"] and not _REACHED.intersection(before)


def _is_with_the_patient(reading: Reading, mark: Mark, last: int) -> bool:
    """Whether the talk was with the patient or family, and not "with the patient's oncologist"."""
    found = reading.within("no_talk", mark.first, min(last, mark.last + 4))
    return any(reading.forms[one.last : one.last + 1] != ["s"] for one in found)


def _with_clinician(reading: Reading, people: list[Mark]) -> bool:
    return any(
        reading.forms[max(0, one.first - 2) : one.first][-1:] in (["and"], ["with"], ["w"]) for one in people
    )


_SURGICAL = word_set(
    "general vascular orthopedic orthopaedic neuro cardiac cardiothoracic thoracic trauma plastic hand spine "
    "transplant colorectal breast oral bariatric acute w with by from called paged phoned"
)


def _only_names_the_place(reading: Reading, mark: Mark) -> bool:
    """ "Refer to cardiology", "cardiology clinic", "see urology": no one was talked to."""
    before = reading.forms[max(0, mark.first - 4) : mark.first]
    if reading.forms[mark.first : mark.last] == ["surgery"] and not _SURGICAL.intersection(before[-1:]):
        return True
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
    "advised advises advise consulted curbside coordinated case management plan whether through over conference "
    "dosing dose settled decided wants prefers considers suggests suggested concurs concurred opinion input therapy "
    "treatment thinks feels offered arranged willing comfortable unwilling "
    "objection objects clears cleared clearance"
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
