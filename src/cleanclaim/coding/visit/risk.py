"""The risk of managing the patient: from no treatment to a threat that treatment itself carries."""

from __future__ import annotations

from collections.abc import Callable

from cleanclaim.claims.encounter import Setting
from cleanclaim.coding.records import LevelElement
from cleanclaim.coding.visit.service import ServiceKind
from cleanclaim.coding.visit.words import DECIDED, PAST, SEEN, TOLD, Mark, Reading

_HIGH, _MODERATE, _LOW, _NONE = "high", "moderate", "low", "straightforward"
_AVOIDED = frozenset(("avoid", "allergic", "allergy", "allergies", "avoiding", "contraindicated"))
_WEIGHED = frozenset(
    ("considered", "consider", "discussed", "offered", "weighed", "debated", "recommended", "decision")
)
_DOSES = frozenset(("mg", "mcg", "unit", "dose", "tablet", "tab", "capsule", "regimen"))
_TAKEN = frozenset(("on", "was", "were", "been"))
_CODE_STATUS = frozenset(("status", "code"))
# Strengths at which a medicine sold over the counter is a prescription.
_STRENGTHS = {
    "ibuprofen": {"600", "800"},
    "motrin": {"600", "800"},
    "naproxen": {"375", "500"},
    "omeprazole": {"40"},
    "esomeprazole": {"40"},
    "famotidine": {"40"},
    "hydrocortisone": {"2"},
}
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


def _decided_from(reading: Reading) -> int:
    """The place of the first word of an assessment or plan; -1 where the note has none."""
    try:
        return reading.zones.index(DECIDED)
    except ValueError:
        return -1


def _is_plan(reading: Reading, mark: Mark, start: int, *, strict: bool) -> bool:
    """Whether a mark stands where treatment is decided; ``strict`` asks for a word of deciding in free text."""
    if mark.zone == DECIDED:
        return True
    first, last = reading.sentence(mark.first)
    if mark.zone in {PAST, SEEN}:
        return mark.zone == PAST and 0 <= start < mark.first and reading.has("managing_told", first, last)
    if start >= 0 and mark.first < start and strict and _has_plan(reading):
        return False
    if reading.has("past_treatment", first, last) or reading.has("hospital_past", first, last):
        return False
    return not strict or bool(reading.within("managing_told", first, last)) or _is_given(reading, mark, start)


def _has_plan(reading: Reading) -> bool:
    return bool(reading.note.sections_of("plan", "assessment_plan", "ed_course", "disposition"))


def _is_given(reading: Reading, mark: Mark, start: int) -> bool:
    """Whether free text without a plan names a medicine as what is done: after a problem, and not as taken already."""
    first, last = reading.sentence(mark.first)
    if start >= 0 or reading.has("taking", first, last) or _TAKEN.intersection(reading.forms[first:last]):
        return False
    return any(marks and marks[0].first < mark.first for _, marks in reading.named("problem:"))


