"""Unique tests ordered or reviewed at a visit, each counted once."""

from __future__ import annotations

from functools import lru_cache

from cleanclaim.coding.services import Service
from cleanclaim.coding.visit.tables import test_table
from cleanclaim.coding.visit.words import Mark, Reading
from cleanclaim.coding.visit.zones import DECIDED, PAST, SEEN
from cleanclaim.documents.word_forms import stem
from cleanclaim.documents.words import word_set


def unique_tests(
    reading: Reading, interpretation: tuple[Mark, ...], services: tuple[Service, ...]
) -> dict[str, Mark]:
    """Unique tests ordered or reviewed now; one ordered before was counted then, one read and billed here is not."""
    billed = {service.reads for service in services if service.reads}
    read_here = {name for mark in interpretation for name in _tests_at(reading, mark)}
    found: dict[str, Mark] = {}
    barred: set[str] = set()
    for name, marks in _longest_tests(reading):
        for mark in marks:
            if mark.zone == PAST or mark.denied:
                continue
            state = _when(reading, mark)
            if state == "before":
                barred.add(name)
            elif state == "now":
                found.setdefault(name, mark)
    found.update(_at_other_sites(reading, found))
    found.update(_read_and_ordered(reading, found))
    left = {name: mark for name, mark in found.items() if name not in barred | read_here}
    left = {name: mark for name, mark in left.items() if name not in billed or _ordered(reading, mark)}
    return {name.removeprefix("test:"): mark for name, mark in _without_parts(left).items()}


_ELSEWHERE = frozenset(("outside", "external", "brought", "elsewhere", "prior", "old"))
_REPORT_NEAR = 6


def _read_and_ordered(reading: Reading, found: dict[str, Mark]) -> dict[str, Mark]:
    """A test whose outside report was read and that is ordered anew counts for both."""
    more: dict[str, Mark] = {}
    if "report" not in reading.forms or _ELSEWHERE.isdisjoint(reading.forms):
        return more
    for name in found:
        marks = [mark for mark in reading.of(name) if mark.zone != PAST]
        outside = [mark for mark in marks if _is_outside_report(reading, mark)]
        fresh = [mark for mark in marks if mark not in outside]
        if outside and any(mark.zone == DECIDED or _ordered(reading, mark) for mark in fresh):
            more[f"{name}_outside"] = outside[0]
    return more


def _is_outside_report(reading: Reading, mark: Mark) -> bool:
    near = reading.forms[max(0, mark.first - _REPORT_NEAR) : mark.last + _REPORT_NEAR]
    return "report" in near and bool(_ELSEWHERE.intersection(near))


_BY_SITE = ("test:xray", "test:us", "test:mri", "test:ct")
_SITE_REACH = 9


@lru_cache(maxsize=1)
def _sites() -> dict[str, str]:
    """Folded word -> the part of the body it names."""
    sites: dict[str, list[str]] = test_table()["sites"]
    return {stem(word): site for site, words in sites.items() for word in words if " " not in word}


def _at_other_sites(reading: Reading, found: dict[str, Mark]) -> dict[str, Mark]:
    """Images of one kind of another part of the body: "MRI of the brain and MRI of the cervical spine" are two."""
    more: dict[str, Mark] = {}
    for name in found.keys() & set(_BY_SITE):
        by_site: dict[str, Mark] = {}
        for mark in reading.of(name):
            if mark.zone == PAST or _when(reading, mark) != "now":
                continue
            for site in _sites_of(reading, mark):
                by_site.setdefault(site, mark)
        counted = _PARTS.get(name, set()) & found.keys()
        left = {site: mark for site, mark in by_site.items() if not _is_counted(name, site, by_site, found)}
        for site, mark in list(left.items())[0 if counted else 1 :]:
            more[f"{name}_{site}"] = mark
    return more


def _is_counted(name: str, site: str, by_site: dict[str, Mark], found: dict[str, Mark]) -> bool:
    """Whether the image of a part has a name of its own ("CT head"), or goes with its neighbour's."""
    if (name, site) == ("test:xray", "chest"):
        return "test:cxr" in found
    return f"{name}_{site}" in found or (site == "pelvis" and "abdomen" in by_site)


