"""The risk of managing the patient: from no treatment to a threat that treatment itself carries."""

from __future__ import annotations

from collections.abc import Callable

from cleanclaim.claims.setting import Setting
from cleanclaim.coding.records import LevelElement
from cleanclaim.coding.visit.medicines import AVOIDED, WEIGHED, prescriptions
from cleanclaim.coding.visit.operations import (
    minor_surgeries,
    risky_minor_surgeries,
    risky_surgeries,
    surgeries,
)
from cleanclaim.coding.visit.places import ServiceKind
from cleanclaim.coding.visit.planned import decided_from, is_plan
from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import PAST, SEEN, TOLD
from cleanclaim.documents.words import word_set

_HIGH, _MODERATE, _LOW, _NONE = "high", "moderate", "low", "straightforward"
_CODE_STATUS = frozenset(("status", "code"))
_Finder = Callable[[Reading, Setting, ServiceKind], list[Mark]]


def risk_element(reading: Reading, setting: Setting, kind: ServiceKind) -> LevelElement:
    """The highest risk that the note documents, with its words."""
    for level, finder, text in _FINDERS:
        found = finder(reading, setting, kind)
        if found:
            return LevelElement("risk", level, text, reading.spans(found))
    if kind.name == "initial_hospital":
        return LevelElement("risk", _HIGH, "a decision about hospital care", kind.spans)
    for level, finder, text in _LESSER:
        found = finder(reading, setting, kind)
        if found:
            return LevelElement("risk", level, text, reading.spans(found))
    return LevelElement("risk", _NONE, "no treatment that carries risk is documented", ())