def _toxicity(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    said = [mark for mark in reading.of("intensive") if mark.zone != PAST]
    if said:
        return said
    drugs = [mark for mark in reading.of("drug:toxic") if mark.zone != PAST]
    if not drugs:
        return []
    for mark in reading.of("toxicity"):
        if mark.zone != PAST and reading.beside(mark, "monitoring"):
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
    start = _decided_from(reading)
    found = []
    for mark in reading.of("dnr"):
        before = reading.forms[max(0, mark.first - 3) : mark.first]
        if _is_plan(reading, mark, start, strict=False) and not _CODE_STATUS.intersection(before):
            found.append(mark)
    return found


def _hospital(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    """A decision about hospital care; in a stay only its escalation is one."""
    start, found = _decided_from(reading), []
    stay = setting is Setting.INPATIENT and kind.name != "initial_hospital"
    for mark in reading.all("hospital_care"):
        if not _is_plan(reading, mark, start, strict=False):
            continue
        words = set(reading.forms[mark.first : mark.last])
        if stay and not words & {
            "icu",
            "intubate",
            "intubated",
            "intubation",
            "escalate",
            "escalation",
            "escalated",
        }:
            continue
        first, _ = reading.sentence(mark.first)
        if mark.denied and not _WEIGHED.intersection(reading.forms[first : mark.first]):
            continue
        if setting is Setting.ED and words & {"ambulance", "ems", "911"}:
            continue
        if mark.zone == TOLD and start >= 0 and mark.first < start and words & {"ambulance", "ems"}:
            continue
        found.append(mark)
    return found


def _surgeries(reading: Reading) -> list[Mark]:
    start = _decided_from(reading)
    return [
        mark
        for mark in reading.of("surgery")
        if mark.zone not in {PAST, SEEN}
        and _is_plan(reading, mark, start, strict=False)
        and [m for m in reading.beside(mark, "surgery_decided") if m.first != mark.first]
        and "if" not in reading.forms[max(0, mark.first - 6) : mark.first]
    ]


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


def _risky_surgery(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    """Emergency major surgery, or an elective one with risk factors of patient or procedure."""
    surgeries = _surgeries(reading)
    urgent = [m for m in surgeries if not _is_elective(reading, m) and reading.beside(m, "emergency_surgery")]
    if urgent:
        return urgent
    factors = [m for m in reading.of("risk_factors") if m.zone not in {PAST, SEEN}]
    if surgeries and factors and not reading.all("no_risk_factors"):
        return [surgeries[0], *factors]
    return []


def _surgery(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    return _surgeries(reading)


def _minor_surgeries(reading: Reading) -> list[Mark]:
    start = _decided_from(reading)
    return [
        mark
        for mark in reading.of("minor_surgery")
        if _is_plan(reading, mark, start, strict=False)
        and (mark.zone == DECIDED or reading.beside(mark, "surgery_decided"))
    ]


def _risky_minor_surgery(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    factors = [m for m in reading.of("risk_factors") if m.zone not in {PAST, SEEN}]
    if not factors or reading.all("no_risk_factors"):
        return []
    found = [
        m for m in _minor_surgeries(reading) if reading.beside(m, "surgery_decided") or m.zone == DECIDED
    ]
    return [found[0], *factors] if found else []


def _minor_surgery(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    return _minor_surgeries(reading)


def _prescription(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    """A prescription medicine started, kept on, changed, stopped, or weighed and not given."""
    start = _decided_from(reading)
    found = []
    for mark in reading.all("drug:prescription"):
        if _is_plan(reading, mark, start, strict=True) and _is_managed(reading, mark):
            found.append(mark)
    found += [mark for mark in _by_strength(reading) if _is_plan(reading, mark, start, strict=True)]
    found += _doses_changed(reading, start)
    if not found:
        found = [
            m
            for m in reading.of("prescription")
            if _is_plan(reading, m, start, strict=False) and not _of_otc(reading, m)
        ]
    return found


def _doses_changed(reading: Reading, start: int) -> list[Mark]:
    """A dose changed or kept where the medicine is named elsewhere ("on escitalopram 10. Increase to 20 mg")."""
    if not any(mark.zone != SEEN for mark in reading.all("drug:prescription")):
        return []
    return [
        mark
        for mark in reading.of("managing_told")
        if _is_plan(reading, mark, start, strict=True)
        and _DOSES.intersection(
            reading.forms[mark.first : min(mark.last + 6, reading.sentence(mark.first)[1])]
        )
        and not _of_otc(reading, mark)
    ]


def _is_managed(reading: Reading, mark: Mark) -> bool:
    first, last = reading.sentence(mark.first)
    if _AVOIDED.intersection(reading.forms[first : mark.first]):
        return False
    if mark.denied:
        weighed = _WEIGHED.intersection(reading.forms[first:last])
        return bool(weighed) and "no" not in reading.forms[max(first, mark.first - 1) : mark.first]
    return not _of_otc(reading, mark)


def _of_otc(reading: Reading, mark: Mark) -> bool:
    first, last = reading.sentence(mark.first)
    return bool(reading.within("otc", max(first, mark.first - 3), min(last, mark.last + 4)))


def _by_strength(reading: Reading) -> list[Mark]:
    """Medicines sold either way that the note prescribes or gives in a prescription strength."""
    found = []
    for mark in reading.of("drug:either"):
        first, last = reading.sentence(mark.first)
        after = set(reading.forms[mark.last : mark.last + 2])
        strong = after & _STRENGTHS.get(reading.forms[mark.last - 1], set())
        if (strong or reading.within("prescription", first, last)) and not reading.has("otc", first, last):
            found.append(mark)
    return found


def _social(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    return [mark for mark in reading.of("social") if mark.zone not in {PAST, SEEN}]


def _mild(reading: Reading, setting: Setting, kind: ServiceKind) -> list[Mark]:
    start = _decided_from(reading)
    return [
        mark
        for name in ("otc", "drug:either", "low_risk")
        for mark in reading.of(name)
        if _is_plan(reading, mark, start, strict=name == "drug:either")
        and not _AVOIDED.intersection(reading.forms[reading.sentence(mark.first)[0] : mark.first])
    ]


_FINDERS: tuple[tuple[str, _Finder, str], ...] = (
    (_HIGH, _toxicity, "a drug that needs intensive monitoring for toxicity"),
    (_HIGH, _risky_surgery, "major surgery in an emergency or with risk factors"),
    (_HIGH, _parenteral, "a parenteral controlled substance"),
    (_HIGH, _no_resuscitation, "a decision not to resuscitate or to de-escalate care"),
    (_HIGH, _hospital, "a decision about hospital care or its escalation"),
)
_LESSER: tuple[tuple[str, _Finder, str], ...] = (
    (_MODERATE, _prescription, "prescription drug management"),
    (_MODERATE, _surgery, "a decision for major surgery without risk factors"),
    (_MODERATE, _risky_minor_surgery, "a decision for minor surgery with risk factors"),
    (_MODERATE, _social, "treatment limited by social circumstances"),
    (_LOW, _minor_surgery, "a minor procedure without risk factors"),
    (_LOW, _mild, "medicine without prescription, therapy or a support"),
)
