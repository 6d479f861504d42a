"""ESRD V24 of payment year 2026 where no diagnosis counts: transplants and new enrollees, by CMS's own factors.

The engine package scores continuing enrollees on dialysis and with a graft as CMS does; for the others its
factors, age bands and reason of entitlement are not those of CMS's software, so that they are read from CMS's tables.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from cleanclaim.grouping.factor_table import read_factors
from cleanclaim.grouping.hcc_records import HccCase, HccResult
from cleanclaim.kernel.because import Because, Citation

RELEASE = "payment year 2026"
_SOURCE = "CMS-HCC ESRD V24 risk adjustment software"
_AGED = 65
_FULL_DUALS = frozenset({"02", "04", "08"})
_DIALYSIS_BANDS = (0, 35, 45, 55, 60, 65, 70, 75, 80, 85)
_GRAFT_BANDS = (0, 35, 45, 55, 60, 65, 66, 67, 68, 69, 70, 75, 80, 85, 90, 95)
_SINGLE_YEARS = frozenset({65, 66, 67, 68, 69})
_TRANSPLANT_MONTHS, _GRAFT_FROM, _LONG_FROM = 3, 4, 10
_ADJUSTER = {"DUR4_9": Decimal("0.905"), "DUR10PL": Decimal("0.698")}
"""What CMS divides the factor of a new enrollee with a graft by, for the months since the transplant."""
_THOUSANDTH = Decimal("0.001")


def score_without_diagnoses(case: HccCase) -> HccResult | None:
    """The score of a transplant or a new enrollee; None for who is scored by diagnoses.

    A transplant pays a flat factor for its own and the two following months; from the fourth on the graft counts.
    """
    months = case.graft_months
    if months is not None and 1 <= months <= _TRANSPLANT_MONTHS:
        factor = _factors()[f"TRANSPLANT_KIDNEY_ONLY_{months}M"]
        return _result(case, factor, f"kidney transplant, month {months}", "Transplant scores")
    if not case.new_enrollee:
        return None
    if months is None:
        variable = f"{_dual(case)}_{_disabled(case, graft=False)}_NE{case.sex}{_band(case, _DIALYSIS_BANDS)}"
        return _result(
            case, _factors()[variable], f"new enrollee on dialysis: {variable}", "New enrollee dialysis"
        )
    variable = f"{_dual(case)}_{_disabled(case, graft=True)}_G_NE{case.sex}{_band(case, _GRAFT_BANDS)}"
    factor = _factors()[variable]
    if months >= _GRAFT_FROM:
        span = "DUR10PL" if months >= _LONG_FROM else "DUR4_9"
        age = "GE65" if _recoded_age(case) >= _AGED else "LT65"
        factor = (factor + _factors()[f"{age}_{span}_{_dual(case)}"]) / _ADJUSTER[span]
    return _result(
        case, factor.quantize(_THOUSANDTH), f"new enrollee with a graft: {variable}", "New enrollee graft"
    )


def dialysis_in_institution(case: HccCase) -> tuple[str, Decimal]:
    """The variable and factor that long-term care adds to a continuing enrollee on dialysis."""
    name = f"LTI_{'Aged' if case.age >= _AGED else 'NonAged'}"
    return name, _factors()[name]


def _result(case: HccCase, factor: Decimal, words: str, where: str) -> HccResult:
    because = (Because(f"{words} counts {factor}", Citation(_SOURCE, RELEASE, where)),)
    return HccResult(case.case_id, case.model, RELEASE, factor, (), (), factor, "", because)


def _dual(case: HccCase) -> str:
    return "FBD" if case.dual in _FULL_DUALS else "ND_PBD"


def _disabled(case: HccCase, *, graft: bool) -> str:
    """Who was first entitled by disability; with a graft it counts only from 65 on."""
    counts = case.orec == "1" and (case.age >= _AGED or not graft)
    return "ORIGDIS" if counts else "NORIGDIS"


def _recoded_age(case: HccCase) -> int:
    """Who turns 65 in the payment year and is entitled by age counts as 65."""
    return _AGED if case.age == _AGED - 1 and case.orec == "0" else case.age


def _band(case: HccCase, starts: tuple[int, ...]) -> str:
    age = _recoded_age(case)
    place = max(place for place, start in enumerate(starts) if start <= age)
    start = starts[place]
    if place == len(starts) - 1:
        return f"{start}_GT"
    if start in _SINGLE_YEARS and starts is _GRAFT_BANDS:
        return str(start)
    return f"{start}_{starts[place + 1] - 1}"


@lru_cache(maxsize=1)
def _factors() -> dict[str, Decimal]:
    return {row["variable"]: Decimal(row["factor"]) for row in read_factors("esrd_2026")}
