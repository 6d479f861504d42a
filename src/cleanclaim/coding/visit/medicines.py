"""Prescription medicines that a visit managed: started, kept on, changed, stopped, or weighed and not given."""

from __future__ import annotations

from bisect import bisect_right

from cleanclaim.coding.visit.planned import decided_from, is_plan
from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import DECIDED, SEEN
from cleanclaim.documents.words import word_set

AVOIDED = frozenset(("avoid", "allergic", "allergy", "allergies", "avoiding", "contraindicated"))
WEIGHED = frozenset(
    ("considered", "consider", "discussed", "offered", "weighed", "debated", "recommended", "decision")
)
_DOSES = frozenset(("mg", "mcg", "unit", "dose", "tablet", "tab", "capsule", "regimen"))
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


def prescriptions(reading: Reading) -> list[Mark]:
    """A prescription medicine started, kept on, changed, stopped, or weighed and not given."""
    start = decided_from(reading)
    found = []
    free = {place for mark in reading.all("drug:either") for place in range(mark.first, mark.last)}
    for mark in reading.all("drug:prescription"):
        if mark.last - mark.first == 1 and mark.first in free:
            continue
        if is_plan(reading, mark, start, strict=True) and _is_managed(reading, mark):
            found.append(mark)
    found += [mark for mark in _by_strength(reading) if is_plan(reading, mark, start, strict=True)]
    found += _doses_changed(reading, start) or ([] if found else _dosed(reading))
    if not found:
        found = [
            m
            for m in reading.of("prescription")
            if is_plan(reading, m, start, strict=False) and not _of_otc(reading, m)
        ]
    return found


def _doses_changed(reading: Reading, start: int) -> list[Mark]:
    """A dose changed or kept where the medicine is named elsewhere ("on escitalopram 10. Increase to 20 mg")."""
    if not any(mark.zone != SEEN for mark in reading.all("drug:prescription")):
        return []
    return [
        mark
        for mark in reading.of("managing_told")
        if is_plan(reading, mark, start, strict=True)
        and _DOSES.intersection(
            reading.forms[mark.first : min(mark.last + 6, reading.sentence(mark.first)[1])]
        )
        and not _of_otc(reading, mark)
    ]


def _is_managed(reading: Reading, mark: Mark) -> bool:
    first, last = reading.sentence(mark.first)
    if AVOIDED.intersection(reading.forms[first : mark.first]) or _is_thought(reading, mark):
        return False
    if mark.denied and {"change", "changes"}.intersection(
        reading.forms[max(first, mark.first - 4) : mark.first]
    ):
        return True
    if mark.denied:
        weighed = WEIGHED.intersection(reading.forms[first:last])
        return bool(weighed) and "no" not in reading.forms[max(first, mark.first - 1) : mark.first]
    return not _of_otc(reading, mark)


_THOUGHT = frozenset(("consider", "discuss", "may", "might", "could"))


def _is_thought(reading: Reading, mark: Mark) -> bool:
    """ "If that fails we will consider a steroid": what may be given another time."""
    first, _ = reading.sentence(mark.first)
    before = reading.forms[first : mark.first]
    return "if" in before and bool(_THOUGHT.intersection(before[before.index("if") :]))


_JOINS = frozenset(("and", "plus", "with", "or", "then"))


def _of_otc(reading: Reading, mark: Mark) -> bool:
    """Whether "over the counter" is said of this medicine, and not of another in the list."""
    first, last = reading.sentence(mark.first)
    for otc in reading.within("otc", max(first, mark.first - 4), min(last, mark.last + 4)):
        low, high = min(otc.last, mark.last), max(otc.first, mark.first)
        commas = bisect_right(reading.note.words.commas, high) - bisect_right(
            reading.note.words.commas, low - 1
        )
        if not commas and not _JOINS.intersection(reading.forms[low:high]):
            return True
    return False


_AMOUNTS = frozenset(("mg", "mcg", "units"))
_NO_MEDICINE = word_set(
    "sodium salt caffeine protein calcium dose about total glucose cholesterol weight limit intake than under over "
    "vitamin magnesium potassium iron fiber aspirin increase decrease reduce titrate start taper"
)
_LEAST_LETTERS = 5


def _dosed(reading: Reading) -> list[Mark]:
    """A word of the plan with a dose that no list knows ("zavegepant 10 mg"), unless it is sold freely."""
    forms = reading.forms
    found = []
    for place, form in enumerate(forms):
        if (
            form not in _AMOUNTS
            or place < 2
            or reading.zones[place] != DECIDED
            or not forms[place - 1].isdecimal()
        ):
            continue
        name = forms[place - 2]
        if len(name) < _LEAST_LETTERS or not name.isalpha() or name in _NO_MEDICINE:
            continue
        mark = Mark("drug:prescription", place - 2, place + 1, DECIDED, False)
        free = reading.has("drug:either", max(0, place - 4), place) or forms[place + 1 : place + 2] == ["dl"]
        if not free and _is_managed(reading, mark):
            found.append(mark)
    return found


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