def _toxicity(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    said = [mark for mark in reading.of("intensive") if mark.zone != PAST]
    if said:
        return said
    drugs = [mark for mark in reading.of("drug:toxic") if mark.zone != PAST]
    if not drugs:
        return []
    for mark in reading.of("toxicity"):
        first, last = reading.sentence(mark.first)
        tested = any(first <= test.first < last for test in reading.begins("test:"))
        if mark.zone != PAST and (tested or reading.beside(mark, "monitoring")):
            return [mark, drugs[0]]
    for mark in drugs:
        first, last = reading.sentence(mark.first)
        tested = any(m.first >= first and m.last <= last for m in reading.begins("test:"))
        if tested and reading.within("monitoring", first, last):
            return [mark, *reading.within("monitoring", first, last)]
    return []


def _parenteral(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    found = []
    for mark in reading.of("drug:controlled"):
        first, last = reading.sentence(mark.first)
        near = reading.within("drug:parenteral", max(first, mark.first - 4), min(last, mark.last + 6))
        if mark.zone != PAST and near:
            found.append(mark)
    return found


def _no_resuscitation(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    start = decided_from(reading)
    found = []
    for mark in reading.of("dnr"):
        before = reading.forms[max(0, mark.first - 3) : mark.first]
        if is_plan(reading, mark, start, strict=False) and not _CODE_STATUS.intersection(before):
            found.append(mark)
    return found


_IFS = frozenset(("if", "should", "unless", "when"))
_RISKS = frozenset(("risk", "risks", "complication", "complications"))
_PLACES = frozenset(("to", "the", "emergency", "department", "room", "ed", "er", "hospital"))
_SENT = word_set(
    "send sent sending transfer transferred transferring go going proceed refer referred directed take taken "
    "transport transported straight directly now stat ambulance ems 911 accepted admit admitted"
)
_SAYING = frozenset(
    (
        "he",
        "she",
        "they",
        "patient",
        "pt",
        "who",
        "mother",
        "father",
        "also",
        "readily",
        "does",
        "did",
        "do",
        "ms",
        "mr",
        "mrs",
    )
)
_WARDS = frozenset(
    ("icu", "ccu", "floor", "unit", "hospital", "medicine", "telemetry", "obs", "observation", "ward", "me")
)
_TO_HOSPITAL = frozenset(
    ("hospital", "ed", "er", "emergency", "ambulance", "ems", "911", "transfer", "transferred")
)


_GOING = frozenset(("emergency", "ed", "er", "ambulance", "ems", "911", "hospital"))
_NOW = frozenset(
    (
        "i",
        "we",
        "now",
        "decided",
        "decision",
        "today",
        "accepted",
        "immediately",
        "direct",
        "directly",
        "being",
    )
)


def _is_thought(reading: Reading, mark: Mark) -> bool:
    """Whether going to a hospital is what may come ("if no better go to the hospital"), or was before."""
    first, _ = reading.sentence(mark.first)
    before = reading.forms[first : mark.first]
    if _IFS.intersection(before) or _RISKS.intersection(before):
        return True
    words = set(reading.forms[mark.first : mark.last])
    sent = _SENT.intersection(reading.forms[first : reading.sentence(mark.first)[1]])
    if words <= _PLACES and not sent:
        return True
    return reading.has("hospital_past", max(first, mark.first - 5), mark.first)


def _is_story(reading: Reading, mark: Mark, start: int) -> bool:
    """Whether a way to the emergency room is told before the assessment, and not decided on."""
    if mark.zone != TOLD or not start >= 0 or mark.first > start:
        return False
    first, last = reading.sentence(mark.first)
    going = _GOING.intersection(reading.forms[mark.first : mark.last])
    return bool(going) and not _NOW.intersection(reading.forms[first:last])


def _is_confession(reading: Reading, mark: Mark) -> bool:
    """ "He admits to sweet tea": said, and not taken in."""
    if reading.forms[mark.first] != "admit":
        return False
    before = reading.forms[max(0, mark.first - 1) : mark.first]
    if _SAYING.intersection(before):
        return True
    words = reading.note.words
    written = reading.note.text[words.starts[mark.first] : words.ends[mark.first]].lower()
    return written == "admits" and not _WARDS.intersection(reading.forms[mark.last : mark.last + 3])


def _hospital(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    """A decision about hospital care; in a stay only its escalation is one."""
    start, found = decided_from(reading), []
    stay = setting is Setting.INPATIENT and kind.name != "initial_hospital"
    for mark in reading.all("hospital_care"):
        if not is_plan(reading, mark, start, strict=False):
            continue
        words = set(reading.forms[mark.first : mark.last])
        if (
            _is_thought(reading, mark)
            or _is_story(reading, mark, start)
            or _is_confession(reading, mark)
            or (kind.name == "nursing_initial" and not words & _TO_HOSPITAL)
        ):
            continue
        if stay and not words & {
            "icu",
            "intubate",
            "intubated",
            "intubation",
            "escalate",
            "escalation",
            "escalated",
            "crrt",
            "ecmo",
            "dialysis",
        }:
            continue
        first, _ = reading.sentence(mark.first)
        if mark.denied and not WEIGHED.intersection(reading.forms[first : mark.first]):
            continue
        if setting is Setting.ED and words & {"ambulance", "ems", "911"}:
            continue
        if mark.zone == TOLD and start >= 0 and mark.first < start and words & {"ambulance", "ems"}:
            continue
        found.append(mark)
    return found


def _social(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    return [mark for mark in reading.of("social") if mark.zone not in {PAST, SEEN}]


def _mild(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    start = decided_from(reading)
    return [
        mark
        for name in ("otc", "drug:either", "low_risk")
        for mark in reading.of(name)
        if is_plan(reading, mark, start, strict=name == "drug:either")
        and not AVOIDED.intersection(reading.forms[reading.sentence(mark.first)[0] : mark.first])
    ]


def _of_reading(find: Callable[[Reading], list[Mark]]) -> _Finder:
    return lambda reading, setting, kind: find(reading)


_FINDERS: tuple[tuple[str, _Finder, str], ...] = (
    (_HIGH, _toxicity, "a drug that needs intensive monitoring for toxicity"),
    (_HIGH, _of_reading(risky_surgeries), "major surgery in an emergency or with risk factors"),
    (_HIGH, _parenteral, "a parenteral controlled substance"),
    (_HIGH, _no_resuscitation, "a decision not to resuscitate or to de-escalate care"),
    (_HIGH, _hospital, "a decision about hospital care or its escalation"),
)
_LESSER: tuple[tuple[str, _Finder, str], ...] = (
    (_MODERATE, _of_reading(prescriptions), "prescription drug management"),
    (_MODERATE, _of_reading(surgeries), "a decision for major surgery without risk factors"),
    (_MODERATE, _of_reading(risky_minor_surgeries), "a decision for minor surgery with risk factors"),
    (_MODERATE, _social, "treatment limited by social circumstances"),
    (_LOW, _of_reading(minor_surgeries), "a minor procedure without risk factors"),
    (_LOW, _mild, "medicine without prescription, therapy or a support"),
)