def _sites_of(reading: Reading, mark: Mark) -> list[str]:
    """The parts named after an image ("x-rays of the hip and of the knee"), else the one before it ("knee x-ray")."""
    known, forms = _sites(), reading.forms
    last = min(reading.sentence(mark.first)[1], mark.last + _SITE_REACH)
    after = [known[form] for form in forms[mark.first : mark.last] if form in known]
    for form in forms[mark.last : last]:
        if form in known:
            after.append(known[form])
        elif form not in _JOINING:
            break
    return after or [known[form] for form in forms[max(0, mark.first - 1) : mark.first] if form in known]


def _longest_tests(reading: Reading) -> list[tuple[str, list[Mark]]]:
    """Every test with its marks, without those that share words with a longer or an earlier one.

    "Hemoglobin A1c" is no hemoglobin, and "urine culture sent" no second culture.
    """
    named = list(reading.named("test:"))
    widest: dict[int, tuple[int, int]] = {}
    for _, marks in named:
        for mark in marks:
            for place in range(mark.first, mark.last):
                widest[place] = max(widest.get(place, (0, 0)), _width(mark))
    return [(name, [mark for mark in marks if _width(mark) >= widest[mark.first]]) for name, marks in named]


def _width(mark: Mark) -> tuple[int, int]:
    return mark.last - mark.first, -mark.first


def _ordered(reading: Reading, mark: Mark) -> bool:
    return bool({"order", "ordered"}.intersection(reading.forms[mark.first - 6 : mark.last + 6]))


_JOINING = frozenset(("of", "the", "and", "left", "right", "both", "r", "l", "spine", "bilateral"))
_IFS = frozenset(("when", "unless", "until"))
_CLAUSE = 14
_READ = word_set("report reviewed showed shows per read reads")
_PARTS = {
    "test:creatinine": {"test:bmp", "test:cmp"},
    "test:potassium": {"test:bmp", "test:cmp"},
    "test:lft": {"test:cmp"},
    "test:xray": {"test:cxr"},
    "test:ct": {"test:ct_head", "test:ct_abdomen", "test:ct_chest"},
    "test:glucose": {"test:bmp", "test:cmp"},
}


def _without_parts(found: dict[str, Mark]) -> dict[str, Mark]:
    """A value that a panel on the list reports is no test of its own, nor is a test's bare name beside the full one."""
    return {name: mark for name, mark in found.items() if not _PARTS.get(name, set()) & found.keys()}


def _when(reading: Reading, mark: Mark) -> str:
    """Whether a test is of this visit ("now"), of an earlier one ("before"), or only thought of ("later")."""
    first, last = reading.sentence(mark.first)
    if any(mark.zone != DECIDED or not _just_ordered(reading, one) for one in _orders(reading, first, last)):
        return "before"
    if reading.has("test_done_here_billed", first, last) and not reading.has("not_billed", first, last):
        return "before"
    low, high = max(first, mark.first - 8), min(last, mark.last + 8)
    if reading.has("normal_before", low, high) and not reading.has("look", first, last):
        return "later"
    if reading.has("later", low, high) and not _now_said(reading, low, high):
        return "later"
    read = _READ.intersection(reading.forms[first:last])
    if mark.zone == SEEN and not read and mark.name in {"test:us", "test:ct", "test:stress", "test:monitor"}:
        return "later"
    if "if" in reading.forms[max(first, mark.first - 2 * _CLAUSE) : mark.first]:
        return "later"
    if _IFS.intersection(reading.forms[max(first, mark.first - _CLAUSE) : mark.first]):
        return "later"
    return "now"


def _orders(reading: Reading, first: int, last: int) -> list[Mark]:
    return [one for one in reading.all("earlier_order") if first <= one.first < last]


def _just_ordered(reading: Reading, order: Mark) -> bool:
    """ "I ordered" in a plan is of this visit; "I ordered last", "which I ordered" of one before."""
    return reading.forms[order.first : order.last] == ["i", "ordered"]


def _now_said(reading: Reading, low: int, high: int) -> bool:
    return bool({"today", "now", "ordered", "reviewed", "sent", "stat"}.intersection(reading.forms[low:high]))


def _tests_at(reading: Reading, mark: Mark) -> set[str]:
    """The tests named in the sentence of an own reading."""
    first, last = reading.sentence(mark.first)
    return {
        name
        for name, marks in reading.named("test:")
        if name.removeprefix("test:") in _IMAGED and any(first <= m.first < last for m in marks)
    }


_IMAGED = word_set(
    "cxr xray ct ct_head ct_abdomen ct_chest mri us echo ecg monitor stress pft mammo pet bone_scan "
    "eeg emg smear cath oct audiogram swallow dexa"
)
