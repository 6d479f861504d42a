"""RxHCC V08 of payment year 2026: CMS's own factors and hierarchies for Part D, segment X.

The factors that the engine package ships for this model are those of no published segment of 2026, and its
hierarchies of this model are never applied (CMS RxHCC software 2026, package X v5); its diagnosis mapping is sound.
The age conditions of the Medicare Code Editor on diagnoses are not applied here.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from attrs import frozen

from cleanclaim.grouping.factor_table import read_factors
from cleanclaim.grouping.hcc_records import HccCase, HccCategory, HccResult
from cleanclaim.kernel.because import Because, Citation

RELEASE = "payment year 2026, segment X"
_SOURCE = "CMS RxHCC risk adjustment software"
_NON_AGED = ("1", "130", "131", "132", "133", "159", "163")
_AGED = 65
_BANDS = (0, 35, 45, 55, 60, 65, 70, 75, 80, 85, 90, 95)
_NEW_BANDS = (0, 35, 45, 55, 60, 65, 66, 67, 68, 69, 70, 75, 80, 85, 90, 95)
_SINGLE_YEARS = frozenset({65, 66, 67, 68, 69})


@frozen
class _Variable:
    """A variable of the model: its label, the categories below it, its factor by population."""

    label: str
    below: tuple[str, ...]
    factors: Mapping[str, Decimal]


def score_rxhcc(case: HccCase, mapping: Mapping[str, frozenset[str]]) -> HccResult:
    """Score a person by RxHCC; ``mapping`` leads from a diagnosis without points to its categories."""
    variables = _variables()
    population = _population(case)
    found: dict[str, set[str]] = {}
    for code in {code.replace(".", "").strip().upper() for code in case.diagnoses}:
        for category in mapping.get(code, frozenset()):
            if f"RXHCC{category}" not in variables:
                continue
            found.setdefault(category, set()).add(code)
    if case.new_enrollee:
        found = {}
    covered = {below for category in found for below in variables[f"RXHCC{category}"].below}
    categories = tuple(
        HccCategory(category, variables[f"RXHCC{category}"].label, _factor(f"RXHCC{category}", population),
                    tuple(sorted(found[category])))
        for category in sorted(found.keys() - covered, key=int)
    )  # fmt: skip
    interactions = tuple(
        (name, factor)
        for name in _interactions(case, {one.hcc for one in categories})
        if (factor := _factor(name, population))
    )
    person = sum((_factor(name, population) for name in _person(case)), Decimal(0))
    total = person + sum((one.factor for one in categories), Decimal(0))
    total += sum((factor for _, factor in interactions), Decimal(0))
    manual = Citation(_SOURCE, RELEASE, population)
    because = tuple(
        Because(f"RxHCC {one.hcc} counts {one.factor}", manual,
                (("codes", ", ".join(one.codes)), ("label", one.label)))
        for one in categories
    )  # fmt: skip
    return HccResult(case.case_id, case.model, RELEASE, total, categories, interactions, person, "", because)


def _population(case: HccCase) -> str:
    if case.new_enrollee:
        return "ne_lti" if case.institutional else f"ne_{'low' if case.low_income else 'nonlow'}_community"
    if case.institutional:
        return "ce_lti"
    return f"ce_{'low' if case.low_income else 'nonlow'}_{'aged' if case.age >= _AGED else 'nonaged'}"


def _person(case: HccCase) -> tuple[str, ...]:
    """The variables of age and sex; who was first entitled by disability counts for it from 65 on."""
    disabled = case.age >= _AGED and case.orec == "1"
    if not case.new_enrollee:
        band = f"{case.sex}{_band(case.age, _BANDS)}"
        return (band, f"{case.sex}65OD", "OD65") if disabled else (band,)
    age = _AGED if case.age == _AGED - 1 and case.orec == "0" else case.age
    kidney = "ESRD" if {case.orec, case.crec} & {"2", "3"} else "NESRD"
    return (f"{kidney}_{'ORIGDIS' if disabled else 'NORIGDIS'}_X_{case.sex}{_band(age, _NEW_BANDS)}",)


def _band(age: int, starts: tuple[int, ...]) -> str:
    place = max(place for place, start in enumerate(starts) if start <= age)
    start = starts[place]
    if place == len(starts) - 1:
        return f"{start}_GT"
    if start in _SINGLE_YEARS and starts is _NEW_BANDS:
        return str(start)
    return f"{start}_{starts[place + 1] - 1}"


def _interactions(case: HccCase, categories: set[str]) -> list[str]:
    return [f"NONAGED_RXHCC{one}" for one in _NON_AGED if case.age < _AGED and one in categories]


def _factor(variable: str, population: str) -> Decimal:
    known = _variables().get(variable)
    return known.factors.get(population, Decimal(0)) if known is not None else Decimal(0)


@lru_cache(maxsize=1)
def _variables() -> dict[str, _Variable]:
    """The table, held against its manifest. Raises InputError where it differs from it."""
    return {
        row["variable"]: _Variable(
            row["label"],
            tuple(row["below"].split()),
            {name: Decimal(text) for name, text in row.items() if name[:3] in ("ce_", "ne_") and text},
        )
        for row in read_factors("rxhcc_2026")
    }
